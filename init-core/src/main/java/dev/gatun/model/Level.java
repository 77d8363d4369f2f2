package dev.gatun.model;

/** How much a message of Gatun's own matters, from the least to the most. */
public enum Level {
  DEBUG("debug"),
  INFO("info"),
  WARNING("warning"),
  ERROR("error");

  private final String label;

  Level(String label) {
    this.label = label;
  }

  /** As it stands in the message. */
  public String label() {
    return label;
  }
}
