package dev.gatun.machine;

/**
 * What the container ends with, and why. It is settled once, by the first event that ends the
 * container; nothing that happens afterwards changes it.
 *
 * @param exitCode 0 to 255
 * @param cause a clause for people: "service api exited with 7 after 12.3 s"
 * @param asked whether a signal from outside asked for the end
 */
public record Verdict(int exitCode, String cause, boolean asked) {
  /** Gatun's own failure, a service that cannot be started among them. */
  static final int OWN_FAILURE = 1;

  static Verdict asked(String cause) {
    return new Verdict(0, cause, true);
  }

  static Verdict of(int exitCode, String cause) {
    return new Verdict(exitCode, cause, false);
  }
}
