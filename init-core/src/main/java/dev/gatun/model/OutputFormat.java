package dev.gatun.model;

/** How the lines of services' stdout are marked with their origin. */
public enum OutputFormat {
  /** Lines are JSON objects, and get service, stage and time as further members. */
  JSON,
  /** Lines are text, and get time, service and stage in front. */
  PLAIN
}
