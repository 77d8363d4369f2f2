package dev.gatun.model;

/**
 * One life of one process of a service. Numbers are never used twice in the life of a container, so
 * an event about a process that is long gone cannot be taken for one about its successor, which a
 * pid would allow.
 */
public record Incarnation(ServiceName service, Stage stage, long number) {

  public boolean is(Incarnation other) {
    return number == other.number;
  }

  /** {@code NAME/STAGE}, as it stands in log lines. */
  public String label() {
    return service + "/" + stage.label();
  }

  @Override
  public String toString() {
    return label() + "#" + number;
  }
}
