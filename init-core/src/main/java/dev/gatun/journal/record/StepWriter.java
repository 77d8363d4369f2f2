package dev.gatun.journal.record;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.SignalSource;
import dev.gatun.plan.Program;
import java.util.List;

/** Says what events and effects are made of. What happens often is asked for first. */
final class StepWriter extends RecordWriter {

  StepWriter(JsonOut out) {
    super(out);
  }

  /** A step: the event that is the next member of a line, and what was decided. */
  void step(Event event, List<Effect> effects) {
    if (!isOfOrphans(event) && !isOfProcesses(event) && !isOfServices(event)) {
      rare(event);
    }
    effects(effects);
  }

  /** What was decided. */
  void effects(List<Effect> effects) {
    if (!effects.isEmpty()) {
      out.name("effects").open('[');
      for (int i = 0; i < effects.size(); i++) {
        effect(effects.get(i));
      }
      out.close(']');
    }
  }

  private void effect(Effect effect) {
    if (!isAboutOrphans(effect) && !isOften(effect)) {
      seldom(effect);
    }
  }

  private ValueWriter event(String kind) {
    out.name("event").word(kind);
    return this;
  }

  private boolean isOfOrphans(Event event) {
    if (event instanceof Event.OrphanInspected it) {
      out.raw(",\"event\":\"orphanInspected\",\"id\":");
      orphan(it.id());
      out.raw(",\"name\":").text(it.name()).raw(",\"commandLine\":").text(it.commandLine());
      put("origin", it.origin());
    } else if (event instanceof Event.ChildrenSwept it) {
      event("childrenSwept").put("childrenLeft", it.childrenLeft()).put("scanned", it.scanned());
    } else if (event instanceof Event.OrphansReaped it) {
      event("orphansReaped");
      reaped(it.orphans());
    } else if (event instanceof Event.OrphansArrived it) {
      event("orphansArrived").put("orphans", it.orphans());
    } else if (event instanceof Event.OrphansUnlisted it) {
      event("orphansUnlisted").put("alone", it.alone());
    } else {
      return false;
    }
    return true;
  }

  private void reaped(List<OrphanExit> orphans) {
    out.name("orphans").open('[');
    for (int i = 0; i < orphans.size(); i++) {
      out.open('[');
      orphan(orphans.get(i).id());
      status(orphans.get(i).status());
      out.close(']');
    }
    out.close(']');
  }

  private void source(SignalSource source) {
    boolean isTold = source.first() || source.attaches();
    if (isTold || source.pid() != 0 || !source.name().isEmpty()) {
      out.name("source").open('{');
      put("first", source.first()).put("attaches", source.attaches());
      put("pid", source.pid()).put("name", source.name());
      out.close('}');
    }
  }

  private boolean isOfProcesses(Event event) {
    if (event instanceof Event.ProcessSpawned it) {
      event("processSpawned").put("who", it.who()).put("pid", it.pid());
    } else if (event instanceof Event.ProcessExited it) {
      event("processExited").put("who", it.who()).put("status", it.status());
    } else if (event instanceof Event.SpawnFailed it) {
      event("spawnFailed").put("who", it.who()).put("cause", it.cause());
      put("obstacle", it.obstacle());
    } else if (event instanceof Event.ProcessStopped it) {
      event("processStopped").put("who", it.who()).put("signal", it.signal());
    } else if (event instanceof Event.ProgramMissing it) {
      event("programMissing").put("who", it.who());
    } else {
      return false;
    }
    return true;
  }

  private boolean isOfServices(Event event) {
    if (event instanceof Event.OrderReceived it) {
      event("orderReceived").put("service", it.service()).put("order", it.order());
    } else if (event instanceof Event.ServiceFound it) {
      event("serviceFound").put("services", it.services());
    } else if (event instanceof Event.ServiceVanished it) {
      event("serviceVanished").put("service", it.service());
    } else if (event instanceof Event.HooksChanged it) {
      event("hooksChanged").put("service", it.service()).put("hooks", it.hooks());
    } else if (event instanceof Event.ServicesScanned it) {
      event("servicesScanned").put("problems", it.problems()).put("again", it.again());
    } else {
      return isOfWatching(event);
    }
    return true;
  }

  private boolean isOfWatching(Event event) {
    if (event instanceof Event.Notified it) {
      event("notified").put("who", it.who()).put("notice", it.notice()).put("text", it.text());
    } else if (event instanceof Event.ProbeAnswered it) {
      event("probeAnswered").put("who", it.who()).put("failure", it.failure());
    } else if (event instanceof Event.ChangeRequested it) {
      event("changeRequested").put("services", it.services()).put("change", it.change());
      put("alone", it.alone());
    } else if (event instanceof Event.SignalRequested it) {
      event("signalRequested").put("service", it.service()).put("signal", it.signal());
      put("wholeGroup", it.wholeGroup());
    } else {
      return false;
    }
    return true;
  }

