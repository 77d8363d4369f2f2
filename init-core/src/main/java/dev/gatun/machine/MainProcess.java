package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.MainProgram;

/** The program that runs beside the services, and whose end is the container's. */
final class MainProcess {
  private MainProcess() {}

  static void startIfDue(Turn turn) {
    Regime regime = turn.regime();
    boolean due =
        turn.state().isRunning()
            && regime.isServing()
            && regime.main() == ProcessState.Down.IT
            && regime.mainStartAt().isDue(turn.nowNanos);
    if (due) {
      MainProgram program = regime.course().main().get();
      Incarnation who = turn.incarnation(program.name(), Stage.MAIN);
      turn.act(new Effect.Spawn(who, program.command()));
      become(turn, new ProcessState.Starting(who));
    }
  }

  private static void become(Turn turn, ProcessState next) {
    Regime regime = turn.regime();
    turn.become(regime.withMain(next, regime.mainStartAt(), regime.mainKillAt()));
  }

  static void isUp(Turn turn, Incarnation who) {
    become(turn, new ProcessState.Up(who, turn.nowNanos));
    if (turn.state().isTerminating()) {
      stop(turn);
    }
  }

  /** Tells it to stop, if it runs; one that does not is not started any more. */
  static void stop(Turn turn) {
    Regime regime = turn.regime();
    if (regime.main() instanceof ProcessState.Up up) {
      turn.stop(up.who());
      Deadline killAt = Deadline.after(turn.nowNanos, turn.state().plan().killAfterNanos());
      ProcessState stopping = new ProcessState.Stopping(up.who(), up.sinceNanos());
      turn.become(regime.withMain(stopping, Deadline.NEVER, killAt));
    } else if (regime.main() == ProcessState.Down.IT) {
      become(turn, ProcessState.Ended.IT);
    }
  }

  static void couldNotStart(Turn turn, String what) {
    become(turn, ProcessState.Ended.IT);
    Verdict verdict = Verdict.of(Verdict.OWN_FAILURE, what);
    turn.take(Terminate.begin(turn.state(), turn.nowNanos, verdict));
  }

  static void ended(Turn turn, ExitStatus status, String what) {
    Regime regime = turn.regime();
    MainProgram program = regime.course().main().get();
    boolean crashed = !(status instanceof ExitStatus.Exited);
    if (turn.state().isRunning() && (crashed || status.isCode(program.restartCode()))) {
      turn.act(new Effect.SignalGroup(regime.main().living().orElseThrow(), Signal.KILL));
      turn.say(Level.WARNING, what + ": starting it again");
      Deadline startAt = Deadline.after(turn.nowNanos, program.pauseNanos());
      turn.become(regime.withMain(ProcessState.Down.IT, startAt, Deadline.NEVER));
      return;
    }
    turn.become(regime.withMain(ProcessState.Ended.IT, Deadline.NEVER, Deadline.NEVER));
    turn.take(Terminate.begin(turn.state(), turn.nowNanos, Verdict.of(0, what)));
  }

  static void onTimePassed(Turn turn) {
    startIfDue(turn);
    Regime regime = turn.regime();
    if (!regime.mainKillAt().isDue(turn.nowNanos)) {
      return;
    }
    turn.become(regime.withMain(regime.main(), regime.mainStartAt(), Deadline.NEVER));
    if (regime.main() instanceof ProcessState.Stopping deaf) {
      turn.kill(deaf.who());
    }
  }
}
