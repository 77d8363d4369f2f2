package dev.gatun.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** A case that jqwik makes smaller, when it fails, by leaving parts of it away. */
record Smaller(Case value) implements Shrinkable<Case> {

  /** Any seed. */
  static Arbitrary<Case> cases(boolean faulty) {
    return Arbitraries.fromGenerator(
        random -> {
          long seed = new SplittableRandom(random.nextLong()).nextLong();
          return new Smaller(Case.of(seed, faulty));
        });
  }

  /** Without large pieces first, then without single parts. */
  @Override
  public Stream<Shrinkable<Case>> shrink() {
    List<Integer> left = value.left();
    List<Case> smaller = new ArrayList<>();
    for (int piece = left.size() / 2; piece >= 1; piece /= 2) {
      for (int from = 0; from < left.size(); from += piece) {
        int to = Math.min(left.size(), from + piece);
        smaller.add(value.withoutThese(left.subList(from, to)));
      }
    }
    return smaller.stream().map(Smaller::new);
  }

  @Override
  public ShrinkingDistance distance() {
    return ShrinkingDistance.of(value.left().size());
  }
}
