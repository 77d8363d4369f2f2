package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.plan.Plan;
import java.util.Optional;

/**
 * All that Gatun knows and that decisions rest on. Immutable.
 *
 * <p>A container's life goes through the {@link Phase phases} in order and never back. Within it,
 * each process of each service goes through its {@link ProcessState states}, and each live orphan
 * through {@link Orphan its own}. The three are independent but for these rules: a service whose
 * end {@linkplain dev.gatun.plan.ExitPolicy means} the container's end moves the phase to
 * Terminating; Terminating moves every service's want to DOWN and makes every orphan unwelcome; and
 * the phase leaves Terminating only when all of them are gone.
 *
 * @param scanAt when the next look for live orphans is due
 * @param nextIncarnation the number that the next spawned process gets
 * @param regime what there is to know beside that where services are kept, or a course is followed:
 *     kept services are there and not among {@code services}, and while the phase is Terminating
 *     they stop, the last programs run, and only then everything else is told to end
 */
public record State(
    Plan plan,
    Phase phase,
    Services services,
    Orphans orphans,
    Deadline scanAt,
    long nextIncarnation,
    Optional<Regime> regime) {

  /** One of a container that keeps no services and follows no course. */
  public State(
      Plan plan,
      Phase phase,
      Services services,
      Orphans orphans,
      Deadline scanAt,
      long nextIncarnation) {
    this(plan, phase, services, orphans, scanAt, nextIncarnation, Optional.empty());
  }

  State withPhase(Phase next) {
    return new State(plan, next, services, orphans, scanAt, nextIncarnation, regime);
  }

  State with(Service changed) {
    return with(services.with(changed));
  }

  State with(Services changed) {
    return new State(plan, phase, changed, orphans, scanAt, nextIncarnation, regime);
  }

  State with(Orphans changed) {
    return new State(plan, phase, services, changed, scanAt, nextIncarnation, regime);
  }

  State withScanAt(Deadline deadline) {
    return new State(plan, phase, services, orphans, deadline, nextIncarnation, regime);
  }

  State withNextIncarnation(long number) {
    return new State(plan, phase, services, orphans, scanAt, number, regime);
  }

  State with(Regime changed) {
    return new State(plan, phase, services, orphans, scanAt, nextIncarnation, Optional.of(changed));
  }

  /** Whether a process is a matter of the regime. */
  boolean governs(Incarnation who) {
    return regime.isPresent()
        && (who.stage().isOfTheContainer() || !services.contains(who.service()));
  }

  /**
   * Whether no process that Gatun has started is alive or about to be, and none is to be started
   * before the end.
   */
  boolean allGone() {
    return services.allGone()
        && (regime.isEmpty() || regime.get().isGone() && (isRunning() || regime.get().isDone()));
  }

  /** Whether the time has come when everything has to end that Gatun has not started. */
  boolean endsTheRest() {
    return isTerminating() && (regime.isEmpty() || regime.get().isDone());
  }

  public boolean isRunning() {
    return phase == Phase.Running.IT;
  }

  public boolean isTerminating() {
    return phase instanceof Phase.Terminating;
  }

  /** When the next thing is due without any event; no later wake-up would do. */
  public Deadline nextDeadline() {
    Deadline next = scanAt.earlier(orphans.nextDeadline());
    if (phase instanceof Phase.Terminating ending) {
      next = next.earlier(ending.rest().nextDeadline());
    }
    if (regime.isPresent()) {
      next = next.earlier(regime.get().nextDeadline());
    }
    for (int i = 0; i < services.size(); i++) {
      next = next.earlier(services.get(i).nextDeadline());
    }
    return phase instanceof Phase.Draining draining ? next.earlier(draining.giveUpAt()) : next;
  }
}
