package dev.gatun.journal;

/** Something is not a journal, or not one that can be used; the message says why. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1;

  public JournalException(String message) {
    super(message);
  }
}
