package dev.gatun.plan;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import java.util.Optional;

/**
 * A signal that ends the container only where a file permits it.
 *
 * @param program the service that is started first, if any
 * @param permit the file that must be executable for the orderly end to begin
 */
public record SignalRule(Signal signal, Optional<ServiceId> program, OsString permit) {}
