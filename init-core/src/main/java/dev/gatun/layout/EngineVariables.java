package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;

/** What all layouts read from the same variables: how output looks and how long things may take. */
final class EngineVariables {
  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final long DEFAULT_ORPHAN_KILL_NANOS = 30 * NANOS_A_SECOND;
  private static final long DEFAULT_LINE_BYTES = 1024 * 1024;
  private static final long LEAST_LINE_BYTES = 64;
  private static final long MOST_LINE_BYTES = 64 * 1024 * 1024;
  private static final long ORPHAN_MATURITY_NANOS = 10_000_000;

  /** How long services have to stop, and what they leave where nothing else is set for that. */
  private static final String KILL_TIMEOUT = "GATUN_KILL_TIMEOUT";

  /** Signals that end the container in order, beside those of its layout. */
  private static final String STOP_SIGNALS = "GATUN_STOP_SIGNALS";

  /** Signals that all services get. */
  private static final String FORWARD = "GATUN_FORWARD";

  private final Variables variables;

  EngineVariables(Variables variables) {
    this.variables = variables;
  }

  /**
   * What is done about orphans.
   *
   * @param otherwise what is done where nothing is set
   */
  OrphanPolicy readOrphanPolicy(OrphanPolicy.Kind otherwise) throws LayoutException {
    int kind =
        variables.choice(
            "DINIT_REPARENTING_POLICY", otherwise.ordinal(), "terminate", "adopt", "ignore");
    return new OrphanPolicy(
        OrphanPolicy.Kind.values()[kind],
        ORPHAN_MATURITY_NANOS,
        variables.secondsAsNanos(
            "DINIT_KILL_TIMEOUT",
            variables.secondsAsNanos(KILL_TIMEOUT, DEFAULT_ORPHAN_KILL_NANOS)));
  }

  /**
   * What signals mean, with what these variables add to it: more that end the container, and those
   * that the services get.
   *
   * @param ofLayout what they mean where nothing is set
   */
  Signals readSignals(Signals ofLayout) throws LayoutException {
    List<Signal> stop = new ArrayList<>(ofLayout.stop());
    stop.addAll(variables.signals(STOP_SIGNALS));
    List<Signal> passedOn = variables.signals(FORWARD);
    Signals signals = new Signals(stop, ofLayout.rules(), ofLayout.forwarding(), passedOn);
    for (int i = 0; i < passedOn.size(); i++) {
      if (signals.stopsOn(passedOn.get(i))) {
        variables.refuse(
            FORWARD, "signals that do not end the container, as " + passedOn.get(i) + " does");
        break;
      }
    }
    return signals;
  }

  long readKillAfterNanos() throws LayoutException {
    return variables.secondsAsNanos(KILL_TIMEOUT, Stop.NO_KILL);
  }

  long readDrainNanos() throws LayoutException {
    return variables.secondsAsNanos("GATUN_DRAIN_TIMEOUT", Plan.DEFAULT_DRAIN_NANOS);
  }

  /**
   * How output looks, where it goes through Gatun.
   *
   * @param jsonOtherwise whether standard output is JSON where nothing is set
   */
  OutputSettings readOutput(boolean jsonOtherwise) throws LayoutException {
    OutputSettings output =
        new OutputSettings(readStdout(jsonOtherwise), readVerbosity(), readLineLimit(), false);
    if (variables.findings().areWanted()) {
      JournalSettings.check(variables);
      HttpSettings.check(variables);
    }
    return output;
  }

  /** As dinit: 0 is plain, anything else is JSON. */
  private OutputFormat readStdout(boolean jsonOtherwise) throws LayoutException {
    int json = variables.choice("GATUN_JSON", 0, "check", "strict", "trust");
    OsString value = variables.get("DINIT_JSON_STDOUT", OsString.of(jsonOtherwise ? "1" : "0"));
    if (value.equals(OsString.of("0"))) {
      return OutputFormat.PLAIN;
    }
    return switch (json) {
      case 1 -> OutputFormat.STRICT_JSON;
      case 2 -> OutputFormat.TRUSTED_JSON;
      default -> OutputFormat.JSON;
    };
  }

  private long readLineLimit() throws LayoutException {
    return variables.bytes("GATUN_LINE_MAX", DEFAULT_LINE_BYTES, LEAST_LINE_BYTES, MOST_LINE_BYTES);
  }

  private Verbosity readVerbosity() throws LayoutException {
    Verbosity[] all = Verbosity.values();
    int choice =
        variables.choice(
            "DINIT_LOG_LEVEL", Verbosity.WARN.ordinal(), "none", "error", "warn", "info", "debug");
    return all[choice];
  }

  /** Has all that is wrong with these variables told. */
  void check() throws LayoutException {
    readOrphanPolicy(OrphanPolicy.Kind.TERMINATE);
    readSignals(Signals.stoppingOn(List.of()));
    readKillAfterNanos();
    readDrainNanos();
    readOutput(true);
  }
}
