package dev.gatun.journal;

import dev.gatun.machine.Orphan;
import dev.gatun.machine.Orphans;
import dev.gatun.machine.PendingVerdict;
import dev.gatun.machine.Phase;
import dev.gatun.machine.ProcessState;
import dev.gatun.machine.Rest;
import dev.gatun.machine.Service;
import dev.gatun.machine.Services;
import dev.gatun.machine.State;
import dev.gatun.machine.Verdict;
import dev.gatun.machine.Want;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link StateWriter} writes. */
final class StateReader {
  private StateReader() {}

  static State read(Node state, Plan plan) throws JournalException {
    List<ServiceSpec> specs = new ArrayList<>();
    for (ServiceSpec spec : plan.services()) {
      if (spec.keeping().isEmpty()) {
        specs.add(spec);
      }
    }
    Node services = state.get("services");
    if (services.size() != specs.size()) {
      throw new JournalException(
          "the state has " + services.size() + " services and the plan " + specs.size());
    }
    List<Service> all = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      all.add(service(services.get(i), specs.get(i)));
    }
    return new State(
        plan,
        phase(state.get("phase")),
        Services.of(all),
        Orphans.of(state.get("orphans").list(StateReader::orphan)),
        state.get("scanAt").deadline(),
        state.get("nextIncarnation").number(),
        state.has("regime")
            ? Optional.of(RegimeReader.read(state.get("regime"), plan))
            : Optional.empty());
  }

  private static Phase phase(Node phase) throws JournalException {
    return switch (phase.get(0).text()) {
      case "running" -> Phase.Running.IT;
      case "terminating" -> new Phase.Terminating(verdict(phase.get(1)), rest(phase.get(2)));
      case "draining" -> new Phase.Draining(verdict(phase.get(1)), phase.get(2).deadline());
      case "over" -> new Phase.Over(verdict(phase.get(1)));
      default -> throw phase.unexpected("a phase");
    };
  }

  private static Verdict verdict(Node verdict) throws JournalException {
    return new Verdict(
        verdict.get("exitCode").smallNumber(),
        verdict.get("cause").text(),
        verdict.get("asked").flag());
  }

  private static Rest rest(Node rest) throws JournalException {
    return switch (rest.get(0).text()) {
      case "unknown" -> Rest.Unknown.IT;
      case "awaited" -> new Rest.Awaited(rest.get(1).deadline());
      case "told" -> new Rest.Told(rest.get(1).deadline(), rest.get(2).flag());
      case "killed" -> Rest.Killed.IT;
      default -> throw rest.unexpected("unknown, told or killed");
    };
  }

  private static Service service(Node service, ServiceSpec spec) throws JournalException {
    Node first = service.get("ifLogWasFirst");
    return new Service(
        spec,
        service.get("want").constant(Want.values()),
        process(service.get("run")),
        process(service.get("log")),
        process(service.get("term")),
        new PendingVerdict(first.get(0).deadline(), verdict(first.get(1))),
        service.get("killAt").deadline());
  }

  static ProcessState process(Node process) throws JournalException {
    return switch (process.get(0).text()) {
      case "absent" -> ProcessState.Absent.IT;
      case "down" -> ProcessState.Down.IT;
      case "starting" -> new ProcessState.Starting(process.get(1).who());
      case "up" -> new ProcessState.Up(process.get(1).who(), process.get(2).number());
      case "stopping" -> new ProcessState.Stopping(process.get(1).who(), process.get(2).number());
      case "ended" -> ProcessState.Ended.IT;
      default -> throw process.unexpected("a process's state");
    };
  }

  private static Orphan orphan(Node orphan) throws JournalException {
    return switch (orphan.get(0).text()) {
      case "maturing" -> new Orphan.Maturing(orphan.get(1).orphan(), orphan.get(2).deadline());
      case "adopting" -> new Orphan.Adopting(orphan.get(1).orphan());
      case "adopted" ->
          new Orphan.Adopted(
              orphan.get(1).orphan(),
              orphan.get(2).text(),
              orphan.get(3).optionalService(),
              orphan.get(4).number());
      case "stopping" -> new Orphan.Stopping(orphan.get(1).orphan(), orphan.get(2).deadline());
      case "killed" -> new Orphan.Killed(orphan.get(1).orphan());
      default -> throw orphan.unexpected("an orphan's state");
    };
  }
}
