package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.sim.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What tests of a {@link Life} compare, as short texts. */
final class LifeTexts {
  private LifeTexts() {}

  /** Orphans that all exited with 0. */
  static List<OrphanExit> exits(List<OrphanId> orphans) {
    return orphans.stream()
        .map(orphan -> new OrphanExit(orphan, new ExitStatus.Exited(0)))
        .toList();
  }

  /** As {@code sv status} has it: {@code run, got TERM, want down}. */
  static String of(ServiceStatus status) {
    return status.activity().name().toLowerCase(Locale.ROOT)
        + (status.paused() ? ", paused" : "")
        + (status.terminated() ? ", got TERM" : "")
        + (status.wanted() == ServiceStatus.Wanted.UP
            ? ""
            : ", want " + status.wanted().name().toLowerCase(Locale.ROOT));
  }

  /** Whether it runs, ends or is over, and its exit code. */
  static String of(Container container) {
    return switch (container) {
      case Container.In in ->
          in.isRunning() ? "running" : "ending with " + in.verdict().get().exitCode();
      case Container.Sweeping s -> "ending with " + s.verdict().exitCode();
      case Container.Draining d -> "over with " + d.verdict().exitCode();
      case Container.Over o -> "over with " + o.verdict().exitCode();
    };
  }

  /** The messages among the effects. */
  static List<Effect.Report> reports(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Report.class::isInstance)
        .map(Effect.Report.class::cast)
        .toList();
  }

  static Effect.Spawn spawned(List<Effect> effects, Incarnation who) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Spawn spawn && spawn.who().is(who)) {
        return spawn;
      }
    }
    throw new AssertionError(who + " was not spawned");
  }

  /** What was said, {@code LEVEL: TEXT}. */
  static List<String> said(List<Effect> effects) {
    return reports(effects).stream().map(r -> r.level().label() + ": " + r.text()).toList();
  }

  /** What was done, without messages, looks around and statuses. */
  static List<String> deeds(List<Effect> effects) {
    List<String> texts = new ArrayList<>();
    for (Effect effect : effects) {
      boolean counts =
          !(effect instanceof Effect.Report
              || effect instanceof Effect.PublishStatus
              || effect instanceof Effect.FindServices
              || effect instanceof Effect.Sweep);
      if (counts) {
        texts.add(Texts.of(effect).replaceAll("#\\d+", "").replace(" if it is there", ""));
      }
    }
    return texts;
  }
}
