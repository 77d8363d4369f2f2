package dev.gatun.journal;

import dev.gatun.machine.Effect;
import dev.gatun.model.Level;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceStatus;

/** Reads what {@link EffectWriter} writes. */
final class EffectReader {
  private EffectReader() {}

  static Effect read(Node effect) throws JournalException {
    Node kind = effect.get(0);
    return switch (kind.text()) {
      case "openLogPipe" -> new Effect.OpenLogPipe(effect.get(1).service());
      case "spawn" -> new Effect.Spawn(effect.get(1).who(), PlanReader.command(effect.get(2)));
      case "spawnStopScript" ->
          new Effect.SpawnStopScript(
              effect.get(1).who(), PlanReader.stopScript(effect.get(2)), effect.get(3).who());
      case "closeLogPipe" -> new Effect.CloseLogPipe(effect.get(1).service());
      case "sendSignal" -> new Effect.SendSignal(effect.get(1).who(), effect.get(2).signal());
      case "forwardSignal" ->
          new Effect.ForwardSignal(
              effect.get(1).who(), effect.get(2).signal(), effect.get(3).flag());
      case "stopSelf" -> new Effect.StopSelf();
      case "followStop" -> new Effect.FollowStop(effect.get(1).who(), effect.get(2).signal());
      case "sweepChildren" -> new Effect.SweepChildren();
      case "scanOrphans" -> new Effect.ScanOrphans();
      case "inspectOrphan" -> new Effect.InspectOrphan(effect.get(1).orphan());
      case "adoptOrphan" -> new Effect.AdoptOrphan(effect.get(1).orphan(), effect.get(2).text());
      case "signalOrphan" ->
          new Effect.SignalOrphan(effect.get(1).orphan(), effect.get(2).signal());
      case "signalRest" -> new Effect.SignalRest(effect.get(1).signal());
      case "spawnScript" ->
          new Effect.SpawnScript(effect.get(1).who(), PlanReader.command(effect.get(2)));
      case "signalGroup" -> new Effect.SignalGroup(effect.get(1).who(), effect.get(2).signal());
      case "publishStatus" ->
          new Effect.PublishStatus(
              effect.get(1).service(), effect.get(2).constant(Part.values()), status(effect));
      case "releaseService" -> new Effect.ReleaseService(effect.get(1).service());
      case "refreshEnvironment" -> new Effect.RefreshEnvironment();
      case "findServices" -> new Effect.FindServices();
      case "askWhetherToEnd" ->
          new Effect.AskWhetherToEnd(effect.get(1).bytes(), effect.get(2).text());
      case "drainOutput" -> new Effect.DrainOutput();
      case "abandonOutput" -> new Effect.AbandonOutput();
      case "report" -> new Effect.Report(level(effect.get(1)), effect.get(2).text());
      default -> throw kind.unexpected("the name of an effect");
    };
  }

  private static ServiceStatus status(Node effect) throws JournalException {
    return new ServiceStatus(
        effect.get(3).constant(ServiceStatus.Activity.values()),
        effect.get(4).smallNumber(),
        effect.get(5).flag(),
        effect.get(6).constant(ServiceStatus.Wanted.values()),
        effect.get(7).flag(),
        effect.get(8).flag(),
        effect.get(9).number());
  }

  private static Level level(Node label) throws JournalException {
    for (Level level : Level.values()) {
      if (level.label().equals(label.text())) {
        return level;
      }
    }
    throw label.unexpected("a level");
  }
}
