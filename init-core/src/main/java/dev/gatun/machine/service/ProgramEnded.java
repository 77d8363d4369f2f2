package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Seconds;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.Obstacle;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import java.util.List;
import java.util.Optional;

/** A service's own program has ended, or could not be started: what follows by the plan. */
final class ProgramEnded {
  private ProgramEnded() {}

  static void handle(Decision decision, ServiceState before, Outcome outcome) {
    ServiceState down =
        before
            .with(none(decision, outcome.status().isPresent()))
            .with(standing(decision, before, outcome));
    if (!decision.container().isTerminating() && !down.timers().killAt().isNever()) {
      down = down.with(down.timers().withKillAt(Deadline.NEVER));
    }
    if (before.service().stop().killsGroup() && before.up().isPresent()) {
      decision.act(new Effect.SignalGroup(before.up().get().who(), Signal.KILL));
    }
    if (before.service().meaning() instanceof Meaning.Oneshot oneshot) {
      oneshotEnded(decision, before, down, outcome, oneshot);
    } else {
      longrunEnded(decision, before, down, outcome);
    }
  }

  /** Nothing that its program has shown is true any longer. */
  private static Standing standing(Decision decision, ServiceState before, Outcome outcome) {
    Standing standing = before.standing().endedWith(outcome.status());
    return standing.ready() || standing.watch().isPresent()
        ? Probing.ended(decision, standing)
        : standing;
  }

  static ProcessLife none(Decision decision, boolean ended) {
    return new ProcessLife.None(
        ended ? ProcessLife.Why.ENDED : ProcessLife.Why.FAILED, decision.nowNanos());
  }

  /** Starts the countdown to KILL anew for what is left of a service that is to be gone. */
  static ServiceState countingDown(Decision decision, ServiceState state) {
    if (!decision.container().isTerminating()) {
      return state.timers().killAt().isNever() || state.livesAtAll()
          ? state
          : state.with(state.timers().withKillAt(Deadline.NEVER));
    }
    return state.want().isLeaving() ? state.killedAfter(decision.nowNanos()) : state;
  }

  private static void longrunEnded(
      Decision decision, ServiceState before, ServiceState down, Outcome outcome) {
    Service service = before.service();
    String what = describe(decision, before, outcome);
    if (outcome.status().isPresent()) {
      decision.say(Level.INFO, what);
    }
    boolean isOrdered = isOrdered(decision, before);
    boolean decides = service.meaning() instanceof Meaning.EndsContainer && !isOrdered;
    boolean disables =
        service.meaning() instanceof Meaning.EndsContainer ends && ends.disables(outcome.status());
    boolean isToRestart =
        before.want() == Want.UP
            && (before.standing().isGoingDown() || service.restart().restarts(outcome.status()))
            && !disables
            && (!decides || service.restart().isForFailures());
    boolean isHeld = isToRestart && Pauses.isAtLimit(decision, before);
    boolean restarts = isToRestart && !isHeld;
    ServiceState state = withNextWant(before, down, restarts, decides && !disables && !isHeld);
    if (restarts) {
      state = Pauses.restart(decision, before, state, outcome, what);
    } else if (isHeld) {
      state = Pauses.hold(decision, state, what);
    } else if (!isOrdered && decision.container().isRunning()) {
      state = state.with(state.standing().failed(clause(outcome, disables)));
    }
    state = runFinish(decision, before, state, outcome);
    forgetPendingVerdict(decision, service);
    if (disables && decision.container().isRunning()) {
      decision.say(Level.INFO, "service " + before.id().name() + " has disabled itself");
    } else if (decides && !disables && !restarts && !isHeld) {
      state = decide(decision, state, outcome, what);
    }
    ServiceState counting = countingDown(decision, state);
    decision.put(
        !counting.finish().isNone()
            ? limited(decision, counting)
            : restarts ? Pauses.allEnded(decision, counting) : counting);
  }

  /** Whether its end is what somebody wanted who operates the container. */
  private static boolean isOrdered(Decision decision, ServiceState before) {
    return decision.container().isRunning()
        && (before.standing().isGoingDown() || before.want() == Want.HELD);
  }

  /** Why nobody need wait for a service. */
  private static String clause(Outcome outcome, boolean disables) {
    if (outcome.status().isEmpty()) {
      return "could not be started";
    }
    return disables ? "has disabled itself" : outcome.status().get().toString();
  }

  private static ServiceState runFinish(
      Decision decision, ServiceState before, ServiceState state, Outcome outcome) {
    Optional<Hooks.Finish> finish = state.service().hooks().finish();
    if (finish.isEmpty()) {
      return state;
    }
    ExitArguments arguments = finish.get().arguments();
    boolean isRun = outcome.status().isPresent() || !arguments.notExecuted().isEmpty();
    if (!isRun) {
      return state;
    }
    int pid = before.up().isPresent() ? before.up().get().pid() : 0;
    List<OsString> told = arguments.of(outcome.status(), before.id().name(), pid);
    return Scripts.runFinish(decision, state, finish.get().program().withArguments(told));
  }

  /** A finish program has its own time, and no more than what is left of the container's. */
  private static ServiceState limited(Decision decision, ServiceState state) {
    long killAfterNanos = state.service().hooks().finish().orElseThrow().killAfterNanos();
    if (killAfterNanos == 0) {
      return state;
    }
    Deadline killAt = Deadline.after(decision.nowNanos(), killAfterNanos);
    return state.with(state.timers().withKillAt(state.timers().killAt().earlier(killAt)));
  }

