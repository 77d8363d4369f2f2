package dev.gatun.pattern;

/** Gathers what groups give into one object. */
interface Members {
  /** Forgets what was gathered. */
  void begin(byte[] line, long nowMillis);

  /**
   * Adds what the groups of a match give.
   *
   * @param places where each group begins and ends, negative where it took no part
   */
  void add(int[] places);

  /** Appends the members, without braces; nothing when there are none. */
  void write(JsonBuffer out);
}
