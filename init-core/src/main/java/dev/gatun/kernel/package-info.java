/**
 * The port to the kernel: what the loop and the output plane need of an operating system, and no
 * more. Two adapters speak it: the real one, and the tests' simulated one.
 */
package dev.gatun.kernel;
