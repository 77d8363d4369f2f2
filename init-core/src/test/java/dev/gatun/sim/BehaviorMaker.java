package dev.gatun.sim;

import java.util.ArrayList;
import java.util.List;

/** Makes up what programs do. */
final class BehaviorMaker {
  /** As good as for ever: a run that lasts so long has not told somebody to stop. */
  static final long FOR_EVER_NANOS = 1_000L * 1_000_000_000;

  private static final int MAX_DEPTH = 2;

  private final Chance chance;
  private final int lineLimitBytes;
  private final boolean mayBeDeaf;
  private final boolean orphansAreSeen;
  private int orphans;

  /**
   * @param mayBeDeaf whether there may be services that ignore TERM
   * @param orphansAreSeen whether orphans are told to stop even while a log program lives; if not,
   *     they end by themselves
   */
  BehaviorMaker(Chance chance, int lineLimitBytes, boolean mayBeDeaf, boolean orphansAreSeen) {
    this.chance = chance;
    this.lineLimitBytes = lineLimitBytes;
    this.mayBeDeaf = mayBeDeaf;
    this.orphansAreSeen = orphansAreSeen;
  }

  Behavior service(String name) {
    Lines lines = new Lines(chance.split(), name, lineLimitBytes);
    List<Step> steps = new ArrayList<>();
    int count = chance.below(6);
    for (int i = 0; i < count; i++) {
      addStep(steps, lines, name, 0);
    }
    end(steps);
    return withTerm(name, steps, lines, mayBeDeaf && chance.oneIn(4));
  }

