package dev.gatun.machine;

import dev.gatun.model.Control;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.ServiceSpec;
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

  /** Has {@code handler} decide what this means in {@code state}. */
  Transition handledBy(Handler handler, State state);

  /** What decides about events: one method an event, so that none is forgotten. */
  interface Handler {
    Transition onSignalReceived(State state, SignalReceived event);

    Transition onProcessSpawned(State state, ProcessSpawned event);

    Transition onSpawnFailed(State state, SpawnFailed event);

    Transition onProcessExited(State state, ProcessExited event);

    Transition onOrphansArrived(State state, OrphansArrived event);

    Transition onOrphansUnlisted(State state, OrphansUnlisted event);

    Transition onOrphanInspected(State state, OrphanInspected event);

    Transition onOrphansReaped(State state, OrphansReaped event);

    Transition onChildrenSwept(State state, ChildrenSwept event);

    Transition onTimePassed(State state, TimePassed event);

    Transition onOutputProgressed(State state, OutputProgressed event);

    Transition onLoopFailed(State state, LoopFailed event);

    Transition onProgramMissing(State state, ProgramMissing event);

    Transition onControlReceived(State state, ControlReceived event);

    Transition onServiceFound(State state, ServiceFound event);

    Transition onServiceVanished(State state, ServiceVanished event);

    Transition onEndRequested(State state, EndRequested event);

    Transition onOutputEnded(State state, OutputEnded event);
  }

  /** A signal for Gatun itself. */
  record SignalReceived(long atNanos, Signal signal) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onSignalReceived(state, this);
    }
  }

  /** A process that was ordered has been made and its program is being executed. */
  record ProcessSpawned(long atNanos, Incarnation who, int pid) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onProcessSpawned(state, this);
    }
  }

  /**
   * A process that was ordered could not be made.
   *
   * @param cause which file and why; empty when the same has been said of another, and is counted
   */
  record SpawnFailed(long atNanos, Incarnation who, String cause) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onSpawnFailed(state, this);
    }
  }

  /** A process of a service has ended and was reaped. */
  record ProcessExited(long atNanos, Incarnation who, ExitStatus status) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onProcessExited(state, this);
    }
  }

  /** Live processes that were reparented to Gatun have been seen for the first time. */
  record OrphansArrived(long atNanos, List<OrphanId> orphans) implements Event {
    public OrphansArrived {
      orphans = List.copyOf(orphans);
    }

    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onOrphansArrived(state, this);
    }
  }

  /**
   * Children live, and which of them are orphans cannot be known.
   *
   * @param alone whether nobody but this container's processes can be there
   */
  record OrphansUnlisted(long atNanos, boolean alone) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onOrphansUnlisted(state, this);
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
    public Transition handledBy(Handler handler, State state) {
      return handler.onOrphanInspected(state, this);
    }
  }

  /** How an orphan ended. */
  record OrphanExit(OrphanId id, ExitStatus status) {}

  /** Orphans that had been announced have ended and were reaped, in this order. */
  record OrphansReaped(long atNanos, List<OrphanExit> orphans) implements Event {
    public OrphansReaped {
      orphans = List.copyOf(orphans);
    }

    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onOrphansReaped(state, this);
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
    public Transition handledBy(Handler handler, State state) {
      return handler.onChildrenSwept(state, this);
    }
  }

  /** A deadline has come. */
  record TimePassed(long atNanos) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onTimePassed(state, this);
    }
  }

  /** While the output is drained: some of it has been written. */
  record OutputProgressed(long atNanos) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onOutputProgressed(state, this);
    }
  }

  /** Gatun itself has failed: {@code cause} is what was thrown, and where. */
  record LoopFailed(long atNanos, String cause) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onLoopFailed(state, this);
    }
  }

  /** A program that need not be there was ordered, and is not: nothing has been started. */
  record ProgramMissing(long atNanos, Incarnation who) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onProgramMissing(state, this);
    }
  }

  /** A client tells a part of a kept service something. */
  record ControlReceived(long atNanos, ServiceName service, Part part, Control control)
      implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onControlReceived(state, this);
    }
  }

  /** A kept service has appeared: it is one of the container's from now on. */
  record ServiceFound(long atNanos, ServiceSpec spec) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onServiceFound(state, this);
    }
  }

  /** A kept service is no longer wanted: it is to go down and be forgotten. */
  record ServiceVanished(long atNanos, ServiceName service) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onServiceVanished(state, this);
    }
  }

  /**
   * The orderly end has been asked for by another way than a signal.
   *
   * @param cause a clause for people, what asked
   */
  record EndRequested(long atNanos, String cause) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onEndRequested(state, this);
    }
  }

  /** Every byte that services wrote has been written, or can never be. */
  record OutputEnded(long atNanos) implements Event {
    @Override
    public Transition handledBy(Handler handler, State state) {
      return handler.onOutputEnded(state, this);
    }
  }
}
