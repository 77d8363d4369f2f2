package dev.gatun.model;

/** What a process is to its service. The label stands in every line it writes. */
public enum Stage {
  /** The service itself. */
  RUN("run"),
  /** The program that the service's stdout goes through. */
  LOG("log"),
  /** The script that is run instead of sending TERM. */
  TERM("term");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
