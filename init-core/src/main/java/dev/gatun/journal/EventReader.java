package dev.gatun.journal;

import dev.gatun.machine.Event;
import dev.gatun.model.Control;
import dev.gatun.model.Part;

/** Reads what {@link EventWriter} writes. */
final class EventReader {
  private EventReader() {}

  static Event read(Node line) throws JournalException {
    long at = line.get("at").number();
    Node kind = line.get("event");
    return switch (kind.text()) {
      case "signalReceived" -> new Event.SignalReceived(at, line.get("signal").signal());
      case "processSpawned" ->
          new Event.ProcessSpawned(at, line.get("who").who(), line.get("pid").smallNumber());
      case "spawnFailed" ->
          new Event.SpawnFailed(at, line.get("who").who(), line.get("cause").text());
      case "processExited" ->
          new Event.ProcessExited(at, line.get("who").who(), line.get("status").status());
      case "orphansArrived" -> new Event.OrphansArrived(at, line.get("orphans").list(Node::orphan));
      case "orphansUnlisted" -> new Event.OrphansUnlisted(at, line.get("alone").flag());
      case "orphanInspected" -> inspected(at, line);
      case "orphansReaped" ->
          new Event.OrphansReaped(at, line.get("orphans").list(EventReader::exit));
      case "childrenSwept" ->
          new Event.ChildrenSwept(at, line.get("childrenLeft").flag(), line.get("scanned").flag());
      case "programMissing" -> new Event.ProgramMissing(at, line.get("who").who());
      case "controlReceived" ->
          new Event.ControlReceived(
              at,
              line.get("service").service(),
              line.get("part").constant(Part.values()),
              line.get("control").constant(Control.values()));
      case "serviceFound" -> new Event.ServiceFound(at, PlanReader.service(line.get("spec")));
      case "serviceVanished" -> new Event.ServiceVanished(at, line.get("service").service());
      case "endRequested" -> new Event.EndRequested(at, line.get("cause").text());
      case "timePassed" -> new Event.TimePassed(at);
      case "outputProgressed" -> new Event.OutputProgressed(at);
      case "outputEnded" -> new Event.OutputEnded(at);
      case "loopFailed" -> new Event.LoopFailed(at, line.get("cause").text());
      default -> throw kind.unexpected("the name of an event");
    };
  }

  private static Event inspected(long at, Node line) throws JournalException {
    return new Event.OrphanInspected(
        at,
        line.get("id").orphan(),
        line.get("name").text(),
        line.get("commandLine").text(),
        line.get("origin").optionalService());
  }

  private static Event.OrphanExit exit(Node exit) throws JournalException {
    return new Event.OrphanExit(exit.get(0).orphan(), exit.get(1).status());
  }
}
