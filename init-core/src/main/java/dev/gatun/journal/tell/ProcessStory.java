package dev.gatun.journal.tell;

import dev.gatun.model.Incarnation;

/** What the journal tells of one process of a service. */
final class ProcessStory extends Story {
  final Incarnation who;
  final long orderedAt;

  /** Whether the journal begins later than the process. */
  final boolean beganEarlier;

  long spawnedAt = NEVER;
  int pid;
  long failedAt = NEVER;
  String failure = "";
  boolean toldByScript;

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

  boolean isUp() {
    return spawnedAt != NEVER && !hasEnded();
  }

  boolean failed() {
    return failedAt != NEVER;
  }
}
