package dev.gatun.kernel;

/**
 * What a process is, for people.
 *
 * @param name the base name of its first argument, or the kernel's short name for it
 * @param commandLine its arguments, separated by spaces; the name where there are none
 */
public record ProcessDescription(String name, String commandLine) {}
