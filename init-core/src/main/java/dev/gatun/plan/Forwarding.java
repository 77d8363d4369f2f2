package dev.gatun.plan;

import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import java.util.List;
import java.util.Optional;

/**
 * Where the signals go that Gatun gets, when they do not mean Gatun.
 *
 * @param to the service whose process gets them
 * @param wholeGroup whether the process group of that process gets them, and not it alone
 * @param rewrites what becomes of signals that are not passed on as they are; of two for the same
 *     signal the last counts
 */
public record Forwarding(ServiceId to, boolean wholeGroup, List<Rewrite> rewrites) {

  /**
   * What becomes of a signal.
   *
   * @param to what is passed on instead; nothing when it is empty
   */
  public record Rewrite(Signal from, Optional<Signal> to) {}

  public Forwarding {
    rewrites = List.copyOf(rewrites);
  }

  /** What is passed on of a signal, if anything. */
  public Optional<Signal> passedOn(Signal received) {
    for (int i = rewrites.size() - 1; i >= 0; i--) {
      if (rewrites.get(i).from().is(received)) {
        return rewrites.get(i).to();
      }
    }
    return Optional.of(received);
  }
}
