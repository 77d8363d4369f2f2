package dev.gatun.plan;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import java.util.List;

/**
 * Sets of services of which one at a time is wanted while the container is up, as sysvinit has
 * them. A level is called by one character: {@code 0} to {@code 9}, {@code S}, and two that come
 * before all of these, {@link #SYSINIT} and {@link #BOOT}.
 *
 * @param entries in the order in which they are started
 * @param first the level that is entered after these two; empty when none is known
 * @param usual the level that is entered when {@code S} is over; empty when none is known
 * @param signals what the signals mean that Gatun gets
 * @param limit how often an entry that is started again may be started
 * @param sleepNanos how long after TERM the processes get KILL that the next level does not want
 */
public record Runlevels(
    List<Entry> entries,
    String first,
    String usual,
    List<LevelSignal> signals,
    Limit limit,
    long sleepNanos) {
  /** What is run before everything else. */
  public static final String SYSINIT = "#";

  /** What is run after that, and before the first level. */
  public static final String BOOT = "*";

  /** The level for one user. */
  public static final String SINGLE = "S";

  /** The level at whose end the container ends. */
  public static final String HALT = "0";

  /** The other one. */
  public static final String REBOOT = "6";

  public Runlevels {
    entries = List.copyOf(entries);
    signals = List.copyOf(signals);
  }

  /** Whether that is one that may be asked for. */
  public static boolean isLevel(String level) {
    return level.equals(SINGLE)
        || level.length() == 1 && level.charAt(0) >= '0' && level.charAt(0) <= '9';
  }

  /** Whether the container ends when what that level waits for has ended. */
  public static boolean isLast(String level) {
    return level.equals(HALT) || level.equals(REBOOT);
  }

  /** These with other entries and what depends on them: they have been read anew. */
  public Runlevels withEntriesOf(Runlevels read) {
    return new Runlevels(read.entries, first, read.usual, read.signals, limit, sleepNanos);
  }

  /**
   * How often an entry may be started that is started again.
   *
   * @param starts so many are allowed
   * @param windowNanos from the first of them on
   * @param heldNanos so long one more is put off
   */
  public record Limit(int starts, long windowNanos, long heldNanos) {}

  /**
   * How the levels treat a service.
   *
   * @param name what records of logins call it, four bytes at most
   * @param levels the characters of the levels that want it
   * @param isRecorded whether its processes are recorded as those that users log in by
   */
  public record Entry(
      ServiceId id, OsString name, String levels, Action action, boolean isRecorded) {
    public boolean isIn(String level) {
      return levels.contains(level);
    }
  }

  /** When an entry is run. */
  public enum Action {
    SYSINIT(true),
    BOOT(false),
    BOOTWAIT(true),
    WAIT(true),
    ONCE(false),
    RESPAWN(false),
    /** Once it has been asked for it is as one that is respawned. */
    ONDEMAND(false),
    CTRLALTDEL(true),
    KBREQUEST(false),
    POWERFAIL(false),
    POWERWAIT(true),
    POWERFAILNOW(false),
    POWEROKWAIT(true);

    private final boolean isWaitedFor;

    Action(boolean isWaitedFor) {
      this.isWaitedFor = isWaitedFor;
    }

    /** Whether nothing that stands behind it is started before it has ended. */
    public boolean isWaitedFor() {
      return isWaitedFor;
    }

    /** Whether it is run when something happens, and not because its level is entered. */
    public boolean isTriggered() {
      return compareTo(CTRLALTDEL) >= 0;
    }
  }

  /** What a signal asks for. */
  public enum Request {
    /** Whatever is run for ctrlaltdel. */
    CTRLALTDEL,
    /** The same, and the end of the container where that fails. */
    CTRLALTDEL_OR_HALT,
    /** Whatever is run for kbrequest. */
    KBREQUEST,
    /** What is run for the power, after a look at how it is. */
    POWER,
    /** Reading the entries anew. */
    RELOAD,
    /** The level at whose end the container ends. */
    HALT,
    /** Making the named pipe for requests anew. */
    OPEN_PIPE,
    /** Hearing no requests for a while. */
    CLOSE_PIPE,
    /** Starting nothing for a while. */
    PAUSE,
    /** Going on. */
    CONTINUE
  }

  /** How the power is. */
  public enum Power {
    FAILING,
    FAILING_NOW,
    BACK
  }
}
