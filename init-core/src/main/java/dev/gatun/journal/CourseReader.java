package dev.gatun.journal;

import dev.gatun.model.OsString;
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

/** Reads what {@link CourseWriter} writes. */
final class CourseReader {
  private static final int FLAG_OF_ENVIRONMENT = 6;

  private CourseReader() {}

  static Keeping keeping(Node keeping) throws JournalException {
    return new Keeping(
        upkeep(keeping.get("service")),
        keeping.has("log") ? Optional.of(upkeep(keeping.get("log"))) : Optional.empty(),
        keeping.get("endsContainer").flag());
  }

  private static Upkeep upkeep(Node upkeep) throws JournalException {
    Optional<OsString> controls =
        upkeep.has("controls") ? Optional.of(upkeep.get("controls").bytes()) : Optional.empty();
    return new Upkeep(
        new RestartPolicy(upkeep.get("restarts").flag(), upkeep.get("pauseNanos").number()),
        upkeep.get("startsUntold").flag(),
        command(upkeep, "finish"),
        controls);
  }

  private static Optional<Command> command(Node of, String name) throws JournalException {
    return of.has(name) ? Optional.of(PlanReader.command(of.get(name))) : Optional.empty();
  }

  static Course course(Node course) throws JournalException {
    return new Course(
        course.get("first").list(CourseReader::step),
        course.has("main") ? Optional.of(main(course.get("main"))) : Optional.empty(),
        course.has("closing") ? course.get("closing").list(CourseReader::step) : List.of(),
        course.get("last").list(CourseReader::step),
        course.get("signals").list(CourseReader::rule));
  }

  private static Step step(Node step) throws JournalException {
    Step.Failure failure =
        new Step.Failure(
            step.get(2).flag(), step.get(3).smallNumber(), step.get(4).flag(), step.get(5).flag());
    boolean setsEnvironment = step.size() > FLAG_OF_ENVIRONMENT;
    return new Step(
        step.get(0).service(), PlanReader.command(step.get(1)), failure, setsEnvironment);
  }

  private static MainProgram main(Node main) throws JournalException {
    return new MainProgram(
        main.get(0).service(),
        PlanReader.command(main.get(1)),
        main.get(2).smallNumber(),
        main.get(3).number());
  }

  private static SignalRule rule(Node rule) throws JournalException {
    return new SignalRule(
        rule.get("signal").signal(), command(rule, "script"), rule.get("permit").bytes());
  }
}
