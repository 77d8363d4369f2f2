package dev.gatun.machine;

import dev.gatun.machine.level.LevelAction;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import java.util.Optional;

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
    void openPipe(OpenPipe effect);

    void spawn(Spawn effect);

    void closePipe(ClosePipe effect);

    void sweep(Sweep effect);

    void sendSignal(SendSignal effect);

    void forwardSignal(ForwardSignal effect);

    void stopSelf(StopSelf effect);

    void followStop(FollowStop effect);

    void inspectOrphan(InspectOrphan effect);

    void adoptOrphan(AdoptOrphan effect);

    void signalOrphan(SignalOrphan effect);

    void signalAll(SignalAll effect);

    void signalGroup(SignalGroup effect);

    void publishStatus(PublishStatus effect);

    void releaseService(ReleaseService effect);

    void readEnvironment(ReadEnvironment effect);

    void findServices(FindServices effect);

    void askWhetherToEnd(AskWhetherToEnd effect);

    void drainOutput(DrainOutput effect);

    void abandonOutput(AbandonOutput effect);

    void ask(Ask effect);

    void stopAsking(StopAsking effect);

    void report(Report effect);

    void actOnLevels(ActOnLevels effect);
  }

  /**
   * Makes the pipe that a service reads from. Failure shows in the spawns that need it.
   *
   * @param reader the service that reads
   */
  record OpenPipe(ServiceId reader) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.openPipe(this);
    }
  }

  /** Closes Gatun's ends of a pipe: from now on it ends when the processes do that write to it. */
  record ClosePipe(ServiceId reader) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.closePipe(this);
    }
  }

  /**
   * Starts a process. Outcome: ProcessSpawned or SpawnFailed; ProgramMissing where the program need
   * not be there, and is not.
   *
   * @param environment all of what it gets, but for the tag that says whose it is
   * @param reads the service whose pipe it reads: nothing is read when it is empty
   * @param writes the service whose pipe its output goes to: otherwise it goes to the output plane
   * @param target the process whose pid it is told
   * @param voice how it can tell Gatun something by itself, if it can. Outcome then: Notified
   */
  record Spawn(
      Incarnation who,
      Program program,
      Environment environment,
      Optional<ServiceId> reads,
      Optional<ServiceId> writes,
      Optional<Target> target,
      Optional<Voice> voice)
      implements Effect {

    /** Of a program that tells nothing by itself. */
    public Spawn(
        Incarnation who,
        Program program,
        Environment environment,
        Optional<ServiceId> reads,
        Optional<ServiceId> writes,
        Optional<Target> target) {
      this(who, program, environment, reads, writes, target, Optional.empty());
    }

    /**
     * How a process can tell Gatun something by itself.
     *
     * @param descriptor the number of the descriptor on which a newline means that it is ready;
     *     {@link #NONE} for none
     * @param notifies whether NOTIFY_SOCKET names a socket that it can write to
     */
    public record Voice(int descriptor, boolean notifies) {
      public static final int NONE = -1;
    }

    /** Whether it is given a descriptor on which it can say that it is ready. */
    public boolean hasDescriptor() {
      return voice.isPresent() && voice.get().descriptor() != Voice.NONE;
    }

    /**
     * A process that another one is to end.
     *
     * @param pidVariable the environment variable that has its pid
     */
    public record Target(Incarnation process, String pidVariable) {}

    @Override
    public void performBy(Performer performer) {
      performer.spawn(this);
    }
  }

  /**
   * Reaps what can be reaped. Outcome: ProcessExited and OrphansReaped for what was, then
   * ChildrenSwept.
   *
   * @param scans whether live orphans are looked for too: then there is OrphansArrived or
   *     OrphansUnlisted before the end
   */
  record Sweep(boolean scans) implements Effect {
    /** Only what has ended. */
    public static final Sweep CHILDREN = new Sweep(false);

    /** Live orphans too. */
    public static final Sweep AND_SCAN = new Sweep(true);

    @Override
    public void performBy(Performer performer) {
      performer.sweep(this);
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
  record SignalAll(Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.signalAll(this);
    }
  }

  /** Sends a signal to what is left of the process group that a process led. No outcome. */
  record SignalGroup(Incarnation leader, Signal signal) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.signalGroup(this);
    }
  }

  /** Shows clients what a service is doing from now on. No outcome. */
  record PublishStatus(ServiceId service, ServiceStatus status) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.publishStatus(this);
    }
  }

  /** Nothing is left of a service and of what reads from it: they take no orders. No outcome. */
  record ReleaseService(ServiceName service) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.releaseService(this);
    }
  }

  /** Finds out what programs are to be started with by now. Outcome: EnvironmentRead. */
  record ReadEnvironment() implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.readEnvironment(this);
    }
  }

  /**
   * Looks for services, now and whenever something changes. Outcome: ServiceFound for each that is
   * there and is not known, ServiceVanished, and ServicesScanned.
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

  /**
   * Makes a connection, or asks for a page, to see whether a service answers: never for a {@link
   * Probe.Run}, which is spawned. Outcome: ProbeAnswered, unless StopAsking comes before. How long
   * that may take is seen to by whoever orders it.
   *
   * @param who stands for the question, as it would for a process
   */
  record Ask(Incarnation who, Probe.Check check) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.ask(this);
    }
  }

  /** Nobody waits any longer for the answer to a question. No outcome. */
  record StopAsking(Incarnation who) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.stopAsking(this);
    }
  }

  /** Says something in Gatun's own log. */
  record Report(Level level, String text) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.report(this);
    }
  }

  /** Has those act who stand between the runlevels and the outside. */
  record ActOnLevels(LevelAction action) implements Effect {
    @Override
    public void performBy(Performer performer) {
      performer.actOnLevels(this);
    }
  }
}
