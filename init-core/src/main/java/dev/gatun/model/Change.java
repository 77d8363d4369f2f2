package dev.gatun.model;

/** What somebody who operates the container wants of services, and of those that they depend on. */
public enum Change {
  /** That they run, and before them what they depend on. */
  START,
  /** That they are down, and before them what depends on them. */
  STOP,
  /** Both: what depends on them is stopped before, and started again after them. */
  RESTART
}
