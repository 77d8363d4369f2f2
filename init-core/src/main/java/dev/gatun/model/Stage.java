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
  /** What is run after each end of the service. */
  FINISH("finish"),
  /** What is run about an order of a client, before its signal is sent. */
  CONTROL("control"),
  /** What takes back what a program that is run once has done. */
  DOWN("down"),
  /** What is run to see whether the service is ready or well. */
  CHECK("check"),
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

  /** The stage of the service that the process belongs to. */
  public Stage owner() {
    boolean belongsToService =
        this == TERM || this == FINISH || this == CONTROL || this == DOWN || this == CHECK;
    return belongsToService ? RUN : this;
  }

  /** Whether it is something that the container itself does, and that is no service's. */
  public boolean isOfTheContainer() {
    return this == FIRST || this == MAIN || this == LAST || this == SIGNAL;
  }

  public String label() {
    return label;
  }
}
