package dev.gatun.journal;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;

/** Writes a plan. */
final class PlanWriter {
  private PlanWriter() {}

  static void plan(JsonOut out, Plan plan) {
    out.beginObject().name("services").beginArray();
    for (ServiceSpec service : plan.services()) {
      service(out, service);
    }
    out.endArray().name("stopSignals").beginArray();
    for (Signal signal : plan.stopSignals()) {
      out.signal(signal);
    }
    out.endArray().name("orphans");
    orphans(out, plan.orphans());
    out.name("killAfterNanos").number(plan.killAfterNanos());
    out.name("drainNanos").number(plan.drainNanos());
    if (plan.course().isPresent()) {
      out.name("course");
      CourseWriter.course(out, plan.course().get());
    }
    out.endObject();
  }

  static void service(JsonOut out, ServiceSpec service) {
    out.beginObject().name("name").service(service.name()).name("run");
    command(out, service.run());
    if (service.log().isPresent()) {
      out.name("log");
      command(out, service.log().get());
    }
    if (service.pattern().isPresent()) {
      out.name("pattern");
      pattern(out, service.pattern().get());
    }
    if (service.terminate().isPresent()) {
      out.name("terminate");
      stopScript(out, service.terminate().get());
    }
    out.name("exits");
    exits(out, service.exits());
    if (service.keeping().isPresent()) {
      out.name("keeping");
      CourseWriter.keeping(out, service.keeping().get());
    }
    out.endObject();
  }

  /** {@code [expression, file, line]}. */
  private static void pattern(JsonOut out, LinePattern pattern) {
    out.beginArray().text(pattern.expression()).bytes(pattern.file()).number(pattern.line());
    out.endArray();
  }

  /** {@code [program, arguments..., directory]}. */
  static void command(JsonOut out, Command command) {
    out.beginArray().bytes(command.program());
    for (OsString argument : command.arguments()) {
      out.bytes(argument);
    }
    out.bytes(command.directory()).endArray();
  }

  static void stopScript(JsonOut out, StopScript script) {
    out.beginObject().name("command");
    command(out, script.command());
    out.name("pidVariable").text(script.pidVariable()).endObject();
  }

  private static void exits(JsonOut out, ExitPolicy exits) {
    out.beginObject().name("disablingCode").number(exits.disablingCode());
    out.name("successCode").number(exits.successCode());
    out.name("failureCode").number(exits.failureCode());
    out.name("passesOn").flag(exits.passesOn()).name("forgiven").beginArray();
    for (int code : exits.forgiven()) {
      out.number(code);
    }
    out.endArray().endObject();
  }

  private static void orphans(JsonOut out, OrphanPolicy orphans) {
    out.beginObject().name("kind").word(orphans.kind().name());
    out.name("maturityNanos").number(orphans.maturityNanos());
    out.name("killAfterNanos").number(orphans.killAfterNanos());
    out.name("exits");
    exits(out, orphans.exits());
    out.endObject();
  }
}
