package dev.gatun.model;

/** How the lines of services' stdout are marked with their origin. */
public enum OutputFormat {
  /**
   * Lines that are valid JSON objects get service, stage and time as further members; others are
   * reported on standard error.
   */
  JSON,
  /** As {@link #JSON}, but what is no object becomes the text of one: all lines are there. */
  STRICT_JSON,
  /** As {@link #JSON}, but a line is an object if it has braces at both ends. */
  TRUSTED_JSON,
  /** Lines are text, and get time, service and stage in front. */
  PLAIN
}
