package dev.gatun.sim;

/** Runs on a kernel that fails. */
final class FaultyRuns {
  /** Readiness that comes late, and what is swept instead of told, is heard so much later. */
  private static final long TOLERANCE_NANOS = 200_000_000;

  private FaultyRuns() {}

  static Simulation run(Workload workload, long seed, boolean trace) {
    return Simulation.run(
        workload, trace, TOLERANCE_NANOS, kernel -> new FaultyKernel(kernel, new Faults(seed)));
  }
}
