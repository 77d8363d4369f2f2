package dev.gatun.plan;

import dev.gatun.model.Order;
import java.util.List;
import java.util.Optional;

/**
 * The programs that belong to a service beside its own.
 *
 * @param finish what is run after each of its ends
 * @param standIns what is run about orders of clients
 * @param down what takes back what a program that is run once has done
 */
public record Hooks(Optional<Finish> finish, List<StandIn> standIns, Optional<Down> down) {
  public static final Hooks NONE = new Hooks(Optional.empty(), List.of());

  public Hooks {
    standIns = List.copyOf(standIns);
  }

  /** Of a program that does nothing which is to be taken back. */
  public Hooks(Optional<Finish> finish, List<StandIn> standIns) {
    this(finish, standIns, Optional.empty());
  }

  /**
   * What is run after each end of the service, with {@code arguments} that tell of it.
   *
   * @param killAfterNanos how long it may take before it gets KILL; 0 for as long as it likes, but
   *     for the end of the container
   * @param failureCode the exit code by which it says that the service is not to be started again;
   *     0 for none
   */
  public record Finish(
      Program program, ExitArguments arguments, long killAfterNanos, int failureCode) {
    /** It may take its time, and has no say. */
    public Finish(Program program, ExitArguments arguments) {
      this(program, arguments, 0, 0);
    }
  }

  /**
   * What is run when a program that is run once has succeeded and is no longer wanted: when those
   * that depend on it are down.
   *
   * @param killAfterNanos how long it may take before it gets KILL; 0 for as long as it likes
   */
  public record Down(Program program, long killAfterNanos) {}

  /**
   * What is run before an order's signal is sent, and instead of it when it exits with 0. The one
   * of UP is run before each start, those of DOWN and EXIT after the service was told to stop.
   */
  public record StandIn(Order order, Program program) {}

  /** Whether there are none. */
  boolean isEmpty() {
    return finish.isEmpty() && standIns.isEmpty() && down.isEmpty();
  }

  /** What is run about an order, if anything. */
  public Optional<Program> standIn(Order order) {
    for (int i = 0; i < standIns.size(); i++) {
      if (standIns.get(i).order() == order) {
        return Optional.of(standIns.get(i).program());
      }
    }
    return Optional.empty();
  }
}
