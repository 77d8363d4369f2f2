package dev.gatun.layout;

/** What is wrong with a layout; the message names the file or the variable and what would do. */
public final class LayoutException extends Exception {
  private static final long serialVersionUID = 1;

  private static final int FAILURE = 1;

  private final int exitCode;

  public LayoutException(String message) {
    this(message, FAILURE);
  }

  /**
   * @param exitCode what Gatun is to exit with
   */
  public LayoutException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
