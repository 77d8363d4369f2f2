package dev.gatun.machine;

import dev.gatun.model.Incarnation;

/** Whose a process is, in a container that keeps services or follows a course. */
final class Govern {
  private Govern() {}

  static Transition onSpawned(State state, Event.ProcessSpawned event) {
    return ofTheCourse(event.who())
        ? Sequence.onSpawned(state, event)
        : Keep.owner(state, event.who())
            .map(kept -> Keep.onSpawned(state, kept, event))
            .orElse(Transition.to(state));
  }

  static Transition onSpawnFailed(State state, Event.SpawnFailed event) {
    return ofTheCourse(event.who())
        ? Sequence.onSpawnFailed(state, event)
        : Keep.owner(state, event.who())
            .map(kept -> Keep.onSpawnFailed(state, kept, event))
            .orElse(Transition.to(state));
  }

  /** Nothing that need not be there is ever ordered for a service that is not kept. */
  static Transition onMissing(State state, Event.ProgramMissing event) {
    return ofTheCourse(event.who())
        ? Sequence.onMissing(state, event)
        : Keep.owner(state, event.who())
            .map(kept -> Keep.onMissing(state, kept, event))
            .orElse(Transition.to(state));
  }

  static Transition onExited(State state, Event.ProcessExited event) {
    return ofTheCourse(event.who())
        ? Sequence.onExited(state, event)
        : Keep.owner(state, event.who())
            .map(kept -> Keep.onExited(state, kept, event))
            .orElse(Transition.to(state));
  }

  private static boolean ofTheCourse(Incarnation who) {
    return who.stage().isOfTheContainer();
  }
}
