package dev.gatun.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a container does before, beside and after its services.
 *
 * @param first run one after another before the services are started
 * @param main what runs beside the services
 * @param closing run one after another when the container is to end, while the services still run
 * @param last run one after another when the services have stopped, before what is left is told to
 * @param signals the signals that end the container on a condition
 */
public record Course(
    List<Step> first,
    Optional<MainProgram> main,
    List<Step> closing,
    List<Step> last,
    List<SignalRule> signals) {
  /** Nothing but services: the container goes on without any, and waits for some to be found. */
  public static final Course NONE = new Course(List.of(), Optional.empty(), List.of(), List.of());

  public Course {
    first = List.copyOf(first);
    closing = List.copyOf(closing);
    last = List.copyOf(last);
    signals = List.copyOf(signals);
  }

  /** A course in which nothing is run before the services are told to stop. */
  public Course(
      List<Step> first, Optional<MainProgram> main, List<Step> last, List<SignalRule> signals) {
    this(first, main, List.of(), last, signals);
  }
}
