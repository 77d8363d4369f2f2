package dev.gatun.machine;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a container of a test runs before, beside and after its services: {@code /NAME} each. */
final class Stages {
  static final OsString PERMIT = OsString.of("/stopit");

  /** As stage 1 has it. */
  static final Meaning.Failure ONE = new Meaning.Failure(false, 100, true, true);

  private final List<Service.Builder> services = new ArrayList<>();
  private final List<Service.Builder> beside = new ArrayList<>();
  private final List<SignalRule> rules = new ArrayList<>();
  private final ServiceId[] latest = new ServiceId[Stage.values().length];

  /** Nothing but services. */
  static Stages none() {
    return new Stages();
  }

  private static Program program(String name) {
    return Program.of(OsString.of("/" + name), OsString.of("/"));
  }

  private Stages add(String name, Stage stage, Span span, int chain, Meaning.Oneshot meaning) {
    ServiceId id = new ServiceId(ServiceName.of(name), stage);
    Service.Builder service = Service.oneshot(id, program(name), meaning).wanted(span);
    if (latest[chain] != null) {
      service.after(After.ended(latest[chain]));
    }
    latest[chain] = id;
    services.add(service);
    return this;
  }

  Stages first(String name, Meaning.Failure failure) {
    return add(name, Stage.FIRST, Span.START, 0, new Meaning.Oneshot(failure));
  }

  /** A program before the services that leaves another environment. */
  Stages setting(String name, Meaning.Failure failure) {
    return add(name, Stage.FIRST, Span.START, 0, new Meaning.Oneshot(failure, true));
  }

  Stages closing(String name, Meaning.Failure failure) {
    return add(name, Stage.LAST, Span.CLOSING, 1, new Meaning.Oneshot(failure));
  }

  Stages last(String name, Meaning.Failure failure) {
    return add(name, Stage.LAST, Span.LAST, 2, new Meaning.Oneshot(failure));
  }

  /** A program beside the services, which is started again after a crash and after that code. */
  Stages main(String name, int restartCode) {
    ServiceId id = new ServiceId(ServiceName.of(name), Stage.MAIN);
    beside.add(
        Service.longrun(id, program(name))
            .restart(Restart.afterCrash(restartCode, Plans.SECOND))
            .means(new Meaning.EndsContainer(new ExitCode.Table(0, 0))));
    return this;
  }

  /** A signal that ends the container where {@link #PERMIT} does. */
  Stages asking(Signal signal) {
    rules.add(new SignalRule(signal, Optional.empty(), PERMIT));
    return this;
  }

  /** The same, when {@code /ctrlaltdel} has been run. */
  Stages running(Signal signal) {
    ServiceId id = new ServiceId(ServiceName.of(signal.toString()), Stage.SIGNAL);
    services.add(
        Service.oneshot(
                id, program("ctrlaltdel").optional(), new Meaning.Oneshot(Meaning.Failure.IS_SAID))
            .wanted(Span.START_AND_UP)
            .startedByOrder());
    rules.add(new SignalRule(signal, Optional.of(id), PERMIT));
    return this;
  }

  List<SignalRule> rules() {
    return rules;
  }

  List<Service> services(long killAfterNanos) {
    List<Service> built = new ArrayList<>();
    for (Service.Builder service : services) {
      built.add(service.stop(Stop.bySignal(killAfterNanos)).build());
    }
    for (Service.Builder service : beside) {
      built.add(service.stop(new Stop(Optional.empty(), killAfterNanos, true)).build());
    }
    return built;
  }
}
