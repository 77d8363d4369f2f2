package dev.gatun.plan;

import dev.gatun.model.ServiceName;
import java.util.Optional;

/**
 * One service.
 *
 * @param log the program its stdout goes through, if any
 * @param terminate what is run instead of sending TERM, if anything
 * @param exits what the end of its process means
 */
public record ServiceSpec(
    ServiceName name,
    Command run,
    Optional<Command> log,
    Optional<StopScript> terminate,
    ExitPolicy exits) {}
