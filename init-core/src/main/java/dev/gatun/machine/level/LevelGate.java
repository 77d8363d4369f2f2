package dev.gatun.machine.level;

import dev.gatun.machine.Decision;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Runlevels.Entry;
import java.util.Optional;

/** The order in which what a runlevel wants is started. */
public final class LevelGate {
  private LevelGate() {}

  /** Whether nothing that stands before an entry has to end before it may be started. */
  public static boolean isOpen(Decision decision, Levels levels, ServiceId id) {
    if (levels.entry(id).isEmpty()) {
      return true;
    }
    if (levels.isChanging() || levels.isPaused(decision.nowNanos())) {
      return false;
    }
    for (Entry entry : levels.entries()) {
      if (entry.id().equals(id)) {
        return true;
      }
      if (entry.action().isWaitedFor() && !isGone(decision, entry)) {
        return false;
      }
    }
    return true;
  }

  static boolean isGone(Decision decision, Entry entry) {
    Optional<ServiceState> state = decision.find(entry.id());
    return state.isEmpty() || state.get().isGone();
  }
}
