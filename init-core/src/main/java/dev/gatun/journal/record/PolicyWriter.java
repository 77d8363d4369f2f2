package dev.gatun.journal.record;

import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Health;
import dev.gatun.plan.Job;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Readiness;

/** Says what the policies of services are made of. */
abstract class PolicyWriter extends LevelWriter {

  PolicyWriter(JsonOut out) {
    super(out);
  }

  final boolean isOfPolicy(Object value) {
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
