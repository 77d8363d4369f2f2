package dev.gatun.sim;

import dev.gatun.model.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/** What the kernel knows to have happened to the init, in order. */
final class History {

  /** Something that happened; {@code turn} counts how often the init had waited before it. */
  sealed interface Happening {
    long atNanos();

    int turn();
  }

  record Started(long atNanos, int turn, String program, int pid) implements Happening {}

  record NotStarted(long atNanos, int turn, String program, int error) implements Happening {}

  /** A process that the init had started ended. */
  record Ended(long atNanos, int turn, String program, int pid, ExitStatus status)
      implements Happening {}

  /**
   * A process that was nobody else's child any more ended.
   *
   * @param adoptedTurn when the init had adopted it, or -1
   */
  record OrphanEnded(long atNanos, int turn, int pid, ExitStatus status, int adoptedTurn)
      implements Happening {}

  record Signaled(long atNanos, int turn, int signal) implements Happening {}

  private static final int MAX_VIOLATIONS = 20;

  private final List<Happening> happenings = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  void add(Happening happening) {
    happenings.add(happening);
  }

  List<Happening> happenings() {
    return happenings;
  }

  /** Something that a correct init never does. */
  void violated(String rule) {
    violations.add(rule);
    if (violations.size() == MAX_VIOLATIONS) {
      throw new SimulatedKernel.Stuck("so much is wrong that it is not gone on with");
    }
  }

  List<String> violations() {
    return violations;
  }
}
