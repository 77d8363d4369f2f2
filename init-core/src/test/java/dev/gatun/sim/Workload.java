package dev.gatun.sim;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Plan;
import java.util.List;

/**
 * Everything that a run is made of: what the init is to do, and what will happen to it.
 *
 * @param endsWithinNanos how long after the event that ends the container it must be over
 */
record Workload(
    Plan plan,
    Environment environment,
    OutputFormat format,
    Verbosity verbosity,
    int lineLimitBytes,
    List<OutsideSignal> outside,
    long endsWithinNanos) {

  /** How long the output may wait for its readers at the end: longer than any of them sleeps. */
  static final long DRAIN_NANOS = 3_600_000_000_000L;

  /** A signal to the init from outside. */
  record OutsideSignal(long atNanos, int signal) {}

  Workload {
    outside = List.copyOf(outside);
  }

  Workload with(Environment other) {
    return new Workload(plan, other, format, verbosity, lineLimitBytes, outside, endsWithinNanos);
  }
}
