package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.level.LevelAction;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Stage;
import dev.gatun.plan.Program;

/** Effects as a transcript shows them. */
public final class Texts {
  private Texts() {}

  public static String of(Effect effect) {
    return switch (effect) {
      case Effect.OpenPipe e -> "open the log pipe of " + e.reader().name();
      case Effect.Spawn e -> of(e);
      case Effect.ClosePipe e -> "close the log pipe of " + e.reader().name();
      case Effect.SendSignal e -> "send " + e.signal() + " to " + e.who();
      case Effect.ForwardSignal e ->
          "forward " + e.signal() + " to " + (e.wholeGroup() ? "the group of " : "") + e.who();
      case Effect.StopSelf e -> "stop";
      case Effect.FollowStop e -> "follow the stop of " + e.who() + " by " + e.signal();
      case Effect.Sweep e -> e.scans() ? "scan for orphans" : "sweep children";
      case Effect.InspectOrphan e -> "inspect " + e.id();
      case Effect.SignalOrphan e -> "send " + e.signal() + " to " + e.id();
      case Effect.AdoptOrphan e -> "adopt " + e.id() + " as " + e.name();
      case Effect.SignalAll e -> "send " + e.signal() + " to the rest";
      case Effect.SignalGroup e -> "send " + e.signal() + " to the group of " + e.leader();
      case Effect.PublishStatus e -> "publish " + e.service() + ": " + of(e.status());
      case Effect.ReleaseService e -> "release " + e.service();
      case Effect.ReadEnvironment e -> "read the environment";
      case Effect.FindServices e -> "find services";
      case Effect.AskWhetherToEnd e -> "ask whether " + e.permit() + " permits the end";
      case Effect.DrainOutput e -> "drain the output";
      case Effect.AbandonOutput e -> "abandon the output";
      case Effect.ActOnLevels e -> of(e.action());
      case Effect.Ask e -> "ask " + e.who() + ": " + e.check();
      case Effect.StopAsking e -> "stop asking " + e.who();
      case Effect.Report e -> "report " + e.level().label() + ": " + e.text();
    };
  }

  private static String of(LevelAction action) {
    return switch (action) {
      case LevelAction.ShowLevel a -> "show level " + a.level() + " after " + a.previous();
      case LevelAction.ShowProcess a ->
          "show that " + a.pid() + " of " + a.name() + (a.lives() ? " runs" : " has ended");
      case LevelAction.LookAtPower a -> "look at the power";
      case LevelAction.HearRequests a -> a.open() ? "hear requests" : "hear no requests";
    };
  }

  private static String of(Effect.Spawn spawn) {
    if (spawn.target().isPresent()) {
      return "spawn " + spawn.who() + " to stop " + spawn.target().get().process();
    }
    Program program = spawn.program();
    String optional = program.mayBeMissing() ? " if it is there" : "";
    boolean told = spawn.who().stage() == Stage.FINISH;
    return "spawn "
        + spawn.who()
        + optional
        + ": "
        + program.path()
        + (told ? arguments(program) : "");
  }

  private static String arguments(Program program) {
    StringBuilder text = new StringBuilder();
    for (OsString argument : program.arguments()) {
      text.append(' ').append(argument);
    }
    return text.toString();
  }

  /** All but when it began: a transcript has the time in front of each line. */
  private static String of(ServiceStatus status) {
    return status.activity()
        + (status.pid() == ServiceStatus.NO_PID ? "" : " as " + status.pid())
        + ", wanted "
        + status.wanted()
        + (status.paused() ? ", paused" : "")
        + (status.terminated() ? ", got TERM" : "")
        + (status.normallyUp() ? "" : ", normally down")
        + (status.ready() ? ", ready" : "");
  }
}
