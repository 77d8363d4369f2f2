/**
 * The pure core: what a container does, decided event by event. {@link
 * dev.gatun.machine.InitMachine} answers an {@link dev.gatun.machine.Event} in a {@link
 * dev.gatun.machine.State} with a {@link dev.gatun.machine.Transition}; a {@link
 * dev.gatun.machine.Decision} is one in the making. No class here stands in a circle with another.
 */
package dev.gatun.machine;
