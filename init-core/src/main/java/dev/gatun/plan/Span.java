package dev.gatun.plan;

/**
 * From which target on a service is wanted, and until which.
 *
 * @param from the first that wants it
 * @param until the last that wants it
 */
public record Span(Target from, Target until) {
  /** A program that comes before the services. */
  public static final Span START = new Span(Target.START, Target.START);

  /** A service that is told to stop as soon as the container is to end. */
  public static final Span UP = new Span(Target.UP, Target.UP);

  /** A service that programs at the end still find. */
  public static final Span UP_AND_CLOSING = new Span(Target.UP, Target.CLOSING);

  /** A program that may be started while the container runs, before its services are up too. */
  public static final Span START_AND_UP = new Span(Target.START, Target.UP);

  /** A program at the end that finds services running. */
  public static final Span CLOSING = new Span(Target.CLOSING, Target.CLOSING);

  /** A program that comes after the services. */
  public static final Span LAST = new Span(Target.LAST, Target.LAST);

  public Span {
    if (from.compareTo(until) > 0) {
      throw new IllegalArgumentException("from " + from + " until " + until);
    }
  }

  public boolean contains(Target target) {
    return from.compareTo(target) <= 0 && target.compareTo(until) <= 0;
  }
}
