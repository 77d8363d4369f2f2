package dev.gatun.cli;

import dev.gatun.layout.EnvironmentDirectory;
import dev.gatun.linux.LinuxFileWriter;
import dev.gatun.loop.EnvironmentSource;
import dev.gatun.loop.Reporter;
import dev.gatun.loop.Shell;
import dev.gatun.model.Environment;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.plan.Plan;

/** The environment of programs where it stands in files. Loaded only where there may be some. */
final class EnvironmentFiles implements EnvironmentSource {
  private final EnvironmentDirectory files;
  private final Reporter reports;
  private final LinuxFileWriter writer = new LinuxFileWriter();
  private Environment current;

  /**
   * Completes what Gatun was given by the files, and writes that to them.
   *
   * @param given what Gatun was given
   * @param distribution the directory that Gatun itself lies in, absolute
   */
  EnvironmentFiles(
      EnvironmentDirectory files, Environment given, Reporter reports, OsString distribution) {
    this.files = files;
    this.reports = reports;
    this.current = checked(files.begin(given, writer, distribution));
  }

  /** The plan whose first programs are started with that. */
  Plan startingWith(Plan plan) {
    return plan.toBuilder().environment(current).build();
  }

  Shell givenTo(Shell shell) {
    return shell.withEnvironment(this);
  }

  @Override
  public Environment read() {
    current = checked(files.refresh(current, writer));
    return current;
  }

  private Environment checked(EnvironmentDirectory.Result result) {
    for (String problem : result.problems()) {
      reports.report(Level.WARNING, problem);
    }
    return result.environment();
  }
}
