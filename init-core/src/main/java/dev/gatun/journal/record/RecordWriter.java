package dev.gatun.journal.record;

import dev.gatun.machine.State;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.Remainder;
import dev.gatun.machine.service.Arrivals;
import dev.gatun.machine.service.Orders;
import dev.gatun.machine.service.PendingVerdict;
import dev.gatun.machine.service.Place;
import dev.gatun.machine.service.ProcessLife;
import dev.gatun.machine.service.Script;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.machine.service.Standing;
import dev.gatun.machine.service.Timers;
import dev.gatun.machine.service.Tries;
import dev.gatun.machine.service.Watch;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.User;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;

/**
 * Says what plans and states are made of: each component once, in the order of the record. Whatever
 * is left out here is found by the test that writes anything and reads it back.
 */
class RecordWriter extends PolicyWriter {

  RecordWriter(JsonOut out) {
    super(out);
  }

  @Override
  void record(Object value) {
    if (value instanceof ExitStatus status) {
      status(status);
    } else if (value instanceof ServiceStatus it) {
      array(
          it.activity(),
          it.pid(),
          it.paused(),
          it.wanted(),
          it.terminated(),
          it.normallyUp(),
          it.sinceNanos(),
          it.ready(),
          it.readySinceNanos() == 0 ? null : (Long) it.readySinceNanos(),
          it.lastEnd());
    } else if (!isOfService(value) && !isOfPolicy(value) && !isOfState(value)) {
      plan(value);
    }
  }

  /** There may be ten thousand at once. */
  final void status(ExitStatus status) {
    if (status instanceof ExitStatus.Signaled it) {
      out.open('[').raw("\"signaled\",").word(it.signal().toString());
      if (it.dumpedCore() || it.outOfMemory()) {
        out.flag(it.dumpedCore());
      }
      if (it.outOfMemory()) {
        out.flag(true);
      }
      out.close(']');
    } else if (status instanceof ExitStatus.Exited it) {
      out.open('[').raw("\"exited\",").number(it.code()).close(']');
    } else {
      kind("unknown");
    }
  }

  private boolean isOfService(Object value) {
    if (value instanceof Service it) {
      service(it);
    } else if (value instanceof Program it) {
      begin().put("path", it.path()).put("arguments", it.arguments());
      put("directory", it.directory()).put("job", it.job());
      put("mayBeMissing", it.mayBeMissing()).put("user", it.user());
      put("variables", it.variables()).end();
    } else if (value instanceof User it) {
      array(it.user(), it.group(), it.groups());
    } else if (value instanceof Span it) {
      begin().put("from", it.from()).put("until", it.until()).end();
    } else if (value instanceof Restart it) {
      begin().put("when", it.when()).put("code", it.code()).put("since", it.since());
      put("pauseNanos", it.pauseNanos()).put("backoff", it.backoff()).end();
    } else if (value instanceof Stop it) {
      begin().put("program", it.program()).put("signal", it.signal());
      put("killAfterNanos", it.killAfterNanos());
      put("killAfterOrderNanos", it.killAfterOrderNanos());
      put("killsGroup", it.killsGroup()).put("tellsGroup", it.tellsGroup()).end();
    } else if (value instanceof Stop.StopProgram it) {
      begin().put("program", it.program()).put("pidVariable", it.pidVariable()).end();
    } else if (value instanceof Hooks it) {
      begin().put("finish", it.finish()).put("standIns", it.standIns());
      put("down", it.down()).end();
    } else if (value instanceof Hooks.Finish it) {
      begin().put("program", it.program()).put("arguments", it.arguments());
      put("killAfterNanos", it.killAfterNanos()).put("failureCode", it.failureCode()).end();
    } else if (value instanceof Hooks.Down it) {
      begin().put("program", it.program()).put("killAfterNanos", it.killAfterNanos()).end();
    } else if (value instanceof Hooks.StandIn it) {
      begin().put("order", it.order()).put("program", it.program()).end();
    } else if (value instanceof ExitArguments it) {
      begin().put("codeOfSignaled", it.codeOfSignaled()).put("coreDumped", it.coreDumped());
      put("notExecuted", it.notExecuted()).put("namesProcess", it.namesProcess()).end();
    } else if (value instanceof After it) {
      array(it.service(), it.condition());
    } else if (value instanceof Wiring it) {
      begin().put("input", it.input()).put("output", it.output());
      put("pattern", it.pattern()).end();
    } else {
      return false;
    }
    return true;
  }

