package dev.gatun.journal.tell;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Signal;

/** What the journal tells of one process of a service. */
final class ProcessStory extends Story {
  final Incarnation who;

  long spawnedAt = NEVER;
  int pid;
  long failedAt = NEVER;
  String failure = "";
  boolean toldByScript;

  ProcessStory(Incarnation who) {
    this.who = who;
  }

  /** Whether it is what there is a container for, and not something beside that. */
  boolean isProgram() {
    return switch (who.stage()) {
      case RUN, FIRST, MAIN, LAST -> true;
      case LOG, TERM, FINISH, CONTROL, DOWN, CHECK, SIGNAL -> false;
    };
  }

  boolean isUp() {
    return spawnedAt != NEVER && !hasEnded();
  }

  /** A signal for its process group, which may outlive it. */
  void signalGroup(Signal signal, long atNanos) {
    if (!hasEnded()) {
      signal(signal, atNanos);
    }
  }

  boolean failed() {
    return failedAt != NEVER;
  }
}
