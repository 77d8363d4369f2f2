package dev.gatun.kernel;

/** What readiness is wanted of a descriptor. The end of a stream counts as something to read. */
public enum Interest {
  READABLE,
  WRITABLE
}
