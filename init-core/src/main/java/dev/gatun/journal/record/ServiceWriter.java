package dev.gatun.journal.record;

import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Health;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Job;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;

/** Says what services of a plan are made of: each component once, in the order of the record. */
abstract class ServiceWriter extends ValueWriter {

  ServiceWriter(JsonOut out) {
    super(out);
  }

  final boolean isOfService(Object value) {
    if (value instanceof Service it) {
      service(it);
    } else if (value instanceof Program it) {
      begin().put("path", it.path()).put("arguments", it.arguments());
      put("directory", it.directory()).put("job", it.job());
      put("mayBeMissing", it.mayBeMissing()).end();
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
      return isOfPolicy(value);
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

  private boolean isOfPolicy(Object value) {
    if (value instanceof Meaning.EndsContainer it) {
      kind("endsContainer", it.code(), it.disablingCode(), it.graceNanos());
    } else if (value instanceof Meaning.Oneshot it) {
      kind("oneshot", it.failure(), it.setsEnvironment(), it.makesServices());
    } else if (value instanceof Meaning.Nothing) {
      kind("nothing");
    } else if (value instanceof Meaning.Failure it) {
      begin().put("endsStart", it.endsStart()).put("endingCode", it.endingCode());
      put("crashEndsStart", it.crashEndsStart()).put("givesCode", it.givesCode());
      put("code", it.code()).end();
    } else if (value instanceof ExitCode.Table it) {
      kind("table", it.success(), it.failure());
    } else if (value instanceof ExitCode.PassedOn it) {
      kind("passedOn", it.forgiven());
    } else if (value instanceof Job it) {
      begin().put("name", it.name()).put("inheritsOutput", it.inheritsOutput()).end();
    } else if (value instanceof LinePattern it) {
      begin().put("expression", it.expression()).put("file", it.file());
      put("line", it.line()).end();
    } else {
      return isOfWatching(value);
    }
    return true;
  }

  private boolean isOfWatching(Object value) {
    if (value instanceof Readiness it) {
      begin().put("sign", it.sign()).put("withinNanos", it.withinNanos());
      put("late", it.late()).end();
    } else if (value instanceof Readiness.ByKind) {
      kind("byKind");
    } else if (value instanceof Readiness.Descriptor it) {
      kind("descriptor", it.number());
    } else if (value instanceof Readiness.Notification) {
      kind("notification");
    } else if (value instanceof Readiness.Probed it) {
      kind("probed", it.probe());
    } else if (value instanceof Health it) {
      begin().put("source", it.source()).put("failures", it.failures());
      put("then", it.then()).end();
    } else if (value instanceof Health.Probed it) {
      kind("probed", it.probe());
    } else if (value instanceof Health.Watchdog it) {
      kind("watchdog", it.withinNanos());
    } else if (value instanceof Probe it) {
      begin().put("check", it.check()).put("everyNanos", it.everyNanos());
      put("timeoutNanos", it.timeoutNanos()).end();
    } else if (value instanceof Probe.Run it) {
      kind("run", it.program());
    } else if (value instanceof Probe.Tcp it) {
      kind("tcp", it.host(), it.port());
    } else if (value instanceof Probe.Http it) {
      kind("http", it.host(), it.port(), it.path());
    } else if (value instanceof Backoff it) {
      begin().put("pauseMaxNanos", it.pauseMaxNanos());
      put("unstartedPauseNanos", it.unstartedPauseNanos()).put("limit", it.limit()).end();
    } else if (value instanceof Backoff.Limit it) {
      begin().put("restarts", it.restarts()).put("windowNanos", it.windowNanos());
      put("then", it.then()).end();
    } else {
      return false;
    }
    return true;
  }
}
