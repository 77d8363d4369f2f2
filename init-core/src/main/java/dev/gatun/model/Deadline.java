package dev.gatun.model;

/** An instant on the monotonic clock at which something is to be done. */
public record Deadline(long atNanos) {
  /** Later than every instant: nothing is to be done. */
  public static final Deadline NEVER = new Deadline(Long.MAX_VALUE);

  /** {@code delayNanos} after {@code nowNanos}; NEVER when that cannot be counted. */
  public static Deadline after(long nowNanos, long delayNanos) {
    long at = nowNanos + delayNanos;
    return delayNanos >= 0 && at >= nowNanos ? new Deadline(at) : NEVER;
  }

  public boolean isDue(long nowNanos) {
    return !isNever() && nowNanos >= atNanos;
  }

  public boolean isNever() {
    return atNanos == Long.MAX_VALUE;
  }

  public Deadline earlier(Deadline other) {
    return other.atNanos < atNanos ? other : this;
  }
}