  /** A service whose end is the container's is not started again while others still run. */
  private static ServiceState withNextWant(
      ServiceState before, ServiceState down, boolean restarts, boolean decides) {
    if (decides && !restarts) {
      return down.with(Want.GONE).with(down.orders().withoutWaiting());
    }
    return before.want() == Want.UP && !restarts ? down.with(Want.DOWN) : down;
  }

  private static String describe(Decision decision, ServiceState before, Outcome outcome) {
    if (outcome.status().isEmpty()) {
      return before.id() + " could not be started";
    }
    String what = Titles.of(decision, before.id()) + " " + outcome.status().get();
    if (before.id().stage() != Stage.RUN) {
      return what;
    }
    long sinceNanos =
        before.up().isPresent() ? before.up().get().sinceNanos() : decision.nowNanos();
    return what + " after " + Seconds.text(decision.nowNanos() - sinceNanos);
  }

  /** Two that end together are seen in either order, and the word of the one that writes counts. */
  private static void forgetPendingVerdict(Decision decision, Service service) {
    Optional<ServiceState> reader = decision.readerOf(service);
    if (reader.isPresent() && !reader.get().timers().pending().at().isNever()) {
      decision.put(reader.get().with(reader.get().timers().with(PendingVerdict.NONE)));
    }
  }

  private static ServiceState decide(
      Decision decision, ServiceState state, Outcome outcome, String what) {
    Meaning.EndsContainer meaning = (Meaning.EndsContainer) state.service().meaning();
    ExitCode code = meaning.code();
    if (outcome.status().isEmpty()) {
      Verdict verdict =
          Verdict.of(code.ofObstacle(outcome.obstacle().orElse(Obstacle.NOT_FOUND)), what);
      decision.end(verdict, level(code));
      return state;
    }
    int exitCode = code.of(outcome.status().get());
    if (!state.service().isReader()) {
      decision.end(Verdict.of(exitCode, what), level(code));
      return state;
    }
    Optional<ServiceState> writer = decision.writerOf(state.service());
    if (!decision.container().isRunning() || writer.isEmpty() || writer.get().life().isNone()) {
      return state;
    }
    Deadline at = Deadline.after(decision.nowNanos(), meaning.graceNanos());
    Verdict verdict = Verdict.of(exitCode, what + " before the service");
    return state.with(state.timers().with(new PendingVerdict(at, verdict)));
  }

  /** How a command ends is its own matter: nobody is to be warned of it. */
  private static Level level(ExitCode code) {
    return code.isPassedOn() ? Level.INFO : Level.WARNING;
  }

  private static void oneshotEnded(
      Decision decision,
      ServiceState before,
      ServiceState down,
      Outcome outcome,
      Meaning.Oneshot meaning) {
    String what = outcomeOf(before, outcome);
    boolean wasTold = before.want() == Want.GONE || isOrdered(decision, before);
    ServiceState state = before.want() == Want.UP ? down.with(Want.DOWN) : down;
    boolean restarts =
        !wasTold && !outcome.isSuccess() && before.service().restart().restarts(outcome.status());
    if (restarts && !Pauses.isAtLimit(decision, before)) {
      state = Pauses.restart(decision, before, state.with(Want.ONCE), outcome, what);
      decision.put(countingDown(decision, state));
      return;
    }
    decision.put(countingDown(decision, state.with(settled(decision, state, outcome, wasTold))));
    if (before.id().stage() == Stage.SIGNAL) {
      askWhetherToEnd(decision, before);
      return;
    }
    if (wasTold) {
      decision.say(Level.INFO, what);
      return;
    }
    if (meaning.setsEnvironment()) {
      decision.environmentMayHaveChanged();
      decision.act(new Effect.ReadEnvironment());
    }
    if (meaning.makesServices() && decision.container().isRunning()) {
      decision.act(new Effect.FindServices());
    }
    if (!outcome.isSuccess()) {
      fail(decision, before, outcome, meaning.failure(), what);
    }
  }

  /** Those that depend on it may be started, or need not wait any longer. */
  private static Standing settled(
      Decision decision, ServiceState state, Outcome outcome, boolean wasTold) {
    Standing standing = state.standing();
    if (wasTold) {
      return standing;
    }
    if (outcome.isSuccess() && !standing.hasFailed()) {
      return standing.readyAt(decision.nowNanos());
    }
    return standing.hasFailed()
        ? standing
        : standing.lateAt(Deadline.NEVER).failed(clause(outcome, false));
  }

  private static String outcomeOf(ServiceState before, Outcome outcome) {
    if (outcome.status().isPresent()) {
      return before.id() + " " + outcome.status().get();
    }
    return before.id()
        + (outcome.obstacle().isPresent() ? " could not be started" : " is not there");
  }

  private static void fail(
      Decision decision,
      ServiceState before,
      Outcome outcome,
      Meaning.Failure failure,
      String what) {
    boolean running = decision.container().isRunning();
    if (outcome.obstacle().isEmpty()) {
      String file = " (" + before.service().program().path() + ")";
      decision.say(running ? Level.ERROR : Level.WARNING, running ? what + file : what);
    }
    int code = failure.codeOf(outcome.status());
    if (running && failure.endsStart(outcome.status())) {
      decision.end(Verdict.of(failure.givesCode() ? code : 0, what), Level.WARNING);
    } else if (failure.givesCode()) {
      Container.In in = (Container.In) decision.container();
      decision.become(in.withFailureCode(code));
    }
  }

  private static void askWhetherToEnd(Decision decision, ServiceState program) {
    for (SignalRule rule : decision.plan().signals().rules()) {
      boolean itsRule = rule.program().isPresent() && rule.program().get().equals(program.id());
      if (itsRule && decision.container().isRunning()) {
        decision.act(new Effect.AskWhetherToEnd(rule.permit(), "received signal " + rule.signal()));
      }
    }
  }
}
