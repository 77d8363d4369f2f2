package dev.gatun.plan;

import dev.gatun.model.OsString;

/**
 * How a program is started that takes Gatun's own place: as a shell starts a job. It gets a process
 * group of its own in Gatun's session, the terminal if there is one, Gatun's standard input,
 * working directory and environment as they are, and every descriptor that Gatun was given.
 *
 * @param name what the program is told to be its own name: what the user typed
 * @param inheritsOutput whether standard output and error are Gatun's own, too, so that no byte
 *     passes through Gatun
 */
public record Job(OsString name, boolean inheritsOutput) {}
