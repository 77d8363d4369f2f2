package dev.gatun.plan;

import dev.gatun.model.ServiceId;
import java.util.Optional;

/**
 * What a service reads and where its standard output goes. Its standard error always goes to the
 * output plane, and so does its standard output where nothing else is said.
 *
 * @param input the service whose output it reads, through a pipe that lives as long as either may
 *     be started again
 * @param output the service that reads its output
 * @param pattern what the lines of its standard output are converted by; not with {@code output}
 */
public record Wiring(
    Optional<ServiceId> input, Optional<ServiceId> output, Optional<LinePattern> pattern) {
  /** Its lines are its own, and it reads nothing. */
  public static final Wiring LINES =
      new Wiring(Optional.empty(), Optional.empty(), Optional.empty());

  public Wiring {
    if (output.isPresent() && pattern.isPresent()) {
      throw new IllegalArgumentException("lines go to " + output.get() + " and are converted");
    }
  }

  public static Wiring readingFrom(ServiceId service) {
    return new Wiring(Optional.of(service), Optional.empty(), Optional.empty());
  }

  public static Wiring writingTo(ServiceId service) {
    return new Wiring(Optional.empty(), Optional.of(service), Optional.empty());
  }

  public static Wiring convertedBy(LinePattern pattern) {
    return new Wiring(Optional.empty(), Optional.empty(), Optional.of(pattern));
  }
}
