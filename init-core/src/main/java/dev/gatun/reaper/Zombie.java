package dev.gatun.reaper;

/**
 * A child that has ended and was not waited for. Two are the same only if they were started at the
 * same time: a number is given again to another process once its first owner was reaped.
 *
 * @param pid its process id
 * @param startTicks when it was started, in ticks since the machine's boot; -1 if that is not known
 */
record Zombie(int pid, long startTicks) {}
