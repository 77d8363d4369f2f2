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
      case Event.SignalReceived e -> out.text("signalReceived").name("signal").signal(e.signal());
      case Event.ProcessSpawned e ->
          out.text("processSpawned").name("who").who(e.who()).name("pid").number(e.pid());
      case Event.SpawnFailed e ->
          out.text("spawnFailed").name("who").who(e.who()).name("cause").text(e.cause());
      case Event.ProcessExited e ->
          out.text("processExited").name("who").who(e.who()).name("status").status(e.status());
      case Event.OrphansArrived e -> arrived(e);
      case Event.OrphansUnlisted e -> out.text("orphansUnlisted").name("alone").flag(e.alone());
      case Event.OrphanInspected e -> inspected(e);
      case Event.OrphansReaped e -> reaped(e);
      case Event.ChildrenSwept e ->
          out.text("childrenSwept")
              .name("childrenLeft")
              .flag(e.childrenLeft())
              .name("scanned")
              .flag(e.scanned());
      case Event.TimePassed e -> out.text("timePassed");
      case Event.OutputProgressed e -> out.text("outputProgressed");
      case Event.OutputEnded e -> out.text("outputEnded");
    }
  }

  private void arrived(Event.OrphansArrived event) {
    out.text("orphansArrived").name("orphans").beginArray();
    for (OrphanId id : event.orphans()) {
      out.orphan(id);
    }
    out.endArray();
  }

  private void inspected(Event.OrphanInspected event) {
    out.text("orphanInspected")
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
    out.text("orphansReaped").name("orphans").beginArray();
    for (Event.OrphanExit exit : event.orphans()) {
      out.beginArray().orphan(exit.id()).status(exit.status()).endArray();
    }
    out.endArray();
  }
}
