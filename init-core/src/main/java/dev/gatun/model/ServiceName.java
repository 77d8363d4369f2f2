package dev.gatun.model;

/** A service's name: the name of its directory, any bytes but NUL and slash. */
public record ServiceName(OsString value) implements Comparable<ServiceName> {

  public static ServiceName of(String text) {
    return new ServiceName(OsString.of(text));
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
