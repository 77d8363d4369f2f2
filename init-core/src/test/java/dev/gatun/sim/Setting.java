package dev.gatun.sim;

import java.util.Map;

/**
 * What the simulated kernel surrounds the init with.
 *
 * @param programs what each program does, by its path
 * @param spawnErrors the programs that cannot be executed, and why
 * @param mayTrace whether the init may trace others, and so redirect their output
 * @param spawnNanos at most so long a start takes
 * @param latencyNanos at most so long the loop may come late: what happens meanwhile is seen at
 *     once
 * @param latencies how late it comes each time
 */
record Setting(
    Map<String, Behavior> programs,
    Map<String, Integer> spawnErrors,
    SimSink.Manner stdout,
    SimSink.Manner stderr,
    boolean hasProc,
    boolean mayTrace,
    long spawnNanos,
    int pidMax,
    int maxDescriptors,
    long latencyNanos,
    Chance latencies) {

  static final int PIDS = 32_768;
  static final int DESCRIPTORS = 1024;

  /** Where everything works. */
  static Setting healthy(Map<String, Behavior> programs) {
    return new Setting(
        programs,
        Map.of(),
        SimSink.Manner.FAST,
        SimSink.Manner.FAST,
        true,
        true,
        0,
        PIDS,
        DESCRIPTORS,
        0,
        new Chance(0));
  }

  /** How late at most the init hears of something: all services are started before it listens. */
  long lateNanos() {
    return latencyNanos + startsNanos();
  }

  /** How long at most it takes to start all programs one after the other. */
  long startsNanos() {
    return spawnNanos * programs.size();
  }

  int spawnError(String program) {
    return spawnErrors.getOrDefault(program, 0);
  }

  Behavior behavior(String program) {
    Behavior behavior = programs.get(program);
    if (behavior == null) {
      throw new IllegalStateException("the workload knows no program " + program);
    }
    return behavior;
  }

  SimSink.Manner sink(int standardDescriptor) {
    return standardDescriptor == 1 ? stdout : stderr;
  }

  long nextSpawnNanos() {
    return latencies.longBetween(0, spawnNanos);
  }

  long nextLatencyNanos() {
    return latencies.longBetween(0, latencyNanos);
  }
}
