package dev.gatun.machine;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the machine's decisions are about and that it cannot see: what a kernel and the programs
 * do, as few kinds of things as make a difference. A value, so that worlds can be compared.
 *
 * @param processes all that have been ordered
 * @param orphan the one process that may lose its parent
 * @param signaled whether the one signal from outside has been sent
 * @param sweeps whether a sweep has been asked for and not been answered
 * @param scans whether a look for orphans has been asked for and not been answered
 * @param inspects whether it has been asked what the orphan is
 * @param expected the exit codes that the contract allows, a bit each; 0 while nothing has decided
 * @param firstLogs log programs that have ended before their services, within the last moments
 */
record World(
    List<Process> processes,
    OrphanLife orphan,
    boolean signaled,
    boolean sweeps,
    boolean scans,
    boolean inspects,
    int expected,
    List<FirstLog> firstLogs) {

  static final World BEFORE_BOOT =
      new World(List.of(), OrphanLife.UNBORN, false, false, false, false, 0, List.of());
  static final OrphanId ORPHAN = new OrphanId(1, 4711);

  /** What a process that was ordered is doing. */
  enum Life {
    ORDERED,
    LIVES,
    TOLD,
    KILLED,
    GONE
  }

  /** What the orphan is doing. */
  enum OrphanLife {
    UNBORN,
    LIVES,
    ANNOUNCED,
    TOLD,
    KILLED,
    GONE
  }

  record Process(Incarnation who, Life life) {
    boolean isThere() {
      return life == Life.LIVES || life == Life.TOLD || life == Life.KILLED;
    }
  }

  /** A log program's end, which decides when its service outlives it by {@code leftNanos}. */
  record FirstLog(Incarnation log, int code, long leftNanos) {}

  boolean orphanLives() {
    return orphan != OrphanLife.UNBORN && orphan != OrphanLife.GONE;
  }

  boolean childrenLeft() {
    return orphanLives() || processes.stream().anyMatch(Process::isThere);
  }

  boolean isOrdering() {
    return processes.stream().anyMatch(p -> p.life() == Life.ORDERED);
  }

  Optional<Process> find(Incarnation who) {
    return processes.stream().filter(p -> p.who().is(who)).findFirst();
  }

  /** Whether the service's own process is there or about to be. */
  boolean runLives(Incarnation who) {
    return processes.stream()
        .anyMatch(
            p ->
                p.who().stage() == Stage.RUN
                    && p.who().service().equals(who.service())
                    && p.life() != Life.GONE);
  }

  World with(Incarnation who, Life life) {
    List<Process> changed = new ArrayList<>(processes);
    changed.replaceAll(p -> p.who().is(who) ? new Process(who, life) : p);
    return new World(
        List.copyOf(changed), orphan, signaled, sweeps, scans, inspects, expected, firstLogs);
  }

  World with(OrphanLife life) {
    return new World(processes, life, signaled, sweeps, scans, inspects, expected, firstLogs);
  }

  World afterSignal() {
    return new World(processes, orphan, true, sweeps, scans, inspects, expected, firstLogs);
  }

  World asking(boolean sweep, boolean scan, boolean inspect) {
    return new World(processes, orphan, signaled, sweep, scan, inspect, expected, firstLogs);
  }

  World with(List<FirstLog> logs) {
    return new World(
        processes, orphan, signaled, sweeps, scans, inspects, expected, List.copyOf(logs));
  }

  /** The first event that decides counts; what decides later does not. */
  World decided(int code) {
    return expected != 0 ? this : allowing(1 << code);
  }

  private World allowing(int codes) {
    return new World(processes, orphan, signaled, sweeps, scans, inspects, codes, List.of());
  }

  /** What the effect does to it. */
  World after(Effect effect) {
    return switch (effect) {
      case Effect.Spawn e -> ordered(e.who());
      case Effect.SpawnStopScript e -> ordered(e.who());
      case Effect.SendSignal e -> signal(e.who(), e.signal());
      case Effect.SignalOrphan e -> orphanLives() ? with(told(e.signal())) : this;
      case Effect.SignalRest e -> rest(e.signal());
      case Effect.SweepChildren e -> asking(true, scans, inspects);
      case Effect.ScanOrphans e -> asking(sweeps, true, inspects);
      case Effect.InspectOrphan e -> asking(sweeps, scans, true);
      case Effect.ForwardSignal e -> this;
      case Effect.StopSelf e -> this;
      case Effect.FollowStop e -> this;
      case Effect.SpawnScript e -> ordered(e.who());
      case Effect.SignalGroup e -> this;
      case Effect.PublishStatus e -> this;
      case Effect.ReleaseService e -> this;
      case Effect.FindServices e -> this;
      case Effect.RefreshEnvironment e -> this;
      case Effect.AskWhetherToEnd e -> this;
      case Effect.OpenLogPipe e -> this;
      case Effect.CloseLogPipe e -> this;
      case Effect.AdoptOrphan e -> this;
      case Effect.DrainOutput e -> this;
      case Effect.AbandonOutput e -> this;
      case Effect.Report e -> this;
    };
  }

  private World ordered(Incarnation who) {
    List<Process> more = new ArrayList<>(processes);
    more.add(new Process(who, Life.ORDERED));
    return new World(
        List.copyOf(more), orphan, signaled, sweeps, scans, inspects, expected, firstLogs);
  }

  private World signal(Incarnation who, Signal signal) {
    Life now = find(who).map(Process::life).orElse(Life.GONE);
    if (now == Life.GONE || now == Life.ORDERED || signal.is(Signal.CONT)) {
      return this;
    }
    return with(who, signal.is(Signal.KILL) || now == Life.KILLED ? Life.KILLED : Life.TOLD);
  }

  private OrphanLife told(Signal signal) {
    boolean kills = signal.is(Signal.KILL) || orphan == OrphanLife.KILLED;
    return kills ? OrphanLife.KILLED : OrphanLife.TOLD;
  }

  private World rest(Signal signal) {
    World world = orphanLives() ? with(told(signal)) : this;
    for (Process process : processes) {
      world = world.signal(process.who(), signal);
    }
    return world;
  }

  /** The end of a process, and what it means by the contract. */
  World ended(Incarnation who, ExitStatus status, boolean isRunning) {
    boolean runLived = runLives(who);
    World after = with(who, Life.GONE);
    int code = status.isSuccess() ? 0 : 3;
    return switch (who.stage()) {
      case RUN -> isRunning && !status.isCode(115) ? after.decided(code) : after.forgetting(who);
      case LOG -> isRunning && runLived ? after.remembering(who, code) : after;
      case TERM -> after.tellingRun(who);
      case FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL -> after;
    };
  }

  /** A stop script does what it is for. */
  private World tellingRun(Incarnation script) {
    for (Process process : processes) {
      Incarnation who = process.who();
      if (who.stage() == Stage.RUN && who.service().equals(script.service())) {
        return signal(who, Signal.TERM);
      }
    }
    return this;
  }

  private World forgetting(Incarnation run) {
    List<FirstLog> left = new ArrayList<>(firstLogs);
    left.removeIf(first -> first.log().service().equals(run.service()));
    return with(left);
  }

  private World remembering(Incarnation log, int code) {
    List<FirstLog> all = new ArrayList<>(firstLogs);
    all.add(new FirstLog(log, code, 10_000_000));
    return with(all);
  }

  /**
   * Time has passed: a log program that was not followed by its service decides. Which of two that
   * ended at one instant is open.
   */
  World later(long nanos) {
    List<FirstLog> left = new ArrayList<>();
    int codes = 0;
    long firstNanos = Long.MAX_VALUE;
    for (FirstLog first : firstLogs) {
      long leftNanos = first.leftNanos() - nanos;
      if (leftNanos <= 0 && leftNanos <= firstNanos) {
        codes = 1 << first.code() | (leftNanos == firstNanos ? codes : 0);
        firstNanos = leftNanos;
      }
      left.add(new FirstLog(first.log(), first.code(), leftNanos));
    }
    return codes != 0 && expected == 0 ? allowing(codes) : expected == 0 ? with(left) : this;
  }
}
