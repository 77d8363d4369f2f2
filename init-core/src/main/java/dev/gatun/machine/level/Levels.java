package dev.gatun.machine.level;

import dev.gatun.model.Deadline;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runlevel that the container is in, and where it goes.
 *
 * <pre>
 *   sysinit ──▶ boot ──▶ the first level ◀──a request──▶ another level
 *      └──▶ S ──▶ boot or the usual level         0, 6 ──▶ the container's end
 * </pre>
 *
 * <p>A change has two parts: what the next level does not want is told to stop, and when all of
 * that is gone, the level is entered and what it wants is started, one after the other.
 *
 * @param runlevels with the entries as they were read last
 * @param current the level that was entered last; empty before the first one
 * @param previous the one before, as programs are told it
 * @param next the level that is to be entered when those who leave are gone; empty when none is
 * @param leaving what has been told to stop for that
 * @param demanded what runs because it was asked for
 * @param variables the names of the variables that clients have set
 * @param killAfterNanos how long those who leave have from TERM to KILL
 * @param isBooted whether the entries of the boot have been run
 * @param isToHalt whether the container is to end when ctrlaltdel's programs have ended
 * @param isEmptySaid whether it was said that nothing is left of the level
 * @param pausedUntil until when nothing is started, unless it is told to go on
 */
public record Levels(
    Runlevels runlevels,
    String current,
    String previous,
    String next,
    List<ServiceId> leaving,
    List<ServiceId> demanded,
    List<String> variables,
    long killAfterNanos,
    boolean isBooted,
    boolean isToHalt,
    boolean isEmptySaid,
    Deadline pausedUntil) {
  /** What programs are told where there was no level before. */
  private static final String NONE = "N";

  public Levels {
    leaving = List.copyOf(leaving);
    demanded = List.copyOf(demanded);
    variables = List.copyOf(variables);
  }

  /** Before the first level. */
  static Levels before(Runlevels runlevels) {
    return new Levels(
        runlevels,
        "",
        NONE,
        Runlevels.SYSINIT,
        List.of(),
        List.of(),
        List.of(),
        runlevels.sleepNanos(),
        false,
        false,
        false,
        Deadline.NEVER);
  }

  List<Entry> entries() {
    return runlevels.entries();
  }

  Optional<Entry> entry(ServiceId id) {
    for (Entry entry : runlevels.entries()) {
      if (entry.id().equals(id)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  boolean isChanging() {
    return !next.isEmpty();
  }

  public boolean isPaused(long nowNanos) {
    return !pausedUntil.isNever() && !pausedUntil.isDue(nowNanos);
  }

  /** Whether the same level is to be entered once more, because its entries were read anew. */
  boolean isSameAgain() {
    return next.equals(current);
  }

  /**
   * Whether a level wants an entry.
   *
   * @param runs whether it runs: what was started at the boot goes on in every level
   */
  boolean isWanted(Entry entry, String level, boolean runs) {
    boolean everywhere = entry.action() == Runlevels.Action.BOOT && runs;
    boolean demandedHere = demanded.contains(entry.id()) && !level.equals(Runlevels.SINGLE);
    return everywhere || demandedHere || entry.isIn(level);
  }

  /** What programs are told that the current level is. */
  public String shown() {
    return isOfBoot(current) ? Runlevels.SINGLE : current;
  }

  private static boolean isOfBoot(String level) {
    return level.equals(Runlevels.SYSINIT) || level.equals(Runlevels.BOOT);
  }

  Levels goingTo(String level, List<ServiceId> told) {
    return change(runlevels, current, previous, level, told, demanded, isBooted, false);
  }

  /** The next level has been entered. */
  Levels entered() {
    boolean isSame = next.equals(current) || current.isEmpty() || isOfBoot(current);
    String before = isSame ? previous : current;
    boolean booted = isBooted || next.equals(Runlevels.BOOT);
    List<ServiceId> stillAsked = next.equals(Runlevels.SINGLE) ? List.of() : demanded;
    return change(runlevels, next, before, "", List.of(), stillAsked, booted, isToHalt);
  }

  Levels with(Runlevels read) {
    return change(read, current, previous, next, leaving, demanded, isBooted, isToHalt);
  }

  Levels demanding(ServiceId id) {
    List<ServiceId> more = new ArrayList<>(demanded);
    if (!more.contains(id)) {
      more.add(id);
    }
    return change(runlevels, current, previous, next, leaving, more, isBooted, isToHalt);
  }

  Levels halting(boolean halts) {
    return change(runlevels, current, previous, next, leaving, demanded, isBooted, halts);
  }

  private Levels change(
      Runlevels read,
      String level,
      String before,
      String following,
      List<ServiceId> told,
      List<ServiceId> asked,
      boolean booted,
      boolean halts) {
    return new Levels(
        read,
        level,
        before,
        following,
        told,
        asked,
        variables,
        killAfterNanos,
        booted,
        halts,
        isEmptySaid,
        pausedUntil);
  }

  Levels killingAfter(long nanos) {
    return beside(variables, nanos, isEmptySaid, pausedUntil);
  }

  Levels pausedUntil(Deadline deadline) {
    return beside(variables, killAfterNanos, isEmptySaid, deadline);
  }

  Levels sayingThatNothingIsLeft(boolean said) {
    return said == isEmptySaid ? this : beside(variables, killAfterNanos, said, pausedUntil);
  }

  Levels withVariables(List<String> names) {
    return beside(names, killAfterNanos, isEmptySaid, pausedUntil);
  }

  private Levels beside(List<String> names, long nanos, boolean said, Deadline until) {
    return new Levels(
        runlevels, current, previous, next, leaving, demanded, names, nanos, isBooted, isToHalt,
        said, until);
  }
}
