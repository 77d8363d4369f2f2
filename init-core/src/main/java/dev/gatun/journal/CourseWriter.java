package dev.gatun.journal;

import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.RestartPolicy;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Step;
import dev.gatun.plan.Upkeep;
import java.util.List;
import java.util.Optional;

/** Writes how services are kept, and what is done before, beside and after them. */
final class CourseWriter {
  private CourseWriter() {}

  static void keeping(JsonOut out, Keeping keeping) {
    out.beginObject().name("service");
    upkeep(out, keeping.service());
    if (keeping.log().isPresent()) {
      out.name("log");
      upkeep(out, keeping.log().get());
    }
    out.name("endsContainer").flag(keeping.endsContainer()).endObject();
  }

  private static void upkeep(JsonOut out, Upkeep upkeep) {
    RestartPolicy restarts = upkeep.restarts();
    out.beginObject().name("restarts").flag(restarts.restarts());
    out.name("pauseNanos").number(restarts.pauseNanos());
    out.name("startsUntold").flag(upkeep.startsUntold());
    command(out, "finish", upkeep.finish());
    if (upkeep.controls().isPresent()) {
      out.name("controls").bytes(upkeep.controls().get());
    }
    out.endObject();
  }

  private static void command(JsonOut out, String name, Optional<Command> command) {
    if (command.isPresent()) {
      out.name(name);
      PlanWriter.command(out, command.get());
    }
  }

  static void course(JsonOut out, Course course) {
    out.beginObject();
    steps(out, "first", course.first());
    if (course.main().isPresent()) {
      MainProgram main = course.main().get();
      out.name("main").beginArray().service(main.name());
      PlanWriter.command(out, main.command());
      out.number(main.restartCode()).number(main.pauseNanos()).endArray();
    }
    if (!course.closing().isEmpty()) {
      steps(out, "closing", course.closing());
    }
    steps(out, "last", course.last());
    out.name("signals").beginArray();
    for (SignalRule rule : course.signals()) {
      out.beginObject().name("signal").signal(rule.signal());
      command(out, "script", rule.script());
      out.name("permit").bytes(rule.permit()).endObject();
    }
    out.endArray().endObject();
  }

  /**
   * {@code [name, command, endsStart, endingCode, crashEndsStart, givesCode]} each, and one more
   * where it sets the environment.
   */
  private static void steps(JsonOut out, String name, List<Step> steps) {
    out.name(name).beginArray();
    for (Step step : steps) {
      out.beginArray().service(step.name());
      PlanWriter.command(out, step.command());
      out.flag(step.failure().endsStart()).number(step.failure().endingCode());
      out.flag(step.failure().crashEndsStart()).flag(step.failure().givesCode());
      if (step.setsEnvironment()) {
        out.flag(true);
      }
      out.endArray();
    }
    out.endArray();
  }
}
