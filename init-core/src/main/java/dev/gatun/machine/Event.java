package dev.gatun.machine;

import dev.gatun.machine.level.LevelRequest;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.Change;
import dev.gatun.model.Environment;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Notice;
import dev.gatun.model.Obstacle;
import dev.gatun.model.Order;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.SignalSource;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened. Outcomes of effects come back as events too, so that the machine never
 * has to ask. Each carries the time of the turn it was seen in, on the monotonic clock.
 *
 * <p>They are dispatched by {@link #handledBy} for the reason that {@link Effect effects} are: what
 * comes first waits for a pattern switch to be linked, and so does the first signal to stop.
 */
public sealed interface Event {

  long atNanos();

  /** Has {@code handler} decide what this means. */
  void handledBy(Handler handler, Decision decision);

  /** What decides about events: one method an event, so that none is forgotten. */
  interface Handler {
    void onSignalReceived(Decision decision, SignalReceived event);

    void onProcessSpawned(Decision decision, ProcessSpawned event);

    void onSpawnFailed(Decision decision, SpawnFailed event);

    void onProcessExited(Decision decision, ProcessExited event);

    void onProcessStopped(Decision decision, ProcessStopped event);

    void onOrphansArrived(Decision decision, OrphansArrived event);

    void onOrphansUnlisted(Decision decision, OrphansUnlisted event);

    void onOrphanInspected(Decision decision, OrphanInspected event);

    void onOrphansReaped(Decision decision, OrphansReaped event);

    void onChildrenSwept(Decision decision, ChildrenSwept event);

    void onTimePassed(Decision decision, TimePassed event);

    void onOutputProgressed(Decision decision, OutputProgressed event);

    void onLoopFailed(Decision decision, LoopFailed event);

    void onProgramMissing(Decision decision, ProgramMissing event);

    void onOrderReceived(Decision decision, OrderReceived event);

    void onServiceFound(Decision decision, ServiceFound event);

    void onServiceVanished(Decision decision, ServiceVanished event);

    void onHooksChanged(Decision decision, HooksChanged event);

    void onServicesScanned(Decision decision, ServicesScanned event);

    void onEnvironmentRead(Decision decision, EnvironmentRead event);

    void onEndRequested(Decision decision, EndRequested event);

    void onExitCodeChosen(Decision decision, ExitCodeChosen event);

    void onOutputEnded(Decision decision, OutputEnded event);

    void onLevelRequested(Decision decision, LevelRequested event);

    void onNotified(Decision decision, Notified event);

    void onProbeAnswered(Decision decision, ProbeAnswered event);

    void onChangeRequested(Decision decision, ChangeRequested event);

    void onSignalRequested(Decision decision, SignalRequested event);
  }

  /** A signal for Gatun itself. */
  record SignalReceived(long atNanos, Signal signal, SignalSource source) implements Event {
    public SignalReceived(long atNanos, Signal signal) {
      this(atNanos, signal, SignalSource.OUTSIDE);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onSignalReceived(decision, this);
    }
  }

  /** A process that was ordered has been made and its program is being executed. */
  record ProcessSpawned(long atNanos, Incarnation who, int pid) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onProcessSpawned(decision, this);
    }
  }

  /**
   * A process that was ordered could not be made.
   *
   * @param cause which file and why; empty when the same has been said of another, and is counted
   * @param obstacle what kind of cause it is
   */
  record SpawnFailed(long atNanos, Incarnation who, String cause, Obstacle obstacle)
      implements Event {
    public SpawnFailed(long atNanos, Incarnation who, String cause) {
      this(atNanos, who, cause, Obstacle.OTHER);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onSpawnFailed(decision, this);
    }
  }

  /** A process of a service has ended and was reaped. */
  record ProcessExited(long atNanos, Incarnation who, ExitStatus status) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onProcessExited(decision, this);
    }
  }

  /** The process that signals are passed on to was stopped, and has not ended. */
  record ProcessStopped(long atNanos, Incarnation who, Signal signal) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onProcessStopped(decision, this);
    }
  }

  /** Live processes that were reparented to Gatun have been seen for the first time. */
  record OrphansArrived(long atNanos, List<OrphanId> orphans) implements Event {
    public OrphansArrived {
      orphans = List.copyOf(orphans);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOrphansArrived(decision, this);
    }
  }

  /** Children live, perhaps orphans; {@code alone} says that all processes are this container's. */
  record OrphansUnlisted(long atNanos, boolean alone) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOrphansUnlisted(decision, this);
    }
  }

  /**
   * What an orphan is, for people.
   *
   * @param origin the service that it came from, where that is known
   */
  record OrphanInspected(
      long atNanos, OrphanId id, String name, String commandLine, Optional<ServiceName> origin)
      implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOrphanInspected(decision, this);
    }
  }

  /** Orphans that had been announced have ended and were reaped, in this order. */
  record OrphansReaped(long atNanos, List<OrphanExit> orphans) implements Event {
    public OrphansReaped {
      orphans = List.copyOf(orphans);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOrphansReaped(decision, this);
    }
  }

  /**
   * All zombies there were have been reaped.
   *
   * @param childrenLeft whether other children live
   * @param scanned whether live orphans were looked for too, and have been announced
   */
  record ChildrenSwept(long atNanos, boolean childrenLeft, boolean scanned) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onChildrenSwept(decision, this);
    }
  }

  /** A deadline has come. */
  record TimePassed(long atNanos) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onTimePassed(decision, this);
    }
  }

  /** While the output is drained: some of it has been written. */
  record OutputProgressed(long atNanos) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOutputProgressed(decision, this);
    }
  }

  /** Gatun itself has failed: {@code cause} is what was thrown, and where. */
  record LoopFailed(long atNanos, String cause) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onLoopFailed(decision, this);
    }
  }

  /** A program that need not be there was ordered, and is not: nothing has been started. */
  record ProgramMissing(long atNanos, Incarnation who) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onProgramMissing(decision, this);
    }
  }

  /** A client tells a service something. */
  record OrderReceived(long atNanos, ServiceId service, Order order) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOrderReceived(decision, this);
    }
  }

  /**
   * A service has appeared: it is one of the container's from now on.
   *
   * @param services the service, and the one that reads from it if there is one
   */
  record ServiceFound(long atNanos, List<Service> services) implements Event {
    public ServiceFound {
      services = List.copyOf(services);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onServiceFound(decision, this);
    }
  }

  /** What there is of a service's hooks is something else than was known. */
  record HooksChanged(long atNanos, ServiceId service, Hooks hooks) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onHooksChanged(decision, this);
    }
  }

  /** A service is no longer wanted: it is to go down and be forgotten. */
  record ServiceVanished(long atNanos, ServiceName service) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onServiceVanished(decision, this);
    }
  }

  /**
   * All there is has been looked at, and the services that are there have been told.
   *
   * @param problems what keeps services from being there, for people, a clause each
   * @param again whether nothing will tell of changes, so that it has to be looked at again
   */
  record ServicesScanned(long atNanos, List<Problem> problems, boolean again) implements Event {
    public ServicesScanned {
      problems = List.copyOf(problems);
    }

    /**
     * Something that keeps a service from being there.
     *
     * @param mayPass whether it may be over in a moment: a directory that is being made
     */
    public record Problem(String text, boolean mayPass) {}

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onServicesScanned(decision, this);
    }
  }

  /** What programs are started with from now on. */
  record EnvironmentRead(long atNanos, Environment environment) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onEnvironmentRead(decision, this);
    }
  }

  /**
   * The orderly end has been asked for by another way than a signal.
   *
   * @param cause a clause for people, what asked
   * @param exitCode what the container is to end with
   */
  record EndRequested(long atNanos, String cause, int exitCode) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onEndRequested(decision, this);
    }
  }

  /** A program has said what the container is to end with, 0 to 255, should it be asked to end. */
  record ExitCodeChosen(long atNanos, int code) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onExitCodeChosen(decision, this);
    }
  }

  /**
   * The process of a service has told something by itself.
   *
   * @param who the service's own process
   * @param text what {@link Notice#STATUS} says; empty with another
   */
  record Notified(long atNanos, Incarnation who, Notice notice, String text) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onNotified(decision, this);
    }
  }

  /** A probe of {@link Effect.Ask} was answered: {@code failure} says why it failed, if it did. */
  record ProbeAnswered(long atNanos, Incarnation who, String failure) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onProbeAnswered(decision, this);
    }
  }

  /**
   * Somebody who operates the container wants services to be changed, in the order of their
   * dependencies. Names that are not known are nothing.
   *
   * @param alone whether what they depend on, and what depends on them, is spared
   */
  record ChangeRequested(long atNanos, List<ServiceId> services, Change change, boolean alone)
      implements Event {
    public ChangeRequested {
      services = List.copyOf(services);
    }

    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onChangeRequested(decision, this);
    }
  }

  /**
   * Somebody wants a signal to be sent to the process of a service, if it runs.
   *
   * @param wholeGroup whether the process group that it leads gets it, and not it alone
   */
  record SignalRequested(long atNanos, ServiceId service, Signal signal, boolean wholeGroup)
      implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onSignalRequested(decision, this);
    }
  }

  /** Every byte that services wrote has been written, or can never be. */
  record OutputEnded(long atNanos) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onOutputEnded(decision, this);
    }
  }

  /** Something is said to the runlevels. */
  record LevelRequested(long atNanos, LevelRequest request) implements Event {
    @Override
    public void handledBy(Handler handler, Decision decision) {
      handler.onLevelRequested(decision, this);
    }
  }
}
