package dev.gatun.machine.service;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Obstacle;
import java.util.Optional;

/**
 * What has come of a program.
 *
 * @param status how it ended; empty when it did not start
 * @param obstacle why it could not be started; empty when it ended, or need not have been there
 */
record Outcome(Optional<ExitStatus> status, Optional<Obstacle> obstacle) {
  /** It need not have been there, and was not. */
  static final Outcome MISSING = new Outcome(Optional.empty(), Optional.empty());

  static Outcome exited(ExitStatus status) {
    return new Outcome(Optional.of(status), Optional.empty());
  }

  static Outcome notStarted(Obstacle obstacle) {
    return new Outcome(Optional.empty(), Optional.of(obstacle));
  }

  boolean isSuccess() {
    return status.isPresent() && status.get().isSuccess();
  }
}
