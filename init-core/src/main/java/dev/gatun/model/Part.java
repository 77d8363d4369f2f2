package dev.gatun.model;

/** One of the two programs of a kept service: each is told, restarted and shown on its own. */
public enum Part {
  /** The service itself. */
  SERVICE,
  /** The service that its stdout goes to. */
  LOG
}
