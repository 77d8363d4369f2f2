package dev.gatun.machine;

import dev.gatun.model.Deadline;

/**
 * How far the container's life has come.
 *
 * <pre>
 *   Running ──the first event that ends the container──▶ Terminating
 *   Running ──nothing is left that runs──▶ Draining
 *   Terminating ──every known process is gone, none is left to reap──▶ Draining
 *   Draining ──every byte of output is written, or nobody takes it any more──▶ Over
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

  /**
   * No process is left; output is still to be written.
   *
   * @param giveUpAt when to stop waiting for a reader; every byte that is taken puts it off
   */
  record Draining(Verdict verdict, Deadline giveUpAt) implements Phase {}

  /** The end: the container's exit code is the verdict's. */
  record Over(Verdict verdict) implements Phase {}
}
