package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.StopScript;

/**
 * Something to be done. Effects are carried out in the order in which a transition lists them, and
 * each says which events its outcome comes back as.
 *
 * <p>They are dispatched by {@link #performBy} and not by a pattern switch, because the first
 * pattern switch of a JVM costs 18 ms (4 with an AOT cache) and effects stand before the first
 * service's start.
 */
public sealed interface Effect {

  /** Carries this effect out. */
  void performBy(Performer performer);

  /** What can carry effects out: one method an effect, so that none is forgotten. */
  interface Performer {
    void openLogPipe(OpenLogPipe effect);

    void spawn(Spawn effect);

    void spawnStopScript(SpawnStopScript effect);

    void closeLogPipe(CloseLogPipe effect);

    void sendSignal(SendSignal effect);

    void forwardSignal(ForwardSignal effect);

    void stopSelf(StopSelf effect);

    void followStop(FollowStop effect);

    void sweepChildren(SweepChildren effect);

    void scanOrphans(ScanOrphans effect);

    void inspectOrphan(InspectOrphan effect);

    void adoptOrphan(AdoptOrphan effect);

    void signalOrphan(SignalOrphan effect);

    void signalRest(SignalRest effect);

    void spawnScript(SpawnScript effect);

    void signalGroup(SignalGroup effect);

    void publishStatus(PublishStatus effect);

    void releaseService(ReleaseService effect);

    void refreshEnvironment(RefreshEnvironment effect);

    void findServices(FindServices effect);

    void askWhetherToEnd(AskWhetherToEnd effect);

    void drainOutput(DrainOutput effect);

    void abandonOutput(AbandonOutput effect);

    void report(Report effect);
  }

  /** Makes the pipe from a service to its log program. Failure shows in the spawns that need it. */
  record OpenLogPipe(ServiceName service) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.openLogPipe(this);
    }
  }

  /**
   * Starts a process of a service; its stage and whether the service has a log pipe decide where
   * its output goes. Outcome: ProcessSpawned or SpawnFailed.
   */
  record Spawn(Incarnation who, Command command) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.spawn(this);
    }
  }

  /** Starts a stop script for {@code target}. Outcome: ProcessSpawned or SpawnFailed. */
  record SpawnStopScript(Incarnation who, StopScript script, Incarnation target) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.spawnStopScript(this);
    }
  }

  /** Closes Gatun's ends of a log pipe: from now on it ends when the service does. */
  record CloseLogPipe(ServiceName service) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.closeLogPipe(this);
    }
  }

  /** Sends a signal to a process of a service. No outcome: one that is gone reports its exit. */
  record SendSignal(Incarnation who, Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.sendSignal(this);
    }
  }

  /**
   * Passes a signal on to a process, or to the whole group it leads. CONT gives it the terminal
   * before, if that is in Gatun's hands again. No outcome.
   */
  record ForwardSignal(Incarnation who, Signal signal, boolean wholeGroup) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.forwardSignal(this);
    }
  }

  /** Stops Gatun until somebody sends CONT; PID 1 cannot be stopped. No outcome. */
  record StopSelf() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.stopSelf(this);
    }
  }

  /**
   * Does what a job on a terminal does that was stopped: Gatun's own group stops too, so that the
   * shell which waits for it is heard from; where no shell could ever continue it, the job goes on.
   * Without a terminal nothing is done. No outcome.
   */
  record FollowStop(Incarnation who, Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.followStop(this);
    }
  }

  /**
   * Reaps what can be reaped. Outcome: ProcessExited and OrphansReaped for what was, then
   * ChildrenSwept.
   */
  record SweepChildren() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.sweepChildren(this);
    }
  }

  /**
   * Looks for live orphans too. Outcome: as of SweepChildren, with OrphansArrived or
   * OrphansUnlisted before its end.
   */
  record ScanOrphans() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.scanOrphans(this);
    }
  }

  /** Finds out what an orphan is. Outcome: OrphanInspected; none when it has just ended. */
  record InspectOrphan(OrphanId id) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.inspectOrphan(this);
    }
  }

  /**
   * Brings the output of an orphan, which is called {@code name}, to Gatun. No outcome: where that
   * is refused, it is said, and the orphan is supervised all the same.
   */
  record AdoptOrphan(OrphanId id, String name) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.adoptOrphan(this);
    }
  }

  /** Sends a signal to an orphan. No outcome. */
  record SignalOrphan(OrphanId id, Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.signalOrphan(this);
    }
  }

  /** Sends a signal to every process there is but Gatun, as PID 1 may. No outcome. */
  record SignalRest(Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.signalRest(this);
    }
  }

  /**
   * Starts a program that need not be there. Outcome: ProcessSpawned, SpawnFailed or
   * ProgramMissing.
   */
  record SpawnScript(Incarnation who, Command command) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.spawnScript(this);
    }
  }

  /** Sends a signal to what is left of the process group that a process led. No outcome. */
  record SignalGroup(Incarnation leader, Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.signalGroup(this);
    }
  }

  /** Shows clients what a part of a kept service is doing from now on. No outcome. */
  record PublishStatus(ServiceName service, Part part, ServiceStatus status) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.publishStatus(this);
    }
  }

  /** Nothing of a kept service is left, and it takes no commands any more. No outcome. */
  record ReleaseService(ServiceName service) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.releaseService(this);
    }
  }

  /** Gives whatever is started from now on the environment that there is by now. No outcome. */
  record RefreshEnvironment() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.refreshEnvironment(this);
    }
  }

  /**
   * It is the turn of the kept services that are found while a course is followed. Outcome:
   * ServiceFound for each, now and whenever one appears, and ServiceVanished.
   */
  record FindServices() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.findServices(this);
    }
  }

  /**
   * Finds out whether a file is executable. Outcome: EndRequested when it is.
   *
   * @param cause what EndRequested is to say
   */
  record AskWhetherToEnd(OsString permit, String cause) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.askWhetherToEnd(this);
    }
  }

  /**
   * Takes what is left in the pipes, which nobody of this container holds open any more, and writes
   * everything. Outcome: OutputEnded, when that is done.
   */
  record DrainOutput() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.drainOutput(this);
    }
  }

  /** Gives up what is not written yet, and says how much that is. No outcome. */
  record AbandonOutput() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.abandonOutput(this);
    }
  }

  /** Says something in Gatun's own log. */
  record Report(Level level, String text) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.report(this);
    }
  }
}
