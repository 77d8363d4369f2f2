package dev.gatun.machine;

/**
 * How far the container's life has come.
 *
 * <pre>
 *   Running ──the first event that ends the container──▶ Terminating
 *   Running ──nothing is left that runs──▶ Draining
 *   Terminating ──every known process is gone, none is left to reap──▶ Draining
 *   Draining ──every byte of output is written──▶ Over
 * </pre>
 */
public sealed interface Phase {

  /** Services run. */
  enum Running implements Phase {
    IT
  }

  /** The verdict is settled; processes are told to stop and are waited for. */
  record Terminating(Verdict verdict, Rest rest) implements Phase {
    Terminating(Verdict verdict) {
      this(verdict, Rest.Unknown.IT);
    }
  }

  /** No process is left; output is still to be written. */
  record Draining(Verdict verdict) implements Phase {}

  /** The end: the container's exit code is the verdict's. */
  record Over(Verdict verdict) implements Phase {}
}
