package dev.gatun.journal;

import dev.gatun.machine.Event;
import dev.gatun.model.OrphanId;

/** Writes an event's members into an object that has been begun. */
final class EventWriter {
  private final JsonOut out;

  EventWriter(JsonOut out) {
    this.out = out;
  }

  void write(Event event) {
    out.name("at").number(event.atNanos()).name("event");
    switch (event) {
      case Event.SignalReceived e -> out.word("signalReceived").name("signal").signal(e.signal());
      case Event.ProcessSpawned e ->
          out.word("processSpawned").name("who").who(e.who()).name("pid").number(e.pid());
      case Event.SpawnFailed e ->
          out.word("spawnFailed").name("who").who(e.who()).name("cause").text(e.cause());
      case Event.ProcessExited e ->
          out.word("processExited").name("who").who(e.who()).name("status").status(e.status());
      case Event.OrphansArrived e -> arrived(e);
      case Event.OrphansUnlisted e -> out.word("orphansUnlisted").name("alone").flag(e.alone());
      case Event.OrphanInspected e -> inspected(e);
      case Event.OrphansReaped e -> reaped(e);
      case Event.ChildrenSwept e ->
          out.word("childrenSwept")
              .name("childrenLeft")
              .flag(e.childrenLeft())
              .name("scanned")
              .flag(e.scanned());
      case Event.ProgramMissing e -> out.word("programMissing").name("who").who(e.who());
      case Event.ControlReceived e -> control(e);
      case Event.ServiceFound e -> {
        out.word("serviceFound").name("spec");
        PlanWriter.service(out, e.spec());
      }
      case Event.ServiceVanished e ->
          out.word("serviceVanished").name("service").service(e.service());
      case Event.EndRequested e -> out.word("endRequested").name("cause").text(e.cause());
      case Event.TimePassed e -> out.word("timePassed");
      case Event.OutputProgressed e -> out.word("outputProgressed");
      case Event.OutputEnded e -> out.word("outputEnded");
      case Event.LoopFailed e -> out.word("loopFailed").name("cause").text(e.cause());
    }
  }

  private void control(Event.ControlReceived event) {
    out.word("controlReceived").name("service").service(event.service());
    out.name("part").word(event.part().name()).name("control").word(event.control().name());
  }

  private void arrived(Event.OrphansArrived event) {
    out.word("orphansArrived").name("orphans").beginArray();
    for (OrphanId id : event.orphans()) {
      out.orphan(id);
    }
    out.endArray();
  }

  private void inspected(Event.OrphanInspected event) {
    out.word("orphanInspected")
        .name("id")
        .orphan(event.id())
        .name("name")
        .text(event.name())
        .name("commandLine")
        .text(event.commandLine())
        .name("origin")
        .service(event.origin());
  }

  private void reaped(Event.OrphansReaped event) {
    out.word("orphansReaped").name("orphans").beginArray();
    for (Event.OrphanExit exit : event.orphans()) {
      out.beginArray().orphan(exit.id()).status(exit.status()).endArray();
    }
    out.endArray();
  }
}
