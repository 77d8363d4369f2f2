package dev.gatun.journal;

import dev.gatun.machine.Orphan;
import dev.gatun.machine.PendingVerdict;
import dev.gatun.machine.Phase;
import dev.gatun.machine.ProcessState;
import dev.gatun.machine.Rest;
import dev.gatun.machine.Service;
import dev.gatun.machine.State;
import dev.gatun.machine.Verdict;
import dev.gatun.model.OrphanId;

/** Writes a state, all but its plan. */
final class StateWriter {
  private final JsonOut out;

  StateWriter(JsonOut out) {
    this.out = out;
  }

  void write(State state) {
    out.beginObject().name("phase");
    phase(state.phase());
    out.name("services").beginArray();
    for (Service service : state.services()) {
      service(service);
    }
    out.endArray().name("orphans").beginArray();
    for (Orphan orphan : state.orphans()) {
      orphan(orphan);
    }
    out.endArray().name("scanAt").deadline(state.scanAt());
    out.name("nextIncarnation").number(state.nextIncarnation());
    if (state.regime().isPresent()) {
      out.name("regime");
      new RegimeWriter(out).write(state.regime().get());
    }
    out.endObject();
  }

  private void phase(Phase phase) {
    out.beginArray();
    switch (phase) {
      case Phase.Running r -> out.word("running");
      case Phase.Terminating t -> {
        out.word("terminating");
        verdict(t.verdict());
        rest(t.rest());
      }
      case Phase.Draining d -> {
        out.word("draining");
        verdict(d.verdict());
        out.deadline(d.giveUpAt());
      }
      case Phase.Over o -> {
        out.word("over");
        verdict(o.verdict());
      }
    }
    out.endArray();
  }

  private void verdict(Verdict verdict) {
    out.beginObject().name("exitCode").number(verdict.exitCode());
    out.name("cause").text(verdict.cause());
    out.name("asked").flag(verdict.asked()).endObject();
  }

  private void rest(Rest rest) {
    out.beginArray();
    switch (rest) {
      case Rest.Unknown u -> out.word("unknown");
      case Rest.Awaited a -> out.word("awaited").deadline(a.until());
      case Rest.Told t -> out.word("told").deadline(t.until()).flag(t.signaled());
      case Rest.Killed k -> out.word("killed");
    }
    out.endArray();
  }

  private void service(Service service) {
    out.beginObject().name("want").word(service.want().name()).name("run");
    process(out, service.run());
    out.name("log");
    process(out, service.log());
    out.name("term");
    process(out, service.term());
    PendingVerdict first = service.ifLogWasFirst();
    out.name("ifLogWasFirst").beginArray().deadline(first.at());
    verdict(first.verdict());
    out.endArray().name("killAt").deadline(service.killAt()).endObject();
  }

  static void process(JsonOut out, ProcessState process) {
    out.beginArray();
    switch (process) {
      case ProcessState.Absent a -> out.word("absent");
      case ProcessState.Down d -> out.word("down");
      case ProcessState.Starting s -> out.word("starting").who(s.who());
      case ProcessState.Up u -> out.word("up").who(u.who()).number(u.sinceNanos());
      case ProcessState.Stopping s -> out.word("stopping").who(s.who()).number(s.sinceNanos());
      case ProcessState.Ended e -> out.word("ended");
    }
    out.endArray();
  }

  private void orphan(Orphan orphan) {
    out.beginArray();
    switch (orphan) {
      case Orphan.Maturing m -> begin("maturing", m.id()).deadline(m.lookAt());
      case Orphan.Adopting a -> begin("adopting", a.id());
      case Orphan.Adopted a ->
          begin("adopted", a.id()).text(a.name()).service(a.origin()).number(a.sinceNanos());
      case Orphan.Stopping s -> begin("stopping", s.id()).deadline(s.killAt());
      case Orphan.Killed k -> begin("killed", k.id());
    }
    out.endArray();
  }

  private JsonOut begin(String name, OrphanId id) {
    return out.word(name).orphan(id);
  }
}
