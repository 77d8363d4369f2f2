package dev.gatun.cli;

import dev.gatun.loop.Reporter;
import dev.gatun.model.Level;
import dev.gatun.model.Verbosity;
import dev.gatun.output.OutputPlane;
import org.tinylog.Logger;

/**
 * Gatun's own log. While a container runs its messages go through tinylog, which {@link
 * OwnLogConfigurationLoader configures} to hand them to {@link OutputPlaneWriter}: there is one way
 * to standard error. Nothing of tinylog is loaded before there is a message whose level is said,
 * and nothing for the end of a container: its messages go there directly then, for loading the
 * library takes more processor time than all else of a short container's life.
 */
final class OwnLog implements Reporter {
  /** What tinylog makes from names of classes gets at it here. One JVM is one container. */
  private static OwnLog instance;

  private final Verbosity verbosity;
  private final OutputPlane output;
  private boolean ending;
  private boolean loaded;
  private boolean broken;

  OwnLog(Verbosity verbosity, OutputPlane output) {
    this.verbosity = verbosity;
    this.output = output;
    instance = this;
  }

  static OwnLog instance() {
    return instance;
  }

  Verbosity verbosity() {
    return verbosity;
  }

  OutputPlane output() {
    return output;
  }

  @Override
  public void containerEnds() {
    ending = true;
  }

  @Override
  public void report(Level level, String text) {
    if (!verbosity.allows(level)) {
      return;
    }
    if (!broken && (loaded || !ending)) {
      loaded = true;
      try {
        log(level, text);
        return;
      } catch (LinkageError | RuntimeException e) {
        sayBroken(e);
      }
    }
    output.say(level, text);
  }

  private static void log(Level level, String text) {
    switch (level) {
      case DEBUG -> Logger.debug(text);
      case INFO -> Logger.info(text);
      case WARNING -> Logger.warn(text);
      case ERROR -> Logger.error(text);
    }
  }

  /**
   * A directory lib/ that was not copied, a JRE without java.management: no reason to fall silent.
   */
  private void sayBroken(Throwable cause) {
    broken = true;
    output.say(
        Level.WARNING,
        "cannot use the logging library tinylog: "
            + cause
            + ": messages go to standard error without it; copy lib/ with the launcher, and use a"
            + " JRE that has the module java.management");
  }
}
