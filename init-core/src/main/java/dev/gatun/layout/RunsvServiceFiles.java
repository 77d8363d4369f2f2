package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a service as runsv(8) takes them: {@code run}, and where wanted {@code finish},
 * {@code down}, {@code control} and {@code log}.
 */
final class RunsvServiceFiles implements ServiceFiles {
  private static final Restart RESTART = Restart.always(1_000_000_000);
  private static final Meaning END = new Meaning.EndsContainer(ExitCode.PassedOn.AS_IT_IS);

  /** -1 and the low byte of a wait status, or 111 and 0, as runsv(8) has it. */
  private static final ExitArguments FINISH_ARGUMENTS =
      new ExitArguments(-1, 128, List.of(OsString.of("111"), OsString.of("0")));

  private final ProgramFiles files;
  private final Set<ServiceName> endingContainer;
  private final long killAfterNanos;

  RunsvServiceFiles(ProgramFiles files, Set<ServiceName> endingContainer, long killAfterNanos) {
    this.files = files;
    this.endingContainer = endingContainer;
    this.killAfterNanos = killAfterNanos;
  }

  @Override
  public List<Service> services(ServiceName name, OsString real, LogFiles log) {
    List<Service> services = new ArrayList<>(2);
    ServiceId id = ServiceId.run(name);
    Service.Builder run =
        supervised(id, Program.of(real.resolve("run"), real), real).wiring(log.wiring(name));
    if (endingContainer.contains(name)) {
      run.means(END);
    }
    services.add(run.build().with(hooks(real)));
    if (log.hasProgram()) {
      services.add(
          supervised(ServiceId.log(name), log.program(), log.directory())
              .wiring(Wiring.readingFrom(id))
              .build());
    }
    return services;
  }

  private Service.Builder supervised(ServiceId id, Program program, OsString where) {
    Service.Builder service =
        Service.longrun(id, program)
            .wanted(Span.UP_AND_CLOSING)
            .restart(RESTART)
            .stop(Stop.bySignal(killAfterNanos))
            .takesOrders();
    return files.exists(where.resolve("down")) ? service.startedByOrder() : service;
  }

  @Override
  public Hooks hooks(OsString real) {
    OsString finish = real.resolve("finish");
    OsString controls = real.resolve("control");
    boolean hasFinish = files.exists(finish);
    List<Hooks.StandIn> standIns =
        files.isDirectory(controls) ? standIns(controls, real) : List.of();
    if (!hasFinish && standIns.isEmpty()) {
      return Hooks.NONE;
    }
    Program program = Program.of(finish, real).optional();
    return new Hooks(
        hasFinish ? Optional.of(new Hooks.Finish(program, FINISH_ARGUMENTS)) : Optional.empty(),
        standIns);
  }

  /** An order's script is called as its letter is in the pipe {@code control}. */
  private List<Hooks.StandIn> standIns(OsString controls, OsString real) {
    List<Hooks.StandIn> found = new ArrayList<>();
    for (Order order : Order.values()) {
      OsString script = controls.resolve(order.letter());
      if (order.hasLetter() && files.exists(script)) {
        found.add(new Hooks.StandIn(order, Program.of(script, real).optional()));
      }
    }
    return found;
  }

  @Override
  public void check(OsString path, Findings findings) {
    Hooks hooks = hooks(path);
    if (hooks.finish().isPresent()) {
      findings.program(hooks.finish().get().program().path());
    }
    if (files.exists(path.resolve("check"))) {
      findings.program(path.resolve("check"));
    }
    for (Hooks.StandIn standIn : hooks.standIns()) {
      findings.program(standIn.program().path());
    }
  }
}
