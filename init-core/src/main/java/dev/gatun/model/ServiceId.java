package dev.gatun.model;

/**
 * Which service of a container: {@code web/run} and its log program {@code web/log} are two.
 * Scripts that belong to a service have its name and another stage, and are processes of it.
 *
 * @param stage what the service's own program is: never one of the scripts of a service
 */
public record ServiceId(ServiceName name, Stage stage) implements Comparable<ServiceId> {

  public ServiceId {
    if (stage.owner() != stage) {
      throw new IllegalArgumentException("no service is a " + stage);
    }
  }

  /** A service of that name in a directory of services. */
  public static ServiceId run(ServiceName name) {
    return new ServiceId(name, Stage.RUN);
  }

  /** The log program of the service of that name. */
  public static ServiceId log(ServiceName name) {
    return new ServiceId(name, Stage.LOG);
  }

  @Override
  public int compareTo(ServiceId other) {
    return compareTo(other.name, other.stage);
  }

  /** The same, without an identity to be made for the question. */
  public int compareTo(ServiceName otherName, Stage otherStage) {
    int order = name.compareTo(otherName);
    return order != 0 ? order : stage.ordinal() - otherStage.ordinal();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceId that && stage == that.stage && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + stage.ordinal();
  }

  /** {@code NAME/STAGE}, as it stands in log lines. */
  @Override
  public String toString() {
    return name + "/" + stage.label();
  }
}
