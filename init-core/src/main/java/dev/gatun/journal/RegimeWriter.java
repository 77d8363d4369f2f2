package dev.gatun.journal;

import dev.gatun.machine.Doing;
import dev.gatun.machine.Heeded;
import dev.gatun.machine.Keeper;
import dev.gatun.machine.Kept;
import dev.gatun.machine.Progress;
import dev.gatun.machine.Regime;
import dev.gatun.machine.Script;
import dev.gatun.model.Control;

/** Writes what is known of kept services and of a container's course, all but the course. */
final class RegimeWriter {
  private final JsonOut out;

  RegimeWriter(JsonOut out) {
    this.out = out;
  }

  void write(Regime regime) {
    out.beginObject().name("progress");
    progress(regime.progress());
    out.name("main");
    StateWriter.process(out, regime.main());
    out.name("mainStartAt").deadline(regime.mainStartAt());
    out.name("mainKillAt").deadline(regime.mainKillAt());
    out.name("services").beginArray();
    for (Kept kept : regime.services()) {
      kept(kept);
    }
    out.endArray();
    if (regime.heeded().isPresent()) {
      heeded(regime.heeded().get());
    }
    out.name("failureCode").number(regime.failureCode()).endObject();
  }

  private void heeded(Heeded heeded) {
    out.name("heeded").beginArray();
    out.who(heeded.who()).flag(heeded.isUp()).deadline(heeded.killAt()).endArray();
  }

  private void progress(Progress progress) {
    out.beginArray();
    switch (progress) {
      case Progress.First f ->
          out.word("first").number(f.index()).who(f.who()).flag(f.isUp()).deadline(f.killAt());
      case Progress.Serving s -> out.word("serving");
      case Progress.Closing c -> out.word("closing").number(c.index()).who(c.who());
      case Progress.Stopping s -> out.word("stopping").deadline(s.goOnAt());
      case Progress.Last l -> out.word("last").number(l.index()).who(l.who());
      case Progress.Done d -> out.word("done");
    }
    out.endArray();
  }

  private void kept(Kept kept) {
    out.beginObject().name("spec");
    PlanWriter.service(out, kept.spec());
    out.name("service");
    keeper(kept.service());
    if (kept.log().isPresent()) {
      out.name("log");
      keeper(kept.log().get());
    }
    out.name("pipeIsOpen").flag(kept.pipeIsOpen()).name("vanished").flag(kept.vanished());
    if (kept.successor().isPresent()) {
      out.name("successor");
      PlanWriter.service(out, kept.successor().get());
    }
    out.endObject();
  }

  private void keeper(Keeper keeper) {
    out.beginObject().name("aim").word(keeper.aim().name()).name("doing");
    doing(keeper.doing());
    if (keeper.script().isPresent()) {
      Script script = keeper.script().get();
      out.name("script").beginArray().who(script.who());
      out.word(script.purpose().name()).word(script.control().name()).endArray();
    }
    out.name("waiting").beginArray();
    for (Control control : keeper.waiting()) {
      out.word(control.name());
    }
    out.endArray().name("startAt").deadline(keeper.startAt());
    out.name("killAt").deadline(keeper.killAt()).endObject();
  }

  private void doing(Doing doing) {
    out.beginArray();
    switch (doing) {
      case Doing.Down d -> out.word("down").number(d.sinceNanos());
      case Doing.Starting s -> out.word("starting").who(s.who()).number(s.downSinceNanos());
      case Doing.Up u ->
          out.word("up")
              .who(u.who())
              .number(u.pid())
              .number(u.sinceNanos())
              .flag(u.paused())
              .flag(u.terminated());
      case Doing.Finishing f ->
          out.word("finishing").who(f.who()).number(f.pid()).number(f.sinceNanos());
      case Doing.Gone g -> out.word("gone").number(g.sinceNanos());
    }
    out.endArray();
  }
}
