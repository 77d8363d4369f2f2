package dev.gatun.clients;

import dev.gatun.machine.State;
import dev.gatun.machine.service.ProcessLife;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.plan.Service;

/** How a service stands, in a word. */
public enum Standing {
  /** Its program runs. */
  UP("up"),
  /** Its program has been told to stop. */
  STOPPING("stopping"),
  /** What follows its end is run. */
  FINISHING("finishing"),
  /** It is wanted, and is not started yet. */
  WAITING("waiting"),
  /** It is run once and has ended. */
  DONE("done"),
  /** It could not be started. */
  FAILED("failed"),
  /** It is not wanted. */
  DOWN("down");

  private final String word;

  Standing(String word) {
    this.word = word;
  }

  public static Standing of(ServiceState state) {
    if (state.up().isPresent()) {
      return state.up().get().told() ? STOPPING : UP;
    }
    if (!state.finish().isNone()) {
      return FINISHING;
    }
    if (state.want().starts() || state.life().isStarting()) {
      return WAITING;
    }
    ProcessLife.None none = (ProcessLife.None) state.life();
    return switch (none.why()) {
      case NEW -> DOWN;
      case FAILED -> FAILED;
      case ENDED -> state.service().kind() == Service.Kind.ONESHOT ? DONE : DOWN;
    };
  }

  /** Whether nothing of it runs, and nothing is about to. */
  public static boolean isDown(ServiceState state) {
    Standing standing = of(state);
    return standing == DOWN || standing == DONE || standing == FAILED;
  }

  /** Whether what depends on it may begin: it runs and is ready, or has been run once. */
  public static boolean isReady(ServiceState state) {
    Standing standing = of(state);
    return standing == UP || standing == DONE;
  }

  /** Whether all that are wanted are ready, and the container does not end. */
  public static boolean isReady(State state) {
    if (!state.isRunning()) {
      return false;
    }
    for (int i = 0; i < state.services().size(); i++) {
      ServiceState service = state.services().get(i);
      if (service.want().starts() && !isReady(service)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return word;
  }
}
