package dev.gatun.plan;

import dev.gatun.model.ServiceName;

/**
 * A program that runs while the container does, beside the services. Killed by a signal, or exited
 * with a code that asks for it, it is started again once its process group has been killed; any
 * other end of it is the orderly end of the container.
 *
 * @param restartCode the exit code that asks for another start; {@link ExitPolicy#NO_CODE} for none
 * @param pauseNanos how long after that it is started again
 */
public record MainProgram(ServiceName name, Command command, int restartCode, long pauseNanos) {}
