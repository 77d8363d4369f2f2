package dev.gatun.model;

/**
 * What a process is to its service or to the container. The label stands in every line it writes.
 */
public enum Stage {
  /** The service itself. */
  RUN("run"),
  /** The program that the service's stdout goes through. */
  LOG("log"),
  /** The script that is run instead of sending TERM. */
  TERM("term"),
  /** What is run after each end of a kept service. */
  FINISH("finish"),
  /** What is run before a command's signal is sent to a kept service. */
  CONTROL("control"),
  /** What is run once before the services. */
  FIRST("first"),
  /** What runs beside the services. */
  MAIN("main"),
  /** What is run once after the services. */
  LAST("last"),
  /** What is run when a signal came. */
  SIGNAL("signal");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** Whether it is something that the container itself does, and that is no service's. */
  public boolean isOfTheContainer() {
    return this == FIRST || this == MAIN || this == LAST || this == SIGNAL;
  }

  public String label() {
    return label;
  }
}