  private void rare(Event event) {
    if (event instanceof Event.TimePassed) {
      event("timePassed");
    } else if (event instanceof Event.SignalReceived it) {
      event("signalReceived").put("signal", it.signal());
      source(it.source());
    } else if (event instanceof Event.OutputProgressed) {
      event("outputProgressed");
    } else if (event instanceof Event.OutputEnded) {
      event("outputEnded");
    } else if (event instanceof Event.EnvironmentRead it) {
      event("environmentRead").put("environment", it.environment());
    } else if (event instanceof Event.EndRequested it) {
      event("endRequested").put("cause", it.cause());
      put("exitCode", it.exitCode());
    } else if (event instanceof Event.ExitCodeChosen it) {
      event("exitCodeChosen").put("code", it.code());
    } else if (event instanceof Event.LoopFailed it) {
      event("loopFailed").put("cause", it.cause());
    } else if (event instanceof Event.LevelRequested it) {
      event("levelRequested").put("request", it.request());
    }
  }

  @Override
  void record(Object value) {
    if (value instanceof Effect.Spawn.Target it) {
      array(it.process(), it.pidVariable());
    } else if (value instanceof Effect.Spawn.Voice it) {
      array(it.descriptor(), it.notifies());
    } else if (value instanceof Event.ServicesScanned.Problem it) {
      begin().put("text", it.text()).put("mayPass", it.mayPass()).end();
    } else {
      super.record(value);
    }
  }

  /** There may be ten thousand at once, so nothing is asked about their values. */
  private boolean isAboutOrphans(Effect effect) {
    if (effect instanceof Effect.SignalOrphan it) {
      out.open('[').raw("\"signalOrphan\",");
      orphan(it.id());
      out.word(it.signal().toString()).close(']');
    } else if (effect instanceof Effect.Report it) {
      out.open('[').raw("\"report\",").word(it.level().label()).text(it.text()).close(']');
    } else if (effect instanceof Effect.InspectOrphan it) {
      out.open('[').raw("\"inspectOrphan\",");
      orphan(it.id());
      out.close(']');
    } else {
      return false;
    }
    return true;
  }

  private boolean isOften(Effect effect) {
    if (effect instanceof Effect.SendSignal it) {
      kind("sendSignal", it.who(), it.signal());
    } else if (effect instanceof Effect.PublishStatus it) {
      kind("publishStatus", it.service(), it.status());
    } else if (effect instanceof Effect.Spawn it) {
      Program program = unlessKnown(it.program(), it.who());
      kind(
          "spawn",
          it.who(),
          program,
          it.environment(),
          it.reads(),
          it.writes(),
          it.target(),
          it.voice());
    } else if (effect instanceof Effect.Sweep it) {
      kind("sweep", it.scans());
    } else if (effect instanceof Effect.SignalGroup it) {
      kind("signalGroup", it.leader(), it.signal());
    } else {
      return false;
    }
    return true;
  }

  private void seldom(Effect effect) {
    if (effect instanceof Effect.OpenPipe it) {
      kind("openPipe", it.reader());
    } else if (effect instanceof Effect.ClosePipe it) {
      kind("closePipe", it.reader());
    } else if (effect instanceof Effect.ForwardSignal it) {
      kind("forwardSignal", it.who(), it.signal(), it.wholeGroup());
    } else if (effect instanceof Effect.FollowStop it) {
      kind("followStop", it.who(), it.signal());
    } else if (effect instanceof Effect.AdoptOrphan it) {
      kind("adoptOrphan", it.id(), it.name());
    } else if (effect instanceof Effect.SignalAll it) {
      kind("signalAll", it.signal());
    } else if (effect instanceof Effect.ReleaseService it) {
      kind("releaseService", it.service());
    } else if (effect instanceof Effect.AskWhetherToEnd it) {
      kind("askWhetherToEnd", it.permit(), it.cause());
    } else if (effect instanceof Effect.Ask it) {
      kind("ask", it.who(), it.check());
    } else if (effect instanceof Effect.StopAsking it) {
      kind("stopAsking", it.who());
    } else if (effect instanceof Effect.StopSelf) {
      kind("stopSelf");
    } else if (effect instanceof Effect.ReadEnvironment) {
      kind("readEnvironment");
    } else if (effect instanceof Effect.FindServices) {
      kind("findServices");
    } else if (effect instanceof Effect.DrainOutput) {
      kind("drainOutput");
    } else if (effect instanceof Effect.AbandonOutput) {
      kind("abandonOutput");
    } else if (effect instanceof Effect.ActOnLevels it) {
      kind("actOnLevels", it.action());
    }
  }
}
