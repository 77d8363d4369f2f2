package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.plan.Plan;

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
 */
public record State(
    Plan plan,
    Phase phase,
    Services services,
    Orphans orphans,
    Deadline scanAt,
    long nextIncarnation) {

  State withPhase(Phase next) {
    return new State(plan, next, services, orphans, scanAt, nextIncarnation);
  }

  State with(Service changed) {
    return with(services.with(changed));
  }

  State with(Services changed) {
    return new State(plan, phase, changed, orphans, scanAt, nextIncarnation);
  }

  State with(Orphans changed) {
    return new State(plan, phase, services, changed, scanAt, nextIncarnation);
  }

  State withScanAt(Deadline deadline) {
    return new State(plan, phase, services, orphans, deadline, nextIncarnation);
  }

  State withNextIncarnation(long number) {
    return new State(plan, phase, services, orphans, scanAt, number);
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
    for (int i = 0; i < services.size(); i++) {
      next = next.earlier(services.get(i).nextDeadline());
    }
    return phase instanceof Phase.Draining draining ? next.earlier(draining.giveUpAt()) : next;
  }
}
