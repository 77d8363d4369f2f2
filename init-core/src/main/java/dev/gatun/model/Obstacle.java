package dev.gatun.model;

/** What kept a program from being started. */
public enum Obstacle {
  /** There is no such program. */
  NOT_FOUND,
  /** There is one, and it cannot be executed. */
  NOT_EXECUTABLE,
  /** Something else, as a limit. */
  OTHER
}
