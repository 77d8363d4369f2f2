package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.Command;

/** Effects as a transcript shows them. */
public final class Texts {
  private Texts() {}

  public static String of(Effect effect) {
    return switch (effect) {
      case Effect.OpenLogPipe e -> "open the log pipe of " + e.service();
      case Effect.Spawn e -> "spawn " + e.who() + ": " + e.command().program();
      case Effect.SpawnStopScript e -> "spawn " + e.who() + " to stop " + e.target();
      case Effect.CloseLogPipe e -> "close the log pipe of " + e.service();
      case Effect.SendSignal e -> "send " + e.signal() + " to " + e.who();
      case Effect.ForwardSignal e ->
          "forward " + e.signal() + " to " + (e.wholeGroup() ? "the group of " : "") + e.who();
      case Effect.StopSelf e -> "stop";
      case Effect.FollowStop e -> "follow the stop of " + e.who() + " by " + e.signal();
      case Effect.SweepChildren e -> "sweep children";
      case Effect.ScanOrphans e -> "scan for orphans";
      case Effect.InspectOrphan e -> "inspect " + e.id();
      case Effect.SignalOrphan e -> "send " + e.signal() + " to " + e.id();
      case Effect.AdoptOrphan e -> "adopt " + e.id() + " as " + e.name();
      case Effect.SignalRest e -> "send " + e.signal() + " to the rest";
      case Effect.SpawnScript e ->
          "spawn " + e.who() + " if it is there: " + e.command().program() + arguments(e.command());
      case Effect.SignalGroup e -> "send " + e.signal() + " to the group of " + e.leader();
      case Effect.PublishStatus e ->
          "publish " + e.service() + " " + e.part() + ": " + of(e.status());
      case Effect.ReleaseService e -> "release " + e.service();
      case Effect.RefreshEnvironment e -> "refresh environment";
      case Effect.FindServices e -> "find services";
      case Effect.AskWhetherToEnd e -> "ask whether " + e.permit() + " permits the end";
      case Effect.DrainOutput e -> "drain the output";
      case Effect.AbandonOutput e -> "abandon the output";
      case Effect.Report e -> "report " + e.level().label() + ": " + e.text();
    };
  }

  private static String arguments(Command command) {
    StringBuilder text = new StringBuilder();
    for (OsString argument : command.arguments()) {
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
        + (status.normallyUp() ? "" : ", normally down");
  }
}
