package dev.gatun.machine;

import dev.gatun.machine.World.OrphanLife;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Stage;

/** What holds for every decision, whatever can happen. */
final class Safety {

  void check(State before, Event event, Transition transition, World world) {
    State after = transition.state();
    if (rank(after) < rank(before)) {
      fail("it goes back", before, event, after);
    }
    Verdict settled = verdict(before);
    if (settled != null && settled.exitCode() != 0 && !settled.equals(verdict(after))) {
      fail("the verdict changes", before, event, after);
    }
    boolean isOver = after.container() instanceof Container.Over;
    boolean looks = after.arrivals().lookAt().isDue(event.atNanos());
    boolean isDue = after.nextDeadline().isDue(event.atNanos()) && !looks;
    if (event instanceof Event.TimePassed && !isOver && isDue) {
      fail("what was due is still due", before, event, after);
    }
    World now = world;
    for (Effect effect : transition.effects()) {
      if (!isRight(effect, after, now)) {
        fail("wrong: " + effect, before, event, after);
      }
      now = now.after(effect);
    }
  }

  private static boolean isRight(Effect effect, State after, World world) {
    return switch (effect) {
      case Effect.Spawn e ->
          e.target().isEmpty() || world.isThere(e.target().get().process().label());
      case Effect.SendSignal e -> world.isThere(e.who().label()) && mayGet(e, world);
      case Effect.ForwardSignal e -> world.lives().containsKey(e.who().label());
      case Effect.FollowStop e -> world.isThere(e.who().label());
      case Effect.SignalOrphan e -> world.orphanLives() && world.orphan() != OrphanLife.LIVES;
      case Effect.AdoptOrphan e -> after.isRunning() && world.orphanLives();
      case Effect.DrainOutput e -> !world.anyIsThere();
      case Effect.InspectOrphan e -> world.orphan() != OrphanLife.UNBORN;
      case Effect.SignalAll e -> after.isTerminating();
      case Effect.AbandonOutput e -> after.container() instanceof Container.Over;
      case Effect.FindServices e -> after.isRunning();
      case Effect.AskWhetherToEnd e -> after.isRunning();
      default -> true;
    };
  }

  /** A log program of a plain service is told nothing while its service lives. */
  private static boolean mayGet(Effect.SendSignal effect, World world) {
    String run = effect.who().service() + "/run";
    boolean isLog = effect.who().stage() == Stage.LOG;
    return !isLog || world.commands() >= 0 || !world.lives().containsKey(run);
  }

  void checkCode(State state, World world) {
    Verdict verdict = verdict(state);
    if (!world.code().allows(verdict == null ? -1 : verdict.exitCode())) {
      throw new AssertionError(
          "the verdict is " + verdict + ", and the contract has " + world + "\n" + state);
    }
  }

  static Verdict verdict(State state) {
    return switch (state.container()) {
      case Container.In in -> in.verdict().orElse(null);
      case Container.Sweeping s -> s.verdict();
      case Container.Draining d -> d.verdict();
      case Container.Over o -> o.verdict();
    };
  }

  private static int rank(State state) {
    return switch (state.container()) {
      case Container.In in -> in.target().ordinal();
      case Container.Sweeping s -> 10;
      case Container.Draining d -> 11;
      case Container.Over o -> 12;
    };
  }

  private static void fail(String what, State before, Event event, State after) {
    throw new AssertionError(what + "\n" + before + "\n" + event + "\n" + after);
  }
}
