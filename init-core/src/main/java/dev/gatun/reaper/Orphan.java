package dev.gatun.reaper;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A process that had lost its parent, has ended and was reaped.
 *
 * @param pid its process id, which another process may have by now
 * @param command the name of its program, at most 15 bytes of it (a zombie has no command line);
 *     empty where /proc does not show it
 * @param started when it was started, to a hundredth of a second; {@link Instant#EPOCH} where /proc
 *     does not show it
 * @param exitCode the code that it ended with, 0 to 255; empty when a signal ended it
 * @param signal the number of the signal that ended it; empty when it ended by itself
 * @param core whether it left a core file
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public record Orphan(
    long pid,
    String command,
    Instant started,
    OptionalInt exitCode,
    OptionalInt signal,
    boolean core) {}
