package dev.gatun.cli;

import dev.gatun.journal.record.Recorder;
import dev.gatun.kernel.JournalFile;
import dev.gatun.layout.JournalSettings;
import dev.gatun.linux.LinuxJournalFile;
import dev.gatun.loop.Observer;
import dev.gatun.loop.Shell;

/** What records the loop's decisions, where that is asked for. */
final class Journaling {
  private Journaling() {}

  static Observer of(JournalSettings settings, Shell shell, String version) {
    JournalFile file =
        settings.descriptor() == JournalSettings.NO_DESCRIPTOR
            ? LinuxJournalFile.at(settings.file())
            : LinuxJournalFile.behind(settings.descriptor());
    return new Recorder(shell.kernel(), file, settings.maxBytes(), version, shell.reports());
  }
}
