package dev.gatun.journal.record;

import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.level.LevelRequest;
import dev.gatun.machine.level.Levels;
import dev.gatun.plan.LevelSignal;
import dev.gatun.plan.Runlevels;

/** Says what runlevels are made of. */
abstract class LevelWriter extends ValueWriter {

  LevelWriter(JsonOut out) {
    super(out);
  }

  final void levels(Object value) {
    if (value instanceof Runlevels it) {
      begin().put("entries", it.entries()).put("first", it.first()).put("usual", it.usual());
      put("signals", it.signals()).put("limit", it.limit());
      put("sleepNanos", it.sleepNanos()).end();
    } else if (value instanceof Runlevels.Limit it) {
      array(it.starts(), it.windowNanos(), it.heldNanos());
    } else if (value instanceof Runlevels.Entry it) {
      array(it.id(), it.name(), it.levels(), it.action(), it.isRecorded());
    } else if (value instanceof LevelRequest.Enter it) {
      kind("enter", it.level(), it.sleepNanos());
    } else if (value instanceof LevelRequest.Reread it) {
      kind("reread", it.services(), it.runlevels());
    } else if (value instanceof LevelRequest.PowerIs it) {
      kind("powerIs", it.power());
    } else if (value instanceof LevelRequest.SetVariable it) {
      kind("setVariable", it.name(), it.value());
    } else if (value instanceof LevelAction.ShowLevel it) {
      kind("showLevel", it.previous(), it.level());
    } else if (value instanceof LevelAction.ShowProcess it) {
      kind("showProcess", it.name(), it.pid(), it.lives());
    } else if (value instanceof LevelAction.LookAtPower) {
      kind("lookAtPower");
    } else if (value instanceof LevelAction.HearRequests it) {
      kind("hearRequests", it.open());
    } else if (value instanceof LevelSignal it) {
      array(it.signal(), it.request());
    } else if (value instanceof Levels it) {
      begin().put("runlevels", it.runlevels()).put("current", it.current());
      put("previous", it.previous()).put("next", it.next()).put("leaving", it.leaving());
      put("demanded", it.demanded()).put("variables", it.variables());
      put("killAfterNanos", it.killAfterNanos()).put("isBooted", it.isBooted());
      put("isToHalt", it.isToHalt()).put("isEmptySaid", it.isEmptySaid());
      put("pausedUntil", it.pausedUntil()).end();
    }
  }
}
