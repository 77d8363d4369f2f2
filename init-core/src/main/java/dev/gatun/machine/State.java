package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.level.Levels;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.service.Arrivals;
import dev.gatun.machine.service.Roster;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Target;
import java.util.Optional;

/**
 * All that Gatun knows and that decisions rest on. Immutable.
 *
 * <p>Three kinds of things have states of their own, each with a picture in the Javadoc of its
 * root: the {@link Container container}, which goes from target to target and never back; each
 * {@linkplain dev.gatun.machine.service.ServiceState service}, which is brought towards what is
 * wanted of it; and each live {@linkplain dev.gatun.machine.orphan.Orphan orphan}. They meet in
 * three rules: a target changes what is wanted of the services; a service whose end {@linkplain
 * dev.gatun.plan.Meaning means} the container's gives it its verdict; and the container goes on to
 * the next target when what that does not want is gone.
 *
 * @param environment what programs are started with
 * @param environmentIsStale whether a program may have left another environment that is not known
 *     yet: nothing is started before it is
 * @param scanAt when the next look for live orphans is due
 * @param nextIncarnation the number that the next spawned process gets
 * @param levels the runlevel, where the plan has any
 */
public record State(
    Plan plan,
    Environment environment,
    boolean environmentIsStale,
    Container container,
    Roster services,
    Orphans orphans,
    Deadline scanAt,
    long nextIncarnation,
    Arrivals arrivals,
    Optional<Levels> levels) {

  /**
   * Whether no process that Gatun has started is alive or about to be, and none is to be started
   * before the end.
   */
  public boolean allGone() {
    boolean nothingComes = container.isRunning() && !container.isAt(Target.START);
    return services.allGone() && (nothingComes || container instanceof Container.Sweeping);
  }

  public boolean isRunning() {
    return container.isRunning();
  }

  public boolean isTerminating() {
    return container.isTerminating();
  }

  /** When the next thing is due without any event; no later wake-up would do. */
  public Deadline nextDeadline() {
    Deadline next =
        scanAt
            .earlier(orphans.nextDeadline())
            .earlier(container.nextDeadline())
            .earlier(arrivals.nextDeadline());
    if (levels.isPresent()) {
      next = next.earlier(levels.get().pausedUntil());
    }
    for (int i = 0; i < services.size(); i++) {
      next = next.earlier(services.get(i).nextDeadline());
    }
    return next;
  }
}
