package dev.gatun.plan;

import dev.gatun.model.Order;
import java.util.List;
import java.util.Optional;

/**
 * The programs that belong to a service beside its own.
 *
 * @param finish what is run after each of its ends
 * @param standIns what is run about orders of clients
 */
public record Hooks(Optional<Finish> finish, List<StandIn> standIns) {
  public static final Hooks NONE = new Hooks(Optional.empty(), List.of());

  public Hooks {
    standIns = List.copyOf(standIns);
  }

  /** What is run after each end of the service, with {@code arguments} that tell of it. */
  public record Finish(Program program, ExitArguments arguments) {}

  /**
   * What is run before an order's signal is sent, and instead of it when it exits with 0. The one
   * of UP is run before each start, those of DOWN and EXIT after the service was told to stop.
   */
  public record StandIn(Order order, Program program) {}

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