  /** Writes a few hundred kilobytes first. */
  Behavior flood(String name) {
    Lines lines = new Lines(chance.split(), name, lineLimitBytes);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Sleep(chance.millis(0, 50)));
    steps.add(lines.flood(chance.between(100_000, 500_000), chance.oneIn(8)));
    end(steps);
    return withTerm(name, steps, lines, false);
  }

  private void addStep(List<Step> steps, Lines lines, String name, int depth) {
    switch (chance.below(16)) {
      case 0, 1, 2, 3, 4, 5 -> steps.addAll(lines.some(5));
      case 6, 7, 8, 9 -> steps.add(new Step.Sleep(chance.millis(0, 800)));
      case 10 -> steps.add(new Step.Fork(descendant(name + "-child" + ++orphans, depth + 1)));
      case 11, 12 -> steps.add(new Step.Fork(doubleFork(name, depth)));
      case 13 -> {
        if (chance.oneIn(6)) {
          int length = chance.oneIn(4) ? 300_000 : 70_000;
          steps.add(lines.flood(length, chance.oneIn(3)));
        }
      }
      case 14 -> {
        if (chance.oneIn(3)) {
          steps.add(new Step.CloseOutput(chance.oneIn(2)));
        }
      }
      default -> {
        if (chance.oneIn(4) && (depth == 0 || orphansAreSeen)) {
          steps.add(new Step.Stop());
        }
      }
    }
  }

  private void end(List<Step> steps) {
    switch (chance.below(12)) {
      case 0 -> steps.add(new Step.Exit(0));
      case 1 -> steps.add(new Step.Exit(chance.of(1, 2, 7, 100, 126, 255)));
      case 2 -> steps.add(new Step.Die(chance.of(6, 9, 11, 15)));
      case 3, 4 -> steps.add(new Step.Exit(115));
      default -> steps.add(new Step.Sleep(FOR_EVER_NANOS));
    }
  }

  private Behavior withTerm(String name, List<Step> steps, Lines lines, boolean deaf) {
    boolean reaps = !chance.oneIn(3);
    if (deaf) {
      return new Behavior(name, steps, Behavior.OnTerm.IGNORES, List.of(), reaps);
    }
    if (chance.oneIn(2)) {
      return new Behavior(name, steps, Behavior.OnTerm.DIES, List.of(), reaps);
    }
    List<Step> after = new ArrayList<>();
    after.add(new Step.Sleep(chance.millis(0, 300)));
    if (chance.oneIn(2)) {
      after.addAll(lines.some(4));
    }
    after.add(new Step.Exit(chance.of(0, 0, 1, 115, 143)));
    return new Behavior(name, steps, Behavior.OnTerm.HANDLES, after, reaps);
  }

  private Behavior doubleFork(String name, int depth) {
    Behavior daemon = descendant(name + "-daemon" + ++orphans, depth + 1);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Fork(daemon));
    if (chance.oneIn(3)) {
      steps.add(new Step.Sleep(chance.millis(0, 20)));
    }
    return new Behavior(name + "-fork", steps, Behavior.OnTerm.DIES, List.of(), true);
  }

  private Behavior descendant(String name, int depth) {
    Lines lines = new Lines(chance.split(), name, lineLimitBytes);
    List<Step> steps = new ArrayList<>();
    int count = chance.below(4);
    for (int i = 0; i < count; i++) {
      if (depth < MAX_DEPTH || chance.oneIn(2)) {
        addStep(steps, lines, name, Math.min(depth, MAX_DEPTH));
      }
      if (depth >= MAX_DEPTH) {
        steps.removeIf(Step.Fork.class::isInstance);
      }
    }
    if (chance.oneIn(4)) {
      steps.add(new Step.CloseOutput(false));
      steps.add(new Step.CloseOutput(true));
    }
    if (chance.oneIn(4)) {
      steps.add(new Step.Sleep(chance.millis(0, 4000)));
    }
    long nanos = orphansAreSeen ? FOR_EVER_NANOS : chance.millis(0, 9000);
    steps.add(chance.oneIn(2) ? new Step.Sleep(nanos) : new Step.Exit(chance.below(3)));
    Behavior program = withTerm(name, steps, lines, chance.oneIn(5));
    boolean execs = chance.oneIn(5);
    return execs
        ? Behavior.of(name + "-sh", new Step.Sleep(chance.millis(0, 20)), new Step.Exec(program))
        : program;
  }

  Behavior logProgram(String name) {
    Lines lines = new Lines(chance.split(), name + "-log", lineLimitBytes);
    List<Step> steps = new ArrayList<>();
    if (chance.oneIn(3)) {
      steps.addAll(lines.some(2));
    }
    switch (chance.below(12)) {
      case 0 -> steps.add(new Step.Exit(chance.of(0, 1)));
      case 1 -> {
        steps.add(new Step.Sleep(chance.millis(0, 2000)));
        steps.add(new Step.Exit(chance.of(0, 1)));
      }
      case 2 -> {
        steps.add(new Step.Sleep(chance.millis(0, 2000)));
        steps.add(new Step.Relay(true, 65_536, 0));
      }
      default ->
          steps.add(
              new Step.Relay(
                  !chance.oneIn(4),
                  chance.of(100, 5000, 65_536),
                  chance.oneIn(3) ? chance.millis(0, 3) : 0));
    }
    if (chance.oneIn(4)) {
      steps.addAll(lines.some(2));
    }
    steps.add(new Step.Exit(chance.oneIn(6) ? 1 : 0));
    return Behavior.of(name + "-log", steps.toArray(new Step[0]));
  }

  Behavior stopScript(String name) {
    Lines lines = new Lines(chance.split(), name + "-term", lineLimitBytes);
    List<Step> steps = new ArrayList<>();
    if (chance.oneIn(2)) {
      steps.addAll(lines.some(2));
    }
    if (chance.oneIn(2)) {
      steps.add(new Step.Sleep(chance.millis(0, 100)));
    }
    // A stopped process needs to be continued, a deaf one to be killed.
    steps.add(new Step.SignalTarget(chance.oneIn(6) ? 9 : 15));
    steps.add(new Step.SignalTarget(18));
    if (chance.oneIn(3)) {
      steps.addAll(lines.some(2));
    }
    steps.add(new Step.Exit(chance.oneIn(4) ? 1 : 0));
    return Behavior.of(name + "-term", steps.toArray(new Step[0]));
  }
}
