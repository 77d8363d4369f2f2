package dev.gatun.journal;

import dev.gatun.machine.Effect;
import dev.gatun.model.ServiceStatus;

/**
 * Writes effects, each as an array of its name and its arguments, in the order of the record's
 * components.
 */
final class EffectWriter implements Effect.Performer {
  private final JsonOut out;

  EffectWriter(JsonOut out) {
    this.out = out;
  }

  void write(Iterable<Effect> effects) {
    out.beginArray();
    for (Effect effect : effects) {
      out.beginArray();
      effect.performBy(this);
      out.endArray();
    }
    out.endArray();
  }

  @Override
  public void openLogPipe(Effect.OpenLogPipe effect) {
    out.word("openLogPipe").service(effect.service());
  }

  @Override
  public void spawn(Effect.Spawn effect) {
    out.word("spawn").who(effect.who());
    PlanWriter.command(out, effect.command());
  }

  @Override
  public void spawnStopScript(Effect.SpawnStopScript effect) {
    out.word("spawnStopScript").who(effect.who());
    PlanWriter.stopScript(out, effect.script());
    out.who(effect.target());
  }

  @Override
  public void closeLogPipe(Effect.CloseLogPipe effect) {
    out.word("closeLogPipe").service(effect.service());
  }

  @Override
  public void sendSignal(Effect.SendSignal effect) {
    out.word("sendSignal").who(effect.who()).signal(effect.signal());
  }

  @Override
  public void forwardSignal(Effect.ForwardSignal effect) {
    out.word("forwardSignal").who(effect.who()).signal(effect.signal()).flag(effect.wholeGroup());
  }

  @Override
  public void stopSelf(Effect.StopSelf effect) {
    out.word("stopSelf");
  }

  @Override
  public void followStop(Effect.FollowStop effect) {
    out.word("followStop").who(effect.who()).signal(effect.signal());
  }

  @Override
  public void sweepChildren(Effect.SweepChildren effect) {
    out.word("sweepChildren");
  }

  @Override
  public void scanOrphans(Effect.ScanOrphans effect) {
    out.word("scanOrphans");
  }

  @Override
  public void inspectOrphan(Effect.InspectOrphan effect) {
    out.word("inspectOrphan").orphan(effect.id());
  }

  @Override
  public void adoptOrphan(Effect.AdoptOrphan effect) {
    out.word("adoptOrphan").orphan(effect.id()).text(effect.name());
  }

  @Override
  public void signalOrphan(Effect.SignalOrphan effect) {
    out.word("signalOrphan").orphan(effect.id()).signal(effect.signal());
  }

  @Override
  public void signalRest(Effect.SignalRest effect) {
    out.word("signalRest").signal(effect.signal());
  }

  @Override
  public void spawnScript(Effect.SpawnScript effect) {
    out.word("spawnScript").who(effect.who());
    PlanWriter.command(out, effect.command());
  }

  @Override
  public void signalGroup(Effect.SignalGroup effect) {
    out.word("signalGroup").who(effect.leader()).signal(effect.signal());
  }

  @Override
  public void publishStatus(Effect.PublishStatus effect) {
    ServiceStatus status = effect.status();
    out.word("publishStatus").service(effect.service()).word(effect.part().name());
    out.word(status.activity().name()).number(status.pid()).flag(status.paused());
    out.word(status.wanted().name()).flag(status.terminated()).flag(status.normallyUp());
    out.number(status.sinceNanos());
  }

  @Override
  public void releaseService(Effect.ReleaseService effect) {
    out.word("releaseService").service(effect.service());
  }

  @Override
  public void refreshEnvironment(Effect.RefreshEnvironment effect) {
    out.word("refreshEnvironment");
  }

  @Override
  public void findServices(Effect.FindServices effect) {
    out.word("findServices");
  }

  @Override
  public void askWhetherToEnd(Effect.AskWhetherToEnd effect) {
    out.word("askWhetherToEnd").bytes(effect.permit()).text(effect.cause());
  }

  @Override
  public void drainOutput(Effect.DrainOutput effect) {
    out.word("drainOutput");
  }

  @Override
  public void abandonOutput(Effect.AbandonOutput effect) {
    out.word("abandonOutput");
  }

  @Override
  public void report(Effect.Report effect) {
    out.word("report").word(effect.level().label()).text(effect.text());
  }
}
