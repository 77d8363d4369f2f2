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
 * @param passedOn those that every service gets, where they mean nothing of the above
 */
public record Signals(
    List<Signal> stop,
    List<SignalRule> rules,
    Optional<Forwarding> forwarding,
    List<Signal> passedOn) {
  public Signals {
    stop = List.copyOf(stop);
    rules = List.copyOf(rules);
    passedOn = List.copyOf(passedOn);
  }

  public Signals(List<Signal> stop, List<SignalRule> rules, Optional<Forwarding> forwarding) {
    this(stop, rules, forwarding, List.of());
  }

  public static Signals stoppingOn(List<Signal> stop) {
    return new Signals(stop, List.of(), Optional.empty());
  }

  /** These, which go on to this service as long as it runs. */
  public Signals forwardedBy(Forwarding to) {
    return new Signals(stop, rules, Optional.of(to), passedOn);
  }

  public boolean stopsOn(Signal signal) {
    return has(stop, signal);
  }

  public boolean passesOn(Signal signal) {
    return has(passedOn, signal);
  }

  private static boolean has(List<Signal> signals, Signal signal) {
    for (int i = 0; i < signals.size(); i++) {
      if (signals.get(i).is(signal)) {
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
