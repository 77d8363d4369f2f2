package dev.gatun.plan;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.Optional;

/**
 * A signal that ends the container only where a file permits it.
 *
 * @param script what is run first; the file need not be there
 * @param permit the file that must be executable for the orderly end to begin
 */
public record SignalRule(Signal signal, Optional<Command> script, OsString permit) {}
