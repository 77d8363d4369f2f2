package dev.gatun.layout;

/** What is wrong with a layout; the message names the file or the variable and what would do. */
public final class LayoutException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int FAILURE = 1;

  private final int exitCode;
  private final transient EngineVariables.WrongVariable variable;

  public LayoutException(String message) {
    this(message, FAILURE);
  }

  /**
   * @param exitCode what Gatun is to exit with
   */
  public LayoutException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
    this.variable = null;
  }

  /** A variable has a value that cannot be used. */
  LayoutException(EngineVariables.WrongVariable variable) {
    super("cannot use " + variable.name() + "=" + variable.value() + ": " + variable.advice());
    this.exitCode = FAILURE;
    this.variable = variable;
  }

  /** The variable whose value it is about, or null. */
  EngineVariables.WrongVariable variable() {
    return variable;
  }

  public int exitCode() {
    return exitCode;
  }
}
