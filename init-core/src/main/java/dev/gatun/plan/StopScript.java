package dev.gatun.plan;

/**
 * What is run instead of sending TERM to a service.
 *
 * @param pidVariable the environment variable in which the script finds the pid of the process that
 *     it is to end
 */
public record StopScript(Command command, String pidVariable) {}
