package dev.gatun.machine;

/** What is wanted of a service, whatever it is doing just now. */
public enum Want {
  UP,
  DOWN
}
