package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.Optional;

/**
 * Something that is wrong with a service tree.
 *
 * @param code a word that stays the same in all versions: {@code interpreter-missing}
 * @param service the name of the service's directory, if it concerns one
 * @param where the file or the variable
 * @param line in the file, from 1, or 0 where no line makes sense
 * @param problem a clause that tells what is wrong: "it is not executable"
 * @param advice a clause that tells what to do: "run chmod +x"
 */
public record Finding(
    Severity severity,
    String code,
    Optional<OsString> service,
    OsString where,
    int line,
    String problem,
    String advice) {

  /** How much it matters. */
  public enum Severity {
    /** The container, or a part of it, cannot do what it is there for. */
    ERROR,
    /** It can, but hardly as somebody meant it. */
    WARNING
  }

  static Finding error(String code, OsString where, int line, String problem, String advice) {
    return new Finding(Severity.ERROR, code, Optional.empty(), where, line, problem, advice);
  }

  /** A variable whose value cannot be used. */
  public static Finding ofVariable(String name, String problem, String advice) {
    return error("variable", OsString.of(name), 0, problem, advice);
  }

  static Finding warning(String code, OsString where, int line, String problem, String advice) {
    return new Finding(Severity.WARNING, code, Optional.empty(), where, line, problem, advice);
  }

  Finding of(OsString name) {
    return new Finding(severity, code, Optional.of(name), where, line, problem, advice);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** {@code PROBLEM: ADVICE}, the place left to whoever says it. */
  public String text() {
    return problem + ": " + advice;
  }
}
