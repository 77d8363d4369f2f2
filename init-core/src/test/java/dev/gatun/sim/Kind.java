package dev.gatun.sim;

/** What kind of container a seed makes. */
enum Kind {
  /** Services that are started once. */
  SERVICES("") {
    @Override
    int partsOf(long seed) {
      return Parts.count(WorkloadMaker.make(seed));
    }

    @Override
    Judged run(Case container, boolean trace) {
      return Simulation.of(WorkloadMaker.make(container.seed()), container, trace);
    }
  },

  /** A command that gets all signals, beside such services or alone. */
  COMMAND("--command") {
    @Override
    int partsOf(long seed) {
      return Parts.count(CommandWorkload.make(seed));
    }

    @Override
    Judged run(Case container, boolean trace) {
      return Simulation.of(CommandWorkload.make(container.seed()), container, trace);
    }
  },

  /** Services that are kept running, and a course. */
  KEPT("--kept") {
    @Override
    int partsOf(long seed) {
      return KeptParts.count(KeptMaker.make(seed));
    }

    @Override
    Judged run(Case container, boolean trace) {
      return KeptRun.of(container, trace);
    }
  };

  /** What {@code scripts/simulate} calls it; nothing for what it does untold. */
  final String option;

  Kind(String option) {
    this.option = option;
  }

  /** Of how many parts that can be left away the seed's container is made. */
  abstract int partsOf(long seed);

  abstract Judged run(Case container, boolean trace);
}
