package dev.gatun.machine.service;

import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Deadline;

/** A verdict that will hold unless something is heard before {@code at} that explains it. */
public record PendingVerdict(Deadline at, Verdict verdict) {
  /** Nothing is pending. */
  public static final PendingVerdict NONE =
      new PendingVerdict(Deadline.NEVER, Verdict.of(0, "nothing happened"));
}
