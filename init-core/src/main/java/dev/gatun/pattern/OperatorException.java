package dev.gatun.pattern;

/** What is wrong with the name of a group. */
final class OperatorException extends Exception {
  private static final long serialVersionUID = 1;

  private final int index;
  private final String advice;

  /**
   * @param index in the name, of what is wrong
   * @param problem a clause that tells what is wrong
   * @param advice a clause that tells what to do
   */
  OperatorException(int index, String problem, String advice) {
    super(problem);
    this.index = index;
    this.advice = advice;
  }

  int index() {
    return index;
  }

  String advice() {
    return advice;
  }
}
