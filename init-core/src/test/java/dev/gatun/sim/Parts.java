package dev.gatun.sim;

import dev.gatun.model.ServiceId;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Signals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A workload taken apart, so that one that fails can be made smaller: services, signals, what a
 * program does, what goes wrong. Every part has a number, the same for the same workload, and the
 * workload can be put together again without some of them. What is needed for the container to end
 * at all is no part.
 */
final class Parts {
  private final Set<Integer> without;
  private int count;

  Parts(Set<Integer> without) {
    this.without = without;
  }

  /** How many parts the workload has. */
  static int count(Workload workload) {
    Parts parts = new Parts(Set.of());
    parts.rebuild(workload);
    return parts.count;
  }

  /** The workload without the parts of these numbers. */
  static Workload without(Workload workload, Set<Integer> numbers) {
    return numbers.isEmpty() ? workload : new Parts(numbers).rebuild(workload);
  }

  private boolean isKept() {
    return !without.contains(count++);
  }

  private Workload rebuild(Workload old) {
    Plan plan = old.plan();
    Set<ServiceId> away = new HashSet<>();
    List<Service> services = new ArrayList<>();
    for (Service service : plan.services()) {
      boolean goesWithAnother = service.isReader();
      boolean isNeeded = plan.signals().forwardsTo(service.id());
      if (goesWithAnother
          ? away.contains(service.wiring().input().get())
          : !isNeeded && !isKept()) {
        away.add(service.id());
      } else {
        services.add(service);
      }
    }
    List<SignalRule> rules =
        plan.signals().rules().stream()
            .filter(rule -> rule.program().isEmpty() || !away.contains(rule.program().get()))
            .toList();
    List<Workload.Outside> outside = keepBefore(old.outside(), WorkloadMaker.LAST);
    Setting setting = rebuild(old.setting());
    Plan less =
        Plan.builder()
            .environment(plan.environment())
            .addAll(services)
            .signals(new Signals(plan.signals().stop(), rules, plan.signals().forwarding()))
            .orphans(plan.orphans())
            .drainNanos(plan.drainNanos())
            .findsServices(plan.findsServices())
            .build();
    return new Workload(
        less,
        setting,
        old.format(),
        old.verbosity(),
        old.lineLimitBytes(),
        outside,
        old.endsWithinNanos());
  }

  private Setting rebuild(Setting old) {
    Map<String, Behavior> programs = new HashMap<>();
    new TreeMap<>(old.programs()).forEach((path, does) -> programs.put(path, rebuild(path, does)));
    Map<String, Integer> errors = new HashMap<>();
    new TreeMap<>(old.spawnErrors())
        .forEach(
            (path, error) -> {
              boolean isNowhere = !programs.containsKey(path);
              if (isNowhere || isKept()) {
                errors.put(path, error);
              }
            });
    return new Setting(
        programs,
        errors,
        isKept() ? old.stdout() : SimSink.Manner.FAST,
        isKept() ? old.stderr() : SimSink.Manner.FAST,
        old.hasProc(),
        old.mayTrace(),
        isKept() ? old.spawnNanos() : 0,
        isKept() ? old.pidMax() : Setting.PIDS,
        isKept() ? old.maxDescriptors() : Setting.DESCRIPTORS,
        isKept() ? old.latencyNanos() : 0,
        old.latencies());
  }

  /** What stands in for TERM decides whether its service ever ends. */
  private Behavior rebuild(String path, Behavior old) {
    return path.contains("/control/") ? old : rebuild(old);
  }

  private Behavior rebuild(Behavior old) {
    return new Behavior(
        old.name(), steps(old.steps()), old.onTerm(), steps(old.afterTerm()), old.reapsChildren());
  }

  private List<Step> steps(List<Step> old) {
    List<Step> kept = new ArrayList<>();
    for (Step step : old) {
      if (isNeeded(step) || isKept()) {
        kept.add(rebuild(step));
      } else {
        rebuild(step);
      }
    }
    return kept;
  }

  /** A stop script that does not signal, or never ends, keeps the container from ending. */
  private static boolean isNeeded(Step step) {
    return step instanceof Step.SignalTarget || step instanceof Step.Exec;
  }

  private Step rebuild(Step step) {
    return switch (step) {
      case Step.Fork fork -> new Step.Fork(rebuild(fork.child()));
      case Step.Exec exec -> new Step.Exec(rebuild(exec.program()));
      case Step.Write write -> write;
      case Step.Notify notify -> notify;
      case Step.Sleep sleep -> sleep;
      case Step.Exit exit -> exit;
      case Step.Die die -> die;
      case Step.CloseOutput close -> close;
      case Step.Relay relay -> relay;
      case Step.SignalTarget signal -> signal;
      case Step.Stop stop -> stop;
    };
  }

  /** Leaves away only what comes before the last {@code needed}. */
  private <T> List<T> keepBefore(List<T> all, int needed) {
    int optional = Math.max(0, all.size() - needed);
    List<T> kept = keep(all.subList(0, optional));
    kept.addAll(all.subList(optional, all.size()));
    return kept;
  }

  private <T> List<T> keep(List<T> all) {
    List<T> kept = new ArrayList<>();
    for (T each : all) {
      if (isKept()) {
        kept.add(each);
      }
    }
    return kept;
  }
}
