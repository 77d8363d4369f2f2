package dev.gatun.model;

/** How the lines of services' stdout are marked with their origin. */
public enum OutputFormat {
  /** Lines are JSON objects, and get service, stage and time as further members. */
  JSON,
  /** As {@link #JSON}, and what is not one valid object is made one: every line is valid JSON. */
  STRICT_JSON,
  /** Lines are text, and get time, service and stage in front. */
  PLAIN
}
