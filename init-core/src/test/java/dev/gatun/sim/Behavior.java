package dev.gatun.sim;

import java.util.List;

/**
 * A simulated program.
 *
 * @param name what /proc would call it
 * @param steps what it does; it exits with 0 at their end
 * @param onTerm what it does on TERM
 * @param afterTerm the steps it then goes on with, when it handles TERM
 * @param reapsChildren whether it waits for its children, or leaves zombies behind
 */
record Behavior(
    String name, List<Step> steps, OnTerm onTerm, List<Step> afterTerm, boolean reapsChildren) {

  /** What TERM does to it. */
  enum OnTerm {
    DIES,
    HANDLES,
    IGNORES
  }

  Behavior {
    steps = List.copyOf(steps);
    afterTerm = List.copyOf(afterTerm);
  }

  /** One that TERM kills. */
  static Behavior of(String name, Step... steps) {
    return new Behavior(name, List.of(steps), OnTerm.DIES, List.of(), true);
  }

  static Behavior deaf(String name, Step... steps) {
    return new Behavior(name, List.of(steps), OnTerm.IGNORES, List.of(), true);
  }

  /** The same, which answers TERM with these steps. */
  Behavior answeringTerm(Step... answer) {
    return new Behavior(name, steps, OnTerm.HANDLES, List.of(answer), reapsChildren);
  }

  Behavior leavingZombies() {
    return new Behavior(name, steps, onTerm, afterTerm, false);
  }
}
