/**
 * A kernel in memory, made from one seed: processes, pipes, descriptors, signals and a clock that
 * only moves while the loop waits. The real loop runs on it, and what it did is held against what
 * the kernel knows to have happened.
 */
package dev.gatun.sim;
