package dev.gatun.machine.container;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.orphan.Reparent;
import dev.gatun.machine.service.Stopping;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.plan.ExitCode;

/** The last part of a container's life, and a failure of the loop, which hurries it. */
public final class Finish {
  private Finish() {}

  /** All zombies have been reaped: when no service is left, only the kernel can say who else is. */
  public static void onSwept(Decision decision, Event.ChildrenSwept event) {
    if (!decision.before().allGone()) {
      return;
    }
    if (decision.container() instanceof Container.Sweeping sweeping) {
      if (!event.childrenLeft()) {
        drain(decision, sweeping.verdict());
      } else if (decision.orphans().isEmpty() && !event.scanned()) {
        // Children that nobody has seen yet: not worth waiting for the next scan.
        decision.act(Effect.Sweep.AND_SCAN);
      }
    } else if (!event.childrenLeft() && !decision.plan().findsServices()) {
      nothingIsLeft(decision);
    }
  }

  private static void nothingIsLeft(Decision decision) {
    Verdict verdict = Verdict.of(0, "nothing is left running");
    if (Targets.hasProgramsAtTheEnd(decision.plan())) {
      decision.end(verdict, Level.WARNING);
    } else if (decision.container() instanceof Container.In in) {
      decision.say(Level.WARNING, "exit " + verdict.exitCode() + ": " + verdict.cause());
      drain(decision, Targets.finalVerdict(decision, in, verdict));
    }
  }

  /** No process is left: what is still in the pipes is taken and written. */
  public static void drain(Decision decision, Verdict verdict) {
    Deadline giveUpAt = Deadline.after(decision.nowNanos(), decision.plan().drainNanos());
    decision.become(new Container.Draining(verdict, giveUpAt));
    decision.become(Orphans.NONE);
    decision.scanAt(Deadline.NEVER);
    decision.act(new Effect.DrainOutput());
  }

  /** Whoever reads slowly is waited for; only one who reads nothing is not. */
  public static void onOutputProgressed(Decision decision) {
    if (decision.container() instanceof Container.Draining draining) {
      Deadline later = Deadline.after(decision.nowNanos(), decision.plan().drainNanos());
      decision.become(new Container.Draining(draining.verdict(), later));
    }
  }

  /** A program has said what the container is to end with. */
  public static void onExitCodeChosen(Decision decision, Event.ExitCodeChosen event) {
    if (decision.container() instanceof Container.In in) {
      decision.say(Level.DEBUG, "a program has chosen the exit code " + event.code());
      decision.become(in.withChosenCode(event.code()));
    }
  }

  public static void onOutputEnded(Decision decision) {
    if (decision.container() instanceof Container.Draining draining) {
      decision.become(new Container.Over(draining.verdict()));
    }
  }

  public static void onTimePassed(Decision decision) {
    if (decision.container() instanceof Container.Draining draining
        && draining.giveUpAt().isDue(decision.nowNanos())) {
      decision.become(new Container.Over(draining.verdict()));
      decision.act(new Effect.AbandonOutput());
    }
  }

  /**
   * An init that cannot trust itself ends while it still can tell its services. What it had told
   * them when it failed may not have been carried out, so it tells them again.
   */
  public static void onLoopFailed(Decision decision, Event.LoopFailed event) {
    String cause = "internal error: " + event.cause();
    if (decision.container().isRunning()) {
      decision.end(Verdict.of(ExitCode.OWN_FAILURE, cause), Level.WARNING);
      return;
    }
    decision.say(Level.WARNING, cause);
    for (int i = 0; i < decision.services().size(); i++) {
      Stopping.tellAgain(decision, decision.services().get(i));
    }
    Reparent.tellAgain(decision);
  }
}
