package dev.gatun.plan;

import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import java.util.Optional;

/**
 * One service.
 *
 * @param log the program its stdout goes through, if any
 * @param pattern what the lines of its stdout are converted by, if anything; not with {@code log}
 * @param terminate what is run instead of sending TERM, if anything
 * @param exits what the end of its process means
 * @param keeping how it is kept running, if it is; not with {@code terminate}
 */
public record ServiceSpec(
    ServiceName name,
    Command run,
    Optional<Command> log,
    Optional<LinePattern> pattern,
    Optional<StopScript> terminate,
    ExitPolicy exits,
    Optional<Keeping> keeping) {

  public ServiceSpec {
    if (log.isPresent() && pattern.isPresent()) {
      throw new IllegalArgumentException("service " + name + " has a log program and a pattern");
    }
    if (keeping.isPresent() && keeping.get().log().isPresent() != log.isPresent()) {
      throw new IllegalArgumentException("service " + name + " has half a log program");
    }
    if (terminate.isPresent() && keeping.isPresent()) {
      throw new IllegalArgumentException("service " + name + " is kept and has a stop script");
    }
  }

  /** What is run as that part, which must be there. */
  public Command program(Part part) {
    return part == Part.SERVICE ? run : log.get();
  }

  /** A service that is not kept: its end is one for good. */
  public ServiceSpec(
      ServiceName name,
      Command run,
      Optional<Command> log,
      Optional<LinePattern> pattern,
      Optional<StopScript> terminate,
      ExitPolicy exits) {
    this(name, run, log, pattern, terminate, exits, Optional.empty());
  }

  /** A service whose lines are not converted. */
  public ServiceSpec(
      ServiceName name,
      Command run,
      Optional<Command> log,
      Optional<StopScript> terminate,
      ExitPolicy exits) {
    this(name, run, log, Optional.empty(), terminate, exits);
  }
}
