package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import java.util.Optional;

/** Whether a service has come to its end. */
public final class Ends {
  private Ends() {}

  /** Whether it is gone, and not because it has not been wanted yet. */
  public static boolean isOver(ServiceState state) {
    return state.isGone() && (!state.life().isNew() || state.want().isLeaving());
  }

  /** Whether a service reads from one that is over. */
  public static boolean isReadingFromNobody(Decision decision, ServiceState state) {
    if (!state.service().isReader()) {
      return false;
    }
    Optional<ServiceState> writer = decision.writerOf(state.service());
    return writer.isEmpty() || isOver(writer.get());
  }
}
