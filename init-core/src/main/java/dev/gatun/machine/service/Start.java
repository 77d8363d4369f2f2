package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.level.LevelGate;
import dev.gatun.machine.level.Levels;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Target;
import java.util.Optional;

/** Starting services. */
public final class Start {
  private static final long NANOS_A_MINUTE = 60_000_000_000L;

  private Start() {}

  /**
   * Whether the container is at a target that wants the service, and has cleared the way for it.
   */
  public static boolean isWantedNow(Decision decision, Service service) {
    if (!(decision.container() instanceof Container.In in)) {
      return false;
    }
    Span span = service.span();
    Target target = in.target();
    return span.contains(target) && (in.cleared() || span.from().compareTo(target) < 0);
  }

  /** Starts a service that is down, if it is wanted and nothing holds it up. */
  static ServiceState ifWanted(Decision decision, ServiceState before) {
    if (!before.isToStart() || decision.isToEnd()) {
      return before;
    }
    Deadline startAt = before.timers().startAt();
    if (!startAt.isNever() && !startAt.isDue(decision.nowNanos())) {
      return before;
    }
    ServiceState state =
        startAt.isNever() ? before : before.with(before.timers().withStartAt(Deadline.NEVER));
    boolean itsTurn =
        state.service().isReader()
            ? state.place().pipeIsOpen()
            : isWantedNow(decision, state.service());
    if (!itsTurn || decision.environmentIsStale() || isToTakeBackFirst(state)) {
      return state;
    }
    Optional<Levels> levels = decision.levels();
    if (levels.isPresent() && !LevelGate.isOpen(decision, levels.get(), state.id())) {
      return state;
    }
    boolean depends = !state.service().after().isEmpty();
    if (depends && !Dependencies.areMet(decision, state.service())) {
      return skipIfHopeless(decision, state);
    }
    if (isTooOften(decision, state)) {
      return holdBack(decision, state);
    }
    return state.service().hooks().standIn(Order.UP).isPresent()
        ? Scripts.run(decision, state, Script.Purpose.BEFORE_START, Order.UP)
        : order(decision, state);
  }

  private static boolean isTooOften(Decision decision, ServiceState state) {
    return decision.levels().isPresent()
        && state.service().restart().everRestarts()
        && state.timers().isAt(decision.levels().get().runlevels().limit(), decision.nowNanos());
  }

  /** One that is started again and again is left alone for a while. */
  private static ServiceState holdBack(Decision decision, ServiceState state) {
    long heldNanos = decision.levels().orElseThrow().runlevels().limit().heldNanos();
    decision.say(
        Level.WARNING,
        "INIT: Id \""
            + state.id().name()
            + "\" respawning too fast: disabled for "
            + heldNanos / NANOS_A_MINUTE
            + " minutes");
    Deadline until = Deadline.after(decision.nowNanos(), heldNanos);
    return state.with(state.timers().heldUntil(until));
  }

  /** What a program that is run once has done is taken back before it is run again. */
  private static boolean isToTakeBackFirst(ServiceState state) {
    return state.standing().isGoingDown() && state.isDone();
  }

  /** Says of a service which waits for one that has failed that it is not started. */
  private static ServiceState skipIfHopeless(Decision decision, ServiceState state) {
    String cause = Dependencies.failure(decision, state.service());
    if (cause.isEmpty() || state.standing().skipped()) {
      return state;
    }
    String failure = "was not started: " + cause;
    boolean isDependency = !state.service().isReader();
    decision.say(
        isDependency ? Level.ERROR : Level.DEBUG, Titles.of(decision, state.id()) + " " + failure);
    return state.with(state.standing().skipped(failure));
  }

  /** Orders the start of a service's own program. */
  static ServiceState order(Decision decision, ServiceState state) {
    Service service = state.service();
    if (service.program().isNothing() && service.kind() == Service.Kind.ONESHOT) {
      return hasNothingToDo(decision, state);
    }
    Incarnation who = decision.incarnation(service.id().name(), service.id().stage());
    Optional<ServiceId> reads = service.isReader() ? Optional.of(service.id()) : Optional.empty();
    decision.act(
        new Effect.Spawn(
            who,
            service.program(),
            decision.environment(),
            reads,
            Pipes.writtenBy(decision, state),
            Optional.empty(),
            service.isWatched() ? Readying.voice(service) : Optional.empty()));
    return starting(decision, state)
        .with(new ProcessLife.Starting(who, state.downSinceNanos()))
        .with(state.want().onceStarted())
        .with(
            counted(decision, state.timers(), service.restart())
                .withStartAt(nextStartAt(decision, service.restart())));
  }

  private static Timers counted(Decision decision, Timers timers, Restart restart) {
    return decision.levels().isPresent() && restart.everRestarts()
        ? timers.counting(decision.levels().get().runlevels().limit(), decision.nowNanos())
        : timers;
  }

  private static ServiceState hasNothingToDo(Decision decision, ServiceState state) {
    return state
        .with(new ProcessLife.None(ProcessLife.Why.ENDED, decision.nowNanos()))
        .with(state.want().onceStarted())
        .with(state.standing().staying().readyAt(decision.nowNanos()));
  }

  /** What was known of its standing is not true of the process that is to be made. */
  private static ServiceState starting(Decision decision, ServiceState state) {
    Standing standing = state.standing().notReady().staying();
    standing = standing.skipped() ? standing.hopeful() : standing;
    return state.with(
        state.service().isWatched()
            ? Readying.starting(decision, state.service(), standing)
            : standing);
  }

  private static Deadline nextStartAt(Decision decision, Restart restart) {
    return restart.everRestarts() && restart.since() == Restart.Since.START
        ? Deadline.after(decision.nowNanos(), restart.pauseNanos())
        : Deadline.NEVER;
  }
}
