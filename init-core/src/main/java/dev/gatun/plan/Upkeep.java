package dev.gatun.plan;

import dev.gatun.model.OsString;
import java.util.Optional;

/**
 * How one program is kept running.
 *
 * @param startsUntold whether it is started as soon as it is known; otherwise when it is told to
 * @param finish what is run after each end of the program, with two arguments more: its exit code,
 *     -1 when a signal ended it, and the low byte of its wait status; {@code 111 0} when it could
 *     not be executed. The file need not be there
 * @param controls the directory of the scripts, each called by a command's letter, that are run
 *     before a command sends its signal, and instead of it when they exit with 0; none need be
 *     there
 */
public record Upkeep(
    RestartPolicy restarts,
    boolean startsUntold,
    Optional<Command> finish,
    Optional<OsString> controls) {}
