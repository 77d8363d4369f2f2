package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Job;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a workload with a command beside services from a seed. */
final class CommandWorkload {
  static final Set<Integer> FORGIVEN = Set.of(143);

  /** How many signals at the end are needed for the command to end. */
  static final int LAST_SIGNALS = 2;

  private static final String NAME = "make";
  private static final List<Forwarding.Rewrite> REWRITES =
      List.of(
          new Forwarding.Rewrite(new Signal(34), Optional.of(Signal.INT)),
          new Forwarding.Rewrite(Signal.USR1, Optional.empty()),
          new Forwarding.Rewrite(new Signal(28), Optional.empty()));

  private CommandWorkload() {}

  /** The seed's workload with a command, whose signals are others than the services' ends. */
  static Workload make(long seed) {
    Workload base = WorkloadMaker.make(seed);
    Chance chance = new Chance(seed ^ 0x5bd1e995);
    Map<String, Behavior> programs = new HashMap<>(base.environment().programs());
    Map<String, Integer> errors = new HashMap<>(base.environment().spawnErrors());
    String program = WorkloadMaker.run(NAME);
    programs.put(program, behaviors(base, chance).service(NAME));
    if (chance.oneIn(15)) {
      errors.put(program, chance.of(Errno.ENOENT, Errno.EACCES, Errno.EAGAIN, Errno.ENOMEM));
    }
    return new Workload(
        plan(base.plan(), program),
        withPrograms(base.environment(), programs, errors),
        base.format(),
        base.verbosity(),
        base.lineLimitBytes(),
        outside(base.outside()),
        base.endsWithinNanos());
  }

  /** Deaf to TERM it may be where KILL follows. */
  private static BehaviorMaker behaviors(Workload base, Chance chance) {
    boolean kills = base.plan().killAfterNanos() != Plan.NO_KILL;
    return new BehaviorMaker(chance, base.lineLimitBytes(), kills, base.environment().hasProc());
  }

  private static Plan plan(Plan base, String program) {
    ServiceSpec plain = WorkloadMaker.spec(NAME, false, false);
    Command command =
        new Command(
            OsString.of(program),
            List.of(OsString.of("all")),
            OsString.of("/work"),
            Optional.of(new Job(OsString.of(NAME), false)));
    List<ServiceSpec> services = new ArrayList<>(base.services());
    services.add(
        new ServiceSpec(
            plain.name(),
            command,
            Optional.empty(),
            Optional.empty(),
            ExitPolicy.passingOn(List.copyOf(FORGIVEN))));
    services.sort((a, b) -> a.name().compareTo(b.name()));
    return new Plan(
        services,
        List.of(),
        base.orphans(),
        base.killAfterNanos(),
        base.drainNanos(),
        Optional.empty(),
        Optional.of(new Forwarding(plain.name(), true, REWRITES)));
  }

  private static Environment withPrograms(
      Environment base, Map<String, Behavior> programs, Map<String, Integer> errors) {
    return new Environment(
        programs,
        errors,
        base.stdout(),
        base.stderr(),
        base.hasProc(),
        base.mayTrace(),
        base.spawnNanos(),
        base.pidMax(),
        base.maxDescriptors(),
        base.latencyNanos(),
        base.latencies());
  }

  /** At last what ends any command: a rewritten signal, heard also by one that is stopped. */
  private static List<Workload.OutsideSignal> outside(List<Workload.OutsideSignal> base) {
    List<Workload.OutsideSignal> all = new ArrayList<>(base);
    long last = all.getLast().atNanos();
    all.add(new Workload.OutsideSignal(last + 1_000_000, 34));
    all.add(new Workload.OutsideSignal(last + 2_000_000, Signal.CONT.number()));
    return all;
  }
}
