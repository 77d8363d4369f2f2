package dev.gatun.layout;

/** What is wrong with a layout; it names the file or the variable and what would do. */
public final class LayoutException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int FAILURE = 1;

  private final String problem;
  private final String advice;
  private final int exitCode;

  /** Something that needs no advice. */
  public LayoutException(String problem) {
    this(problem, "");
  }

  /**
   * @param problem what cannot be done, and why
   * @param advice what to do; empty where that needs no words
   */
  public LayoutException(String problem, String advice) {
    this(problem, advice, FAILURE);
  }

  /**
   * @param exitCode what Gatun is to exit with
   */
  public LayoutException(String problem, String advice, int exitCode) {
    super(advice.isEmpty() ? problem : problem + ": " + advice);
    this.problem = problem;
    this.advice = advice;
    this.exitCode = exitCode;
  }

  public String problem() {
    return problem;
  }

  public String advice() {
    return advice;
  }

  public int exitCode() {
    return exitCode;
  }
}
