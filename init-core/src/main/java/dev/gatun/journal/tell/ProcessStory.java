package dev.gatun.journal.tell;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;

/** What the journal tells of one process of a service. Times are {@link #NEVER} until they come. */
final class ProcessStory {
  static final long NEVER = Long.MIN_VALUE;

  final Incarnation who;
  final long orderedAt;

  /** Whether the journal begins later than the process. */
  final boolean beganEarlier;

  long spawnedAt = NEVER;
  int pid;
  long failedAt = NEVER;
  String failure = "";
  long toldAt = NEVER;
  boolean toldByScript;
  long killedAt = NEVER;
  long endedAt = NEVER;
  ExitStatus status;

  ProcessStory(Incarnation who, long orderedAt, boolean beganEarlier) {
    this.who = who;
    this.orderedAt = orderedAt;
    this.beganEarlier = beganEarlier;
  }

  /** Whether it is what there is a container for, and not something beside that. */
  boolean isProgram() {
    return switch (who.stage()) {
      case RUN, FIRST, MAIN, LAST -> true;
      case LOG, TERM, FINISH, CONTROL, SIGNAL -> false;
    };
  }

  boolean hasEnded() {
    return endedAt != NEVER;
  }

  boolean isUp() {
    return spawnedAt != NEVER && !hasEnded();
  }

  boolean wasTold() {
    return toldAt != NEVER;
  }

  boolean wasKilled() {
    return killedAt != NEVER;
  }

  boolean failed() {
    return failedAt != NEVER;
  }
}
