package dev.gatun.cli;

import dev.gatun.journal.Recorder;
import dev.gatun.kernel.JournalFile;
import dev.gatun.kernel.Kernel;
import dev.gatun.layout.JournalSettings;
import dev.gatun.linux.LinuxJournalFile;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Reporter;
import dev.gatun.model.Level;

/** Has the loop's decisions recorded, where that is asked for. */
final class Journaling {
  private Journaling() {}

  static void begin(JournalSettings settings, Kernel kernel, EventLoop loop, String version) {
    JournalFile file =
        settings.descriptor() == JournalSettings.NO_DESCRIPTOR
            ? LinuxJournalFile.at(settings.file())
            : LinuxJournalFile.behind(settings.descriptor());
    loop.observe(new Recorder(kernel, file, settings.maxBytes(), version, new Warnings(loop)));
  }

  private record Warnings(EventLoop loop) implements Reporter {
    @Override
    public void report(Level level, String text) {
      loop.report(level, text);
    }
  }
}
