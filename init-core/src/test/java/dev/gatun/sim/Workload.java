package dev.gatun.sim;

import dev.gatun.machine.Event;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import java.util.List;

/**
 * Everything that a run is made of: what the init is to do, and what will happen to it.
 *
 * @param outside what signals, clients and directories do, and when
 * @param endsWithinNanos how long after the event that ends the container it must be over
 */
record Workload(
    Plan plan,
    Setting setting,
    OutputFormat format,
    Verbosity verbosity,
    int lineLimitBytes,
    List<Outside> outside,
    long endsWithinNanos) {

  /** How long the output may wait for its readers at the end: longer than any of them sleeps. */
  static final long DRAIN_NANOS = 3_600_000_000_000L;

  /** Something that happens at that time: a signal, or what a client or a file system does. */
  record Outside(long atNanos, Event event) {
    static Outside signal(long atNanos, int number) {
      return new Outside(atNanos, new Event.SignalReceived(atNanos, new Signal(number)));
    }
  }

  Workload {
    outside = List.copyOf(outside);
  }

  Workload with(Setting other) {
    return new Workload(plan, other, format, verbosity, lineLimitBytes, outside, endsWithinNanos);
  }

  /** Whether there are only services that are started once, their log programs and a command. */
  boolean isPlain() {
    return !plan.findsServices()
        && plan.services().stream()
            .noneMatch(
                s ->
                    s.takesOrders()
                        || s.kind() == Service.Kind.ONESHOT
                        || s.id().stage() == Stage.MAIN);
  }
}
