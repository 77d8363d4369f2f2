package dev.gatun.journal;

import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;
import java.util.Optional;

/** Reads what {@link PlanWriter} writes. */
final class PlanReader {
  private PlanReader() {}

  static Plan plan(Node plan) throws JournalException {
    try {
      return new Plan(
          plan.get("services").list(PlanReader::service),
          plan.get("stopSignals").list(Node::signal),
          orphans(plan.get("orphans")),
          plan.get("killAfterNanos").number(),
          plan.get("drainNanos").number(),
          plan.has("course")
              ? Optional.of(CourseReader.course(plan.get("course")))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new JournalException(e.getMessage());
    }
  }

  static ServiceSpec service(Node service) throws JournalException {
    return new ServiceSpec(
        service.get("name").service(),
        command(service.get("run")),
        service.has("log") ? Optional.of(command(service.get("log"))) : Optional.empty(),
        service.has("pattern") ? Optional.of(pattern(service.get("pattern"))) : Optional.empty(),
        service.has("terminate")
            ? Optional.of(stopScript(service.get("terminate")))
            : Optional.empty(),
        exits(service.get("exits")),
        service.has("keeping")
            ? Optional.of(CourseReader.keeping(service.get("keeping")))
            : Optional.empty());
  }

  private static LinePattern pattern(Node pattern) throws JournalException {
    return new LinePattern(
        pattern.get(0).text(), pattern.get(1).bytes(), pattern.get(2).smallNumber());
  }

  static Command command(Node command) throws JournalException {
    return new Command(
        command.get(0).bytes(),
        command.list(1, 1, Node::bytes),
        command.get(command.size() - 1).bytes());
  }

  static StopScript stopScript(Node script) throws JournalException {
    return new StopScript(command(script.get("command")), script.get("pidVariable").text());
  }

  private static ExitPolicy exits(Node exits) throws JournalException {
    return new ExitPolicy(
        exits.get("disablingCode").smallNumber(),
        exits.get("successCode").smallNumber(),
        exits.get("failureCode").smallNumber(),
        exits.get("passesOn").flag(),
        exits.get("forgiven").list(Node::smallNumber));
  }

  private static OrphanPolicy orphans(Node orphans) throws JournalException {
    return new OrphanPolicy(
        orphans.get("kind").constant(OrphanPolicy.Kind.values()),
        orphans.get("maturityNanos").number(),
        orphans.get("killAfterNanos").number(),
        exits(orphans.get("exits")));
  }
}
