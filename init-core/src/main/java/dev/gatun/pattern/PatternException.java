package dev.gatun.pattern;

import dev.gatun.model.OsString;

/** What is wrong with a pattern; the message names the file, the line and what would do. */
public final class PatternException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient OsString file;
  private final int line;
  private final String problem;
  private final String advice;

  /**
   * @param line in the file, from 1, or 0 where no line makes sense
   * @param problem a clause that tells what is wrong
   * @param advice a clause that tells what to do
   */
  public PatternException(OsString file, int line, String problem, String advice) {
    super("cannot use " + file + (line > 0 ? ":" + line : "") + ": " + problem + ": " + advice);
    this.file = file;
    this.line = line;
    this.problem = problem;
    this.advice = advice;
  }

  public OsString file() {
    return file;
  }

  public int line() {
    return line;
  }

  public String problem() {
    return problem;
  }

  public String advice() {
    return advice;
  }
}
