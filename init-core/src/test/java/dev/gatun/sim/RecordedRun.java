package dev.gatun.sim;

import dev.gatun.journal.Recorder;
import dev.gatun.kernel.JournalFile;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Reporter;
import dev.gatun.output.OutputPlane;
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
    SimulatedKernel simulated = new SimulatedKernel(workload.environment(), new Transcript(false));
    for (Workload.OutsideSignal signal : workload.outside()) {
      simulated.agenda.at(signal.atNanos(), () -> simulated.signalFromOutside(signal.signal()));
    }
    Kernel kernel = around.apply(simulated);
    Poll poll = new Poll(kernel);
    OutputPlane output =
        new OutputPlane(
            kernel, poll, workload.format(), workload.verbosity(), workload.lineLimitBytes());
    EventLoop loop = new EventLoop(kernel, poll, output, kernel.openSignals());
    loop.observe(new Recorder(kernel, file, maxBytes, "1.2.3", warnings));
    loop.run(workload.plan());
    simulated.files.memory().freeAll();
  }
}
