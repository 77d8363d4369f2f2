package dev.gatun.machine;

import dev.gatun.machine.World.Life;
import dev.gatun.machine.World.OrphanLife;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Stage;

/** What holds for every decision, whatever can happen. */
final class Safety {

  void check(State before, Event event, Transition transition, World world) {
    State after = transition.state();
    if (rank(after) < rank(before)) {
      fail("the phase goes back", before, event, after);
    }
    Verdict settled = verdict(before);
    if (settled != null && !settled.equals(verdict(after))) {
      fail("the verdict changes", before, event, after);
    }
    if (event instanceof Event.TimePassed && rank(after) < 3) {
      checkDeadlines(before, event, after);
    }
    for (Service service : after.services()) {
      if (after.isTerminating() && service.want() != Want.DOWN) {
        fail(service.name() + " is wanted up at the end", before, event, after);
      }
    }
    World now = world;
    for (Effect effect : transition.effects()) {
      if (!isRight(effect, after, now)) {
        fail("wrong: " + effect, before, event, after);
      }
      now = now.after(effect);
    }
  }

  private static void checkDeadlines(State before, Event event, State after) {
    if (after.nextDeadline().isDue(event.atNanos())) {
      fail("what was due is still due", before, event, after);
    }
  }

  private static boolean isRight(Effect effect, State after, World world) {
    return switch (effect) {
      case Effect.Spawn e ->
          after.services().get(e.who().service()).want() == Want.UP && isNew(e.who(), world);
      case Effect.SpawnStopScript e -> isThere(e.target(), world) && isNew(e.who(), world);
      case Effect.SendSignal e -> isThere(e.who(), world) && mayGet(e, world);
      case Effect.SignalOrphan e -> world.orphanLives() && world.orphan() != OrphanLife.LIVES;
      case Effect.AdoptOrphan e -> after.isRunning() && world.orphanLives();
      case Effect.DrainOutput e -> world.processes().stream().noneMatch(World.Process::isThere);
      case Effect.InspectOrphan e -> world.orphan() != OrphanLife.UNBORN;
      case Effect.SignalRest e -> after.isTerminating();
      case Effect.AbandonOutput e -> after.phase() instanceof Phase.Over;
      case Effect.ForwardSignal e -> isThere(e.who(), world);
      case Effect.FollowStop e -> isThere(e.who(), world);
      case Effect.StopSelf e -> after.plan().forwarding().isPresent();
      case Effect.SpawnScript e -> isNew(e.who(), world);
      case Effect.SignalGroup e -> true;
      case Effect.PublishStatus e -> true;
      case Effect.ReleaseService e -> true;
      case Effect.FindServices e -> after.isRunning();
      case Effect.RefreshEnvironment e -> after.isRunning();
      case Effect.AskWhetherToEnd e -> after.isRunning();
      case Effect.OpenLogPipe e -> true;
      case Effect.CloseLogPipe e -> true;
      case Effect.SweepChildren e -> true;
      case Effect.ScanOrphans e -> true;
      case Effect.Report e -> true;
    };
  }

  private static boolean isNew(Incarnation who, World world) {
    return world.processes().stream()
        .noneMatch(
            p -> p.who().is(who) || p.who().label().equals(who.label()) && p.life() != Life.GONE);
  }

  private static boolean isThere(Incarnation who, World world) {
    return world.find(who).map(World.Process::isThere).orElse(false);
  }

  /** A log program is told nothing while its service lives. */
  private static boolean mayGet(Effect.SendSignal effect, World world) {
    return effect.who().stage() != Stage.LOG || !world.runLives(effect.who());
  }

  void checkCode(State state, World world) {
    Verdict verdict = verdict(state);
    if (verdict != null && (world.expected() >> verdict.exitCode() & 1) == 0) {
      throw new AssertionError(
          "the exit code is " + verdict + ", the contract's codes are the bits of " + world);
    }
    if (verdict == null && world.expected() != 0) {
      throw new AssertionError("it goes on, though this decides: " + world + "\n" + state);
    }
  }

  private static Verdict verdict(State state) {
    return switch (state.phase()) {
      case Phase.Running r -> null;
      case Phase.Terminating t -> t.verdict();
      case Phase.Draining d -> d.verdict();
      case Phase.Over o -> o.verdict();
    };
  }

  private static int rank(State state) {
    return switch (state.phase()) {
      case Phase.Running r -> 0;
      case Phase.Terminating t -> 1;
      case Phase.Draining d -> 2;
      case Phase.Over o -> 3;
    };
  }

  private static void fail(String what, State before, Event event, State after) {
    throw new AssertionError(what + "\n" + before + "\n" + event + "\n" + after);
  }
}
