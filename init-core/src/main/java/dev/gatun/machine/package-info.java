/**
 * The pure core: {@link dev.gatun.machine.InitMachine#step} decides what the container does.
 * Nothing here reads a clock, a file or the environment, and nothing here acts: decisions are
 * values.
 */
package dev.gatun.machine;
