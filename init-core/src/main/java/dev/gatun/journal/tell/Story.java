package dev.gatun.journal.tell;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;

/** What a journal tells of any process's end. Times are {@link #NEVER} until they come. */
abstract class Story {
  static final long NEVER = Long.MIN_VALUE;

  long toldAt = NEVER;
  long killedAt = NEVER;
  long endedAt = NEVER;
  ExitStatus status;

  final boolean hasEnded() {
    return endedAt != NEVER;
  }

  final boolean wasTold() {
    return toldAt != NEVER;
  }

  final boolean wasKilled() {
    return killedAt != NEVER;
  }

  final void end(ExitStatus how, long atNanos) {
    endedAt = atNanos;
    status = how;
  }

  final void signal(Signal signal, long atNanos) {
    if (signal.is(Signal.TERM)) {
      toldAt = atNanos;
    } else if (signal.is(Signal.KILL)) {
      killedAt = atNanos;
    }
  }
}
