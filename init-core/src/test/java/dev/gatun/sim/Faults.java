package dev.gatun.sim;

/**
 * Which calls fail, and how often; made from a seed. No call fails more than a few times in a row,
 * so that whoever tries again gets through.
 */
final class Faults {
  private static final int MAX_IN_A_ROW = 5;

  private final Chance chance;

  /** How many of a hundred calls of each kind fail. */
  final int starts;

  final int watches;
  final int waits;
  final int spuriousReadiness;
  final int lateReadiness;
  final int lostChildSignals;
  final int interruptions;
  final int processDescriptors;
  final int scans;
  final int shortTransfers;
  final int refusedSignals;
  final int refusedTraces;
  final int lateChildSignals;
  final int wallJumps;
  final int leaps;
  private int inARow;

  Faults(long seed) {
    this.chance = new Chance(seed ^ 0x5eed_0f_fa_17L);
    this.starts = chance.oneIn(4) ? chance.between(1, 20) : 0;
    this.watches = rate();
    this.waits = rate();
    this.spuriousReadiness = rate();
    this.lateReadiness = rate();
    this.interruptions = rate();
    this.scans = rate();
    this.shortTransfers = rate();
    // Without a descriptor of a child, SIGCHLD is all there is.
    boolean signals = chance.oneIn(2);
    this.lostChildSignals = signals ? rate() : 0;
    this.processDescriptors = signals ? 0 : rate();
    this.refusedSignals = chance.oneIn(4) ? chance.of(5, 30) : 0;
    this.refusedTraces = rate();
    this.lateChildSignals = signals ? rate() : 0;
    this.wallJumps = rate();
    this.leaps = chance.oneIn(4) ? chance.of(1, 5) : 0;
  }

  /** Nanoseconds up to so many milliseconds. */
  long millis(int most) {
    return chance.millis(0, most);
  }

  private int rate() {
    return chance.oneIn(2) ? 0 : chance.of(1, 5, 20, 60);
  }

  boolean happens(int percent) {
    boolean fails = inARow < MAX_IN_A_ROW && chance.percent(percent);
    inARow = fails ? inARow + 1 : 0;
    return fails;
  }

  int oneOf(Integer... errors) {
    return -chance.of(errors);
  }

  /** Part of {@code length}, at least 1. */
  long part(long length) {
    return chance.longBetween(1, Math.min(length, 4096));
  }

  int below(int bound) {
    return chance.below(bound);
  }
}
