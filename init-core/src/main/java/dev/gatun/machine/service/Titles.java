package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.model.ServiceId;

/** What services are called in messages. */
final class Titles {
  private Titles() {}

  /** {@code service web}, {@code log program of service web}, {@code 1/first}. */
  static String of(Decision decision, ServiceId id) {
    return switch (id.stage()) {
      case RUN -> (decision.plan().signals().forwardsTo(id) ? "command " : "service ") + id.name();
      case LOG -> "log program of service " + id.name();
      case TERM, FINISH, CONTROL, DOWN, CHECK, FIRST, MAIN, LAST, SIGNAL -> id.toString();
    };
  }
}
