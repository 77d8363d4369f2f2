package dev.gatun.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A container to be simulated: the one that a seed makes, without some of its parts.
 *
 * @param without numbers of {@link Parts}
 * @param faulty whether the kernel's calls fail by plan
 */
record Case(long seed, TreeSet<Integer> without, boolean faulty) {

  static Case of(long seed, boolean faulty) {
    return new Case(seed, new TreeSet<>(), faulty);
  }

  /**
   * @param numbers separated by commas; may be empty
   */
  static Case of(long seed, String numbers, boolean faulty) {
    TreeSet<Integer> without = new TreeSet<>();
    if (!numbers.isEmpty()) {
      Arrays.stream(numbers.split(",")).map(Integer::valueOf).forEach(without::add);
    }
    return new Case(seed, without, faulty);
  }

  Simulation run(boolean trace) {
    return Simulation.of(this, trace);
  }

  /** Fails with the command that runs it again when something is wrong with it. */
  void assertRight() {
    assertEquals(List.of(), run(false).faults(), () -> "replay it with: " + this + "\n");
  }

  /** Fails when a second run is another one. */
  void assertSameAgain() {
    String first = run(true).transcript().toString();
    String second = run(true).transcript().toString();
    assertEquals(first, second, () -> "replay it with: " + this + "\n");
  }

  /** The command that runs it again. */
  @Override
  public String toString() {
    String parts = without.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "scripts/dev simulate"
        + " --seed "
        + seed
        + (parts.isEmpty() ? "" : " --without " + parts)
        + (faulty ? " --faulty" : "")
        + " --trace";
  }

  Case withoutThese(List<Integer> more) {
    TreeSet<Integer> all = new TreeSet<>(without);
    all.addAll(more);
    return new Case(seed, all, faulty);
  }

  /** The numbers of the parts that it still has. */
  List<Integer> left() {
    List<Integer> left = new ArrayList<>();
    int count = Parts.count(WorkloadMaker.make(seed));
    for (int i = 0; i < count; i++) {
      if (!without.contains(i)) {
        left.add(i);
      }
    }
    return left;
  }
}
