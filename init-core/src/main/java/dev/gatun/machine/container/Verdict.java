package dev.gatun.machine.container;

/**
 * What the container ends with, and why. It is settled by the first event that ends the container.
 * Nothing that happens afterwards changes it, but for one thing: where all was well and a program
 * that is run once has failed whose plan says that it {@linkplain
 * dev.gatun.plan.Meaning.Failure#givesCode gives the code}, the container ends with that.
 *
 * @param exitCode 0 to 255
 * @param cause a clause for people: "service api exited with 7 after 12.3 s"
 * @param asked whether a signal from outside asked for the end
 */
public record Verdict(int exitCode, String cause, boolean asked) {

  public static Verdict asked(String cause) {
    return new Verdict(0, cause, true);
  }

  public static Verdict of(int exitCode, String cause) {
    return new Verdict(exitCode, cause, false);
  }
}
