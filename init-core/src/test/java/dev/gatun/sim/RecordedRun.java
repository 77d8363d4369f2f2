package dev.gatun.sim;

import dev.gatun.journal.record.Recorder;
import dev.gatun.kernel.JournalFile;
import dev.gatun.kernel.Kernel;
import dev.gatun.loop.Reporter;
import java.util.function.Function;

/** A run on the simulated kernel with a journal. */
final class RecordedRun {
  static final long AMPLE_BYTES = 1 << 26;

  private RecordedRun() {}

  static void of(Workload workload, JournalFile file) {
    of(workload, kernel -> kernel, file, AMPLE_BYTES, (level, text) -> {});
  }

  static void of(
      Workload workload,
      Function<SimulatedKernel, Kernel> around,
      JournalFile file,
      long maxBytes,
      Reporter warnings) {
    SimulatedKernel simulated = new SimulatedKernel(workload.setting(), new Transcript(false));
    Kernel kernel = around.apply(simulated);
    Recorder recorder = new Recorder(kernel, file, maxBytes, "1.2.3", warnings);
    Simulation.loop(workload, simulated, kernel, recorder).run();
    simulated.files.memory().freeAll();
  }
}
