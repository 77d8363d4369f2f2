package dev.gatun.pattern;

/** An operator cannot do anything with a value. */
final class OperatorFailure extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param problem what the value is, as in "is no whole number"
   */
  OperatorFailure(String problem) {
    super(problem, null, false, false);
  }
}
