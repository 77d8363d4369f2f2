package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import java.util.Optional;

/** What the end of a service's program means for the container. */
public sealed interface Meaning {

  /** Nothing: the container goes on. */
  enum Nothing implements Meaning {
    IT
  }

  /**
   * The container ends.
   *
   * @param code what it ends with
   * @param disablingCode the exit code that means "I have disabled myself, let the rest go on";
   *     {@link ExitCode#NONE} for none
   * @param graceNanos so long a service may outlive the program that reads from it, and still count
   *     as the one that ended first: they often end together, and are seen in either order
   */
  record EndsContainer(ExitCode code, int disablingCode, long graceNanos) implements Meaning {
    /** No exit code disables it, and nobody's word counts before its own. */
    public EndsContainer(ExitCode code) {
      this(code, ExitCode.NONE, 0);
    }

    public boolean disables(Optional<ExitStatus> status) {
      return status.isPresent() && status.get().isCode(disablingCode);
    }
  }

  /**
   * A program that is run once, to its end.
   *
   * @param failure what its failure means
   * @param setsEnvironment whether what is started after it gets another environment, which it may
   *     have left behind
   * @param makesServices whether services are looked for when it has ended, and not before: it may
   *     make some
   */
  record Oneshot(Failure failure, boolean setsEnvironment, boolean makesServices)
      implements Meaning {
    public Oneshot(Failure failure) {
      this(failure, false);
    }

    public Oneshot(Failure failure, boolean setsEnvironment) {
      this(failure, setsEnvironment, false);
    }
  }

  /**
   * What it means that a program which is run once exited with another code than 0, was killed, or
   * could not be executed.
   *
   * @param endsStart whether any failure has the services skipped, as an end of the container would
   * @param endingCode an exit code that does so in any case; {@link ExitCode#NONE} for none
   * @param crashEndsStart whether being killed by a signal does so in any case
   * @param givesCode whether the container ends with the program's exit code, 128+n when a signal
   *     ended it, if nothing else gives it another than 0
   * @param code what it ends with instead; 0 for the program's own
   */
  record Failure(
      boolean endsStart, int endingCode, boolean crashEndsStart, boolean givesCode, int code) {
    /** With the program's own code, if any. */
    public Failure(boolean endsStart, int endingCode, boolean crashEndsStart, boolean givesCode) {
      this(endsStart, endingCode, crashEndsStart, givesCode, 0);
    }

    /** It is said, and no more. */
    public static final Failure IS_SAID = new Failure(false, ExitCode.NONE, false, false);

    /** The container goes on, and ends with the code some day. */
    public static final Failure GIVES_CODE = new Failure(false, ExitCode.NONE, false, true);

    /** The services are skipped, and the container ends with the code. */
    public static final Failure ENDS = new Failure(true, ExitCode.NONE, true, true);

    /**
     * Whether the services are skipped.
     *
     * @param status empty when the program could not be started
     */
    public boolean endsStart(Optional<ExitStatus> status) {
      if (status.isEmpty()) {
        return endsStart || crashEndsStart;
      }
      boolean crashed = !(status.get() instanceof ExitStatus.Exited);
      return endsStart || crashEndsStart && crashed || status.get().isCode(endingCode);
    }

    /** What the container ends with: the program's code as a shell has it, or another. */
    public int codeOf(Optional<ExitStatus> status) {
      if (code != 0) {
        return code;
      }
      return status.isEmpty() ? ExitCode.OWN_FAILURE : status.get().shellCode(ExitCode.OWN_FAILURE);
    }
  }
}