  private void service(Service it) {
    if (isDescribed(it)) {
      value(it.id());
      return;
    }
    begin().put("id", it.id()).put("kind", it.kind()).put("program", it.program());
    put("span", it.span()).put("startsAutomatically", it.startsAutomatically());
    put("after", it.after()).put("restart", it.restart()).put("stop", it.stop());
    put("hooks", it.hooks()).put("meaning", it.meaning()).put("wiring", it.wiring());
    put("takesOrders", it.takesOrders()).put("readiness", it.readiness());
    put("health", it.health()).end();
  }

  private void plan(Object value) {
    if (value instanceof Plan it) {
      begin().put("environment", it.environment()).put("services", it.services());
      put("signals", it.signals()).put("orphans", it.orphans());
      put("drainNanos", it.drainNanos()).put("findsServices", it.findsServices());
      put("runlevels", it.runlevels()).end();
    } else if (value instanceof Signals it) {
      begin().put("stop", it.stop()).put("rules", it.rules());
      put("forwarding", it.forwarding()).put("passedOn", it.passedOn()).end();
    } else if (value instanceof SignalRule it) {
      begin().put("signal", it.signal()).put("program", it.program());
      put("permit", it.permit()).end();
    } else if (value instanceof Forwarding it) {
      begin().put("to", it.to()).put("wholeGroup", it.wholeGroup());
      put("rewrites", it.rewrites()).end();
    } else if (value instanceof Forwarding.Rewrite it) {
      array(it.from(), it.to());
    } else if (value instanceof OrphanPolicy it) {
      begin().put("kind", it.kind()).put("maturityNanos", it.maturityNanos());
      put("killAfterNanos", it.killAfterNanos()).put("endsWith", it.endsWith());
      put("told", it.told()).end();
    } else {
      levels(value);
    }
  }

  private boolean isOfState(Object value) {
    if (value instanceof State it) {
      state(it);
    } else if (value instanceof ServiceState it) {
      begin().put("service", it.service()).put("want", it.want()).put("life", it.life());
      put("finish", it.finish()).put("orders", it.orders()).put("timers", it.timers());
      put("place", it.place()).put("standing", it.standing()).end();
    } else if (value instanceof ProcessLife life) {
      life(life);
    } else if (value instanceof Orders it) {
      begin().put("script", it.script()).put("waiting", it.waiting()).end();
    } else if (value instanceof Script it) {
      begin().put("life", it.life()).put("purpose", it.purpose()).put("order", it.order()).end();
    } else if (value instanceof Timers it) {
      begin().put("startAt", it.startAt()).put("killAt", it.killAt());
      put("pending", it.pending()).put("starts", it.starts());
      put("countedUntil", it.countedUntil()).end();
    } else if (value instanceof PendingVerdict it) {
      begin().put("at", it.at()).put("verdict", it.verdict()).end();
    } else if (value instanceof Place it) {
      begin().put("pipeIsOpen", it.pipeIsOpen()).put("vanished", it.vanished());
      put("shown", it.shown()).put("successor", it.successor()).end();
    } else if (value instanceof Standing it) {
      standing(it);
    } else if (value instanceof Watch it) {
      begin().put("probe", it.probe()).put("isProcess", it.isProcess());
      put("nextAt", it.nextAt()).put("timeoutAt", it.timeoutAt());
      put("failures", it.failures()).put("lastFailure", it.lastFailure()).end();
    } else if (value instanceof Tries it) {
      begin().put("pauseNanos", it.pauseNanos()).put("counted", it.counted()).end();
    } else if (value instanceof Orphan orphan) {
      orphan(orphan);
    } else if (value instanceof Arrivals it) {
      begin().put("absent", it.absent()).put("problems", it.problems());
      put("lookAt", it.lookAt()).end();
    } else if (value instanceof Arrivals.Absent it) {
      begin().put("name", it.name()).put("returnsAt", it.returnsAt());
      put("services", it.services()).end();
    } else if (value instanceof Arrivals.Problem it) {
      begin().put("text", it.text()).put("sayAt", it.sayAt()).end();
    } else {
      return isOfContainer(value);
    }
    return true;
  }

