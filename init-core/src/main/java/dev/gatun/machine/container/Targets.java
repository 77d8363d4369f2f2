package dev.gatun.machine.container;

import dev.gatun.machine.Decision;
import dev.gatun.machine.orphan.Remainder;
import dev.gatun.machine.orphan.Reparent;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Stopping;
import dev.gatun.machine.service.Want;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import dev.gatun.plan.Target;

/** Going from one target of the plan to the next. */
public final class Targets {
  private Targets() {}

  /** Where a container begins. */
  public static Container first(Plan plan) {
    return Container.In.begin(hasOwn(plan, Target.START) ? Target.START : Target.UP);
  }

  /** Whether programs belong to a target alone, so that it is left when they have ended. */
  private static boolean hasOwn(Plan plan, Target target) {
    for (Service service : plan.services()) {
      if (isOf(service, target)) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything is run before the services are told to stop, or after they have. */
  static boolean hasProgramsAtTheEnd(Plan plan) {
    return hasOwn(plan, Target.CLOSING) || hasOwn(plan, Target.LAST);
  }

  private static boolean isOf(Service service, Target target) {
    return service.span().from() == target
        && service.span().until() == target
        && service.kind() == Service.Kind.ONESHOT;
  }

  /** The services that the target wants, and the one before did not, are wanted from now on. */
  public static void want(Decision decision, Target target) {
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      boolean begins =
          state.service().span().contains(target)
              && state.life().isNew()
              && !state.want().isLeaving();
      if (begins && state.service().takesOrders()) {
        decision.reconcile(state.id());
      } else if (begins) {
        decision.put(state.with(Want.first(state.service())));
      }
    }
  }

  /** Begins the end that was asked for. */
  public static void begin(Decision decision, Decision.Ending ending) {
    if (!(decision.container() instanceof Container.In in)) {
      return;
    }
    Verdict verdict = ending.verdict();
    decision.say(ending.level(), "exit " + verdict.exitCode() + ": " + verdict.cause());
    Plan plan = decision.plan();
    boolean atOnce = plan.orphans().told() == OrphanPolicy.Told.AT_ONCE;
    boolean closes = in.target() == Target.UP && hasOwn(plan, Target.CLOSING);
    Target next = closes ? Target.CLOSING : Target.LAST;
    leaveFor(decision, in.decided(verdict), next);
    if (atOnce && !closes && !hasOwn(plan, Target.LAST)) {
      sweep(decision);
    } else if (atOnce) {
      Reparent.endAll(decision);
    }
  }

  /** Everything that the next target does not want is told to stop. */
  private static void leaveFor(Decision decision, Container.In in, Target next) {
    decision.become(in.at(next, false));
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      Service service = state.service();
      // What a later target wants waits for that.
      if (service.span().until().compareTo(next) < 0) {
        Stopping.unwant(decision, state);
      }
    }
  }

  /** Goes on when what the target waits for is over. Says whether there is anything new. */
  public static boolean advance(Decision decision) {
    if (!(decision.container() instanceof Container.In in)) {
      return false;
    }
    if (in.isRunning()) {
      boolean started =
          in.target() == Target.START
              && !decision.environmentIsStale()
              && haveEnded(decision, Target.START);
      if (started) {
        decision.become(in.at(Target.UP, true));
        want(decision, Target.UP);
      }
      return started;
    }
    if (!in.cleared()) {
      return clear(decision, in);
    }
    if (!haveEnded(decision, in.target())) {
      return false;
    }
    if (in.target() == Target.LAST) {
      sweep(decision);
    } else {
      leaveFor(decision, in, Target.LAST);
    }
    return true;
  }

  private static boolean haveEnded(Decision decision, Target target) {
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      if (isOf(state.service(), target) && !state.isGone()) {
        return false;
      }
    }
    return true;
  }

  private static boolean clear(Decision decision, Container.In in) {
    boolean cleared = isCleared(decision, in.target());
    boolean waitsForReaders = !cleared && onlyReadersAreLeft(decision, in.target());
    if (waitsForReaders && in.goOnAt().isNever()) {
      long patienceNanos = decision.plan().orphans().killAfterNanos();
      decision.become(in.waitingUntil(Deadline.after(decision.nowNanos(), patienceNanos)));
      return false;
    }
    if (!cleared && !(waitsForReaders && in.goOnAt().isDue(decision.nowNanos()))) {
      return false;
    }
    decision.become(in.at(in.target(), true));
    want(decision, in.target());
    return true;
  }

  private static boolean isCleared(Decision decision, Target target) {
    return target == Target.LAST ? decision.services().allGone() : areGone(decision, target, false);
  }

  private static boolean onlyReadersAreLeft(Decision decision, Target target) {
    return target == Target.LAST
        ? decision.services().onlyReadersLeft()
        : areGone(decision, target, true);
  }

  /** Whether the services are gone that the target does not want, perhaps but for readers. */
  private static boolean areGone(Decision decision, Target target, boolean butForReaders) {
    for (int i = 0; i < decision.services().size(); i++) {
      ServiceState state = decision.services().get(i);
      boolean matters =
          !state.service().span().contains(target)
              && !(butForReaders && state.service().isReader());
      if (matters && !state.isGone()) {
        return false;
      }
    }
    return true;
  }

  /** All is over: what is left is told to end. */
  private static void sweep(Decision decision) {
    Container.In in = (Container.In) decision.container();
    Verdict verdict = finalVerdict(decision, in, in.verdict().orElseThrow());
    decision.become(new Container.Sweeping(verdict, Remainder.Unknown.IT));
    Reparent.endAll(decision);
  }

  /**
   * Of all that happens after a verdict only a failed program counts, and only if all was well; and
   * a code that a program has chosen, where the container was asked to end.
   */
  static Verdict finalVerdict(Decision decision, Container.In in, Verdict verdict) {
    if (verdict.asked() && verdict.exitCode() == 0 && in.chosenCode() != 0) {
      String cause = "a program has chosen that code, and " + verdict.cause();
      decision.say(Level.INFO, "exit " + in.chosenCode() + ": " + cause);
      return new Verdict(in.chosenCode(), cause, true);
    }
    if (verdict.exitCode() != 0 || in.failureCode() == 0) {
      return verdict;
    }
    String cause = "a program that is run once has failed, and " + verdict.cause();
    decision.say(Level.WARNING, "exit " + in.failureCode() + ": " + cause);
    return new Verdict(in.failureCode(), cause, verdict.asked());
  }
}
