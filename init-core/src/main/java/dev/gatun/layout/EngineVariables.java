package dev.gatun.layout;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
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

  private final Variables variables;

  EngineVariables(Variables variables) {
    this.variables = variables;
  }

  /**
   * The plan with what stands beside it.
   *
   * @param jsonOtherwise whether standard output is JSON where nothing is set
   */
  Configuration configuration(Plan plan, boolean jsonOtherwise) throws LayoutException {
    return new Configuration(plan, readStdout(jsonOtherwise), readVerbosity(), readLineLimit());
  }

  /**
   * @param otherwise what is done about orphans where nothing is set
   */
  OrphanPolicy readOrphanPolicy(OrphanPolicy.Kind otherwise) throws LayoutException {
    return new OrphanPolicy(
        readOrphanKind(otherwise),
        ORPHAN_MATURITY_NANOS,
        variables.secondsAsNanos("DINIT_KILL_TIMEOUT", DEFAULT_ORPHAN_KILL_NANOS));
  }

  private OrphanPolicy.Kind readOrphanKind(OrphanPolicy.Kind otherwise) throws LayoutException {
    OrphanPolicy.Kind[] kinds = OrphanPolicy.Kind.values();
    int choice =
        variables.choice(
            "DINIT_REPARENTING_POLICY", otherwise.ordinal(), "terminate", "adopt", "ignore");
    return kinds[choice];
  }

  long readKillAfterNanos() throws LayoutException {
    return variables.secondsAsNanos("GATUN_KILL_TIMEOUT", Plan.NO_KILL);
  }

  long readDrainNanos() throws LayoutException {
    return variables.secondsAsNanos("GATUN_DRAIN_TIMEOUT", Plan.DEFAULT_DRAIN_NANOS);
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

  /** A variable whose value is refused. */
  record WrongVariable(OsString name, OsString value, String advice) {}

  /** All variables whose values would be refused. */
  static List<WrongVariable> wrongVariables(Environment environment) {
    EngineVariables engine = new EngineVariables(new Variables(environment));
    return wrong(
        environment,
        engine::readVariable,
        "DINIT_REPARENTING_POLICY",
        "DINIT_KILL_TIMEOUT",
        "GATUN_KILL_TIMEOUT",
        "DINIT_LOG_LEVEL",
        "GATUN_DRAIN_TIMEOUT",
        "GATUN_LINE_MAX",
        "GATUN_JSON",
        JournalSettings.VARIABLE,
        JournalSettings.MAX_VARIABLE);
  }

  /** Looks at the value of a variable. */
  interface Reader {
    void read(String name) throws LayoutException;
  }

  /** Which of these variables have values that their reader refuses. */
  static List<WrongVariable> wrong(Environment environment, Reader reader, String... names) {
    List<WrongVariable> wrong = new ArrayList<>();
    for (String name : names) {
      try {
        reader.read(name);
      } catch (LayoutException e) {
        String message = e.getMessage();
        String advice = message.substring(message.indexOf(": ") + 2);
        wrong.add(new WrongVariable(OsString.of(name), environment.get(name), advice));
      }
    }
    return wrong;
  }

  private void readVariable(String name) throws LayoutException {
    switch (name) {
      case "DINIT_REPARENTING_POLICY" -> readOrphanKind(OrphanPolicy.Kind.TERMINATE);
      case "DINIT_LOG_LEVEL" -> readVerbosity();
      case "GATUN_LINE_MAX" -> readLineLimit();
      case "GATUN_JSON" -> readStdout(true);
      case JournalSettings.VARIABLE -> JournalSettings.readTarget(variables);
      case JournalSettings.MAX_VARIABLE -> JournalSettings.readMaxBytes(variables);
      default -> variables.secondsAsNanos(name, 0);
    }
  }
}