  /** All but the plan, which stands before it. */
  private void state(State it) {
    begin().put("environment", it.environment());
    put("environmentIsStale", it.environmentIsStale()).put("container", it.container());
    int services = out.mark();
    out.name("services").open('[');
    for (int i = 0; i < it.services().size(); i++) {
      value(it.services().get(i));
    }
    out.close(']').dropEmpty(services);
    int orphans = out.mark();
    out.name("orphans").open('[');
    for (Orphan orphan : it.orphans()) {
      orphan(orphan);
    }
    out.close(']').dropEmpty(orphans);
    put("scanAt", it.scanAt()).put("nextIncarnation", it.nextIncarnation());
    put("arrivals", it.arrivals()).put("levels", it.levels()).end();
  }

  private void standing(Standing it) {
    begin().put("ready", it.ready()).put("readySinceNanos", it.readySinceNanos());
    put("readyBy", it.readyBy()).put("failure", it.failure()).put("skipped", it.skipped());
    put("goingDown", it.goingDown()).put("lastEnd", it.lastEnd()).put("watch", it.watch());
    put("tries", it.tries()).end();
  }

  private void life(ProcessLife life) {
    if (life instanceof ProcessLife.None it) {
      kind("none", it.why(), it.sinceNanos());
    } else if (life instanceof ProcessLife.Starting it) {
      kind("starting", it.who(), it.downSinceNanos());
    } else if (life instanceof ProcessLife.Up it) {
      kind("up", it.who(), it.pid(), it.sinceNanos(), it.paused(), it.told());
    }
  }

  private void orphan(Orphan orphan) {
    if (orphan instanceof Orphan.Maturing it) {
      kind("maturing", it.id(), it.lookAt());
    } else if (orphan instanceof Orphan.Adopting it) {
      kind("adopting", it.id());
    } else if (orphan instanceof Orphan.Adopted it) {
      kind("adopted", it.id(), it.name(), it.origin(), it.sinceNanos());
    } else if (orphan instanceof Orphan.Stopping it) {
      kind("stopping", it.id(), it.killAt());
    } else if (orphan instanceof Orphan.Killed it) {
      kind("killed", it.id());
    }
  }

  private boolean isOfContainer(Object value) {
    if (value instanceof Container.In it) {
      kind(
          "in",
          it.target(),
          it.cleared(),
          it.verdict(),
          it.goOnAt(),
          it.failureCode(),
          it.chosenCode());
    } else if (value instanceof Container.Sweeping it) {
      kind("sweeping", it.verdict(), it.remainder());
    } else if (value instanceof Container.Draining it) {
      kind("draining", it.verdict(), it.giveUpAt());
    } else if (value instanceof Container.Over it) {
      kind("over", it.verdict());
    } else if (value instanceof Verdict it) {
      begin().put("exitCode", it.exitCode()).put("cause", it.cause());
      put("asked", it.asked()).end();
    } else if (value instanceof Remainder.Awaited it) {
      kind("awaited", it.until());
    } else if (value instanceof Remainder.Told it) {
      kind("told", it.until(), it.signaled());
    } else if (value instanceof Remainder) {
      kind(value == Remainder.Killed.IT ? "killed" : "unknown");
    } else {
      return false;
    }
    return true;
  }
}
