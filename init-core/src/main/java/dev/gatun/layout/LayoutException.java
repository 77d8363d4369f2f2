package dev.gatun.layout;

/** What is wrong with a layout; the message names the file or the variable and what would do. */
public final class LayoutException extends Exception {
  private static final long serialVersionUID = 1;

  public LayoutException(String message) {
    super(message);
  }
}
