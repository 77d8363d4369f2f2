package dev.gatun.plan;

import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import java.util.List;
import java.util.Optional;

/**
 * What the signals mean that Gatun gets.
 *
 * @param stop those that begin an orderly end
 * @param rules those that do so on a condition
 * @param forwarding where they go instead, as long as it runs
 */
public record Signals(List<Signal> stop, List<SignalRule> rules, Optional<Forwarding> forwarding) {
  public Signals {
    stop = List.copyOf(stop);
    rules = List.copyOf(rules);
  }

  public static Signals stoppingOn(List<Signal> stop) {
    return new Signals(stop, List.of(), Optional.empty());
  }

  public boolean stopsOn(Signal signal) {
    for (int i = 0; i < stop.size(); i++) {
      if (stop.get(i).is(signal)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this service gets the signals that Gatun gets. */
  public boolean forwardsTo(ServiceId service) {
    return forwarding.isPresent() && forwarding.get().to().equals(service);
  }
}
