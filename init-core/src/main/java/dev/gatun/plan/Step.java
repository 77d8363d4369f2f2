package dev.gatun.plan;

import dev.gatun.model.ServiceName;

/**
 * A program that is run once, to its end, before the services start or after they have stopped.
 *
 * @param name what it is called in messages and in lines of output
 * @param failure what its failing means
 * @param setsEnvironment whether what is started after it gets another environment, which it may
 *     have left behind
 */
public record Step(ServiceName name, Command command, Failure failure, boolean setsEnvironment) {

  /** One that leaves the environment of the others as it is. */
  public Step(ServiceName name, Command command, Failure failure) {
    this(name, command, failure, false);
  }

  /**
   * What the failure of a program that is run once means: that it exited with another code than 0,
   * was killed, or could not be executed.
   *
   * @param endsStart whether any failure has the services skipped, as an end of the container would
   * @param endingCode an exit code that does so in any case; {@link ExitPolicy#NO_CODE} for none
   * @param crashEndsStart whether being killed by a signal does so in any case
   * @param givesCode whether the container ends with the program's exit code, 128+n when a signal
   *     ended it, if nothing else gives it another than 0
   */
  public record Failure(
      boolean endsStart, int endingCode, boolean crashEndsStart, boolean givesCode) {
    /** It is said, and no more. */
    public static final Failure IS_SAID = new Failure(false, ExitPolicy.NO_CODE, false, false);

    /** The container goes on, and ends with the code some day. */
    public static final Failure GIVES_CODE = new Failure(false, ExitPolicy.NO_CODE, false, true);

    /** The services are skipped, and the container ends with the code. */
    public static final Failure ENDS = new Failure(true, ExitPolicy.NO_CODE, true, true);
  }
}
