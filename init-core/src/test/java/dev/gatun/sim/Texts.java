package dev.gatun.sim;

import dev.gatun.machine.Effect;

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
      case Effect.DrainOutput e -> "drain the output";
      case Effect.AbandonOutput e -> "abandon the output";
      case Effect.Report e -> "report " + e.level().label() + ": " + e.text();
    };
  }
}
