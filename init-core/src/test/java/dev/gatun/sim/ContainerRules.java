package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Signal;
import java.util.List;

/** What holds of the container as a whole. */
final class ContainerRules {
  private ContainerRules() {}

  static List<Rule> all(Facts facts, Contract contract) {
    return List.of(
        new EndsByContract(facts, contract),
        new GoesOnOnly(facts, contract),
        new VerdictStays(facts, contract),
        new NothingDueIsLeft(facts, contract),
        new FilesAreAsked(facts, contract));
  }

  /** It begins to end when the contract says so, and drains when nothing is left. */
  static final class EndsByContract extends Rule {
    private boolean ended;

    EndsByContract(Facts facts, Contract contract) {
      super(facts, contract);
      ended = contract.isEnding();
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.DrainOutput) {
        brokenIf(!facts.alive().isEmpty(), "drains while these live: " + facts.alive());
        brokenIf(!contract.isOver(), "drains before its last program");
      }
    }

    @Override
    void decided(State before, Event event, State after) {
      boolean ends = before.isRunning() && !after.isRunning();
      boolean should = contract.isEnding() && !ended;
      ended |= contract.isEnding();
      brokenIf(ends != should, "it should " + (ends ? "not " : "") + "end after " + event);
    }
  }

  /** It goes from target to target, and on to its end, and never back. */
  static final class GoesOnOnly extends Rule {
    private int rank;

    GoesOnOnly(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void decided(State before, Event event, State after) {
      int now = rank(after.container());
      brokenIf(now < rank, "back to " + after.container());
      rank = now;
      boolean swept =
          event instanceof Event.ChildrenSwept e && !e.childrenLeft() && before.allGone();
      boolean waits = before.isRunning() && facts.plan.findsServices();
      brokenIf(swept && !waits && rank(before.container()) == now && now < 11, "stays: " + event);
      boolean written = event instanceof Event.OutputEnded && rank(before.container()) == 11;
      brokenIf(written && now == 11, "stays: " + event);
    }

    private static int rank(Container container) {
      return switch (container) {
        case Container.In in -> in.target().ordinal();
        case Container.Sweeping s -> 10;
        case Container.Draining d -> 11;
        case Container.Over o -> 12;
      };
    }
  }

  /** A verdict changes only from 0, and only to what a program that is run once gives. */
  static final class VerdictStays extends Rule {
    private Verdict settled;

    VerdictStays(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void decided(State before, Event event, State after) {
      Verdict now = verdict(after.container());
      boolean changed = settled != null && !settled.equals(now);
      brokenIf(
          changed && (settled.exitCode() != 0 || now.exitCode() != contract.expectedCode()),
          "from " + settled + " to " + now);
      settled = now;
    }

    private static Verdict verdict(Container container) {
      return switch (container) {
        case Container.In in -> in.verdict().orElse(null);
        case Container.Sweeping s -> s.verdict();
        case Container.Draining d -> d.verdict();
        case Container.Over o -> o.verdict();
      };
    }
  }

  /** When time has passed, nothing is due any more: a deadline that stays would spin. */
  static final class NothingDueIsLeft extends Rule {
    NothingDueIsLeft(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void decided(State before, Event event, State after) {
      boolean hasTime =
          facts.plan.orphans().killAfterNanos() > 0
              && facts.services().stream().allMatch(s -> s.stop().killAfterNanos() != 0);
      boolean isDue = after.nextDeadline().isDue(event.atNanos());
      // A service that was released has others looked for at once, in the next turn.
      boolean looks = after.arrivals().lookAt().isDue(event.atNanos());
      brokenIf(
          event instanceof Event.TimePassed && isDue && hasTime && !looks,
          "still due: " + after.nextDeadline());
    }
  }

  /** A signal that ends the container on a condition has a file asked, once its program has run. */
  static final class FilesAreAsked extends Rule {
    private static final String PROGRAM = Signal.INT + "/signal";

    private boolean mustAsk;

    FilesAreAsked(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      if (event instanceof Event.SignalReceived e
          && !contract.isEnding()
          && !contract.hasCommand()
          && !facts.lives(PROGRAM)) {
        mustAsk |= facts.plan.signals().rules().stream().anyMatch(r -> r.signal().is(e.signal()));
      }
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.AskWhetherToEnd) {
        brokenIf(!mustAsk, "for nothing: " + effect);
        mustAsk = false;
      }
    }

    @Override
    void decided(State before, Event event, State after) {
      boolean waits = facts.lives(PROGRAM) || after.environmentIsStale();
      brokenIf(mustAsk && after.isRunning() && !waits, "nobody was asked after " + event);
    }
  }
}
