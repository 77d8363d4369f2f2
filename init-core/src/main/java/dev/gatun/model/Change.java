package dev.gatun.model;

/** What somebody who operates the container wants of services, and of those that they depend on. */
public enum Change {
  /** That they run, and before them what they depend on. */
  START("start"),
  /** That they are down, and before them what depends on them. */
  STOP("stop"),
  /** Both: what depends on them is stopped before, and started again after them. */
  RESTART("restart");

  private final String verb;

  Change(String verb) {
    this.verb = verb;
  }

  public String verb() {
    return verb;
  }
}
