package dev.gatun.clients;

import dev.gatun.machine.State;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.plan.Service;

/** What a service does, in a word. */
public enum Condition {
  /** Its program runs. */
  UP("up"),
  /** Its program has been told to stop. */
  STOPPING("stopping"),
  /** What follows its end is run. */
  FINISHING("finishing"),
  /** It is wanted, and is not started yet. */
  WAITING("waiting"),
  /** It is run once and has ended well. */
  DONE("done"),
  /** It has failed, and nobody need wait for it. */
  FAILED("failed"),
  /** It is not started because something that it depends on has failed. */
  SKIPPED("skipped"),
  /** It is not wanted. */
  DOWN("down");

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  public static Condition of(ServiceState state) {
    if (state.up().isPresent()) {
      return state.up().get().told() ? STOPPING : UP;
    }
    if (!state.finish().isNone()) {
      return FINISHING;
    }
    if (state.standing().skipped()) {
      return SKIPPED;
    }
    boolean isDone = state.service().kind() == Service.Kind.ONESHOT && state.standing().ready();
    if (isDone) {
      return DONE;
    }
    if (state.life().isStarting()) {
      return WAITING;
    }
    if (!state.standing().failure().isEmpty()) {
      return FAILED;
    }
    return state.want().starts() ? WAITING : DOWN;
  }

  /** Whether nothing of it runs, and nothing is about to. */
  public static boolean isDown(ServiceState state) {
    Condition condition = of(state);
    return condition == DOWN
        || condition == DONE
        || condition == SKIPPED
        || condition == FAILED && !state.want().starts();
  }

  /**
   * Whether all services that show that they are ready are, and the container does not end. What is
   * started by order only counts while it is wanted.
   */
  public static boolean isReady(State state) {
    if (!state.isRunning()) {
      return false;
    }
    for (int i = 0; i < state.services().size(); i++) {
      if (holdsUp(state.services().get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the container is not ready because of this service. */
  public static boolean holdsUp(ServiceState state) {
    boolean counts = state.service().startsAutomatically() || state.want().starts();
    return state.showsReadiness() && counts && !state.isReady();
  }

  @Override
  public String toString() {
    return word;
  }
}
