package dev.gatun.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Choices that a seed makes. */
final class Chance {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final SplittableRandom random;

  Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** Choices of their own: how many are made there changes none here. */
  Chance split() {
    return new Chance(random.split());
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  boolean percent(int p) {
    return random.nextInt(100) < p;
  }

  /** 0 to {@code bound}, the bound left out. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long longBetween(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  /** Whole or broken milliseconds, in nanoseconds. */
  long millis(int least, int most) {
    return oneIn(2)
        ? between(least, most) * NANOS_A_MILLI
        : longBetween(least * NANOS_A_MILLI, most * NANOS_A_MILLI);
  }

  @SafeVarargs
  final <T> T of(T... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T of(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
