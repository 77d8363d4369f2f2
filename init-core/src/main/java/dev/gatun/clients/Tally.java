package dev.gatun.clients;

import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been counted of the services' own programs, beside what the state knows. */
public final class Tally {
  private static final Counts NONE = new Counts();

  private final Map<ServiceId, Counts> counts = new HashMap<>();

  /** Of one service. */
  public static final class Counts {
    private final Map<String, Long> exits = new TreeMap<>();
    private long starts;

    /** How often it was started. */
    public long starts() {
      return starts;
    }

    /** How often it ended how: by {@code code="0"} or {@code signal="TERM"}. */
    public Map<String, Long> exits() {
      return exits;
    }
  }

  /** Counts what has happened. */
  public void hear(Event event) {
    if (event instanceof Event.ProcessSpawned spawned) {
      Counts of = ofOwnProgram(spawned.who());
      if (of != null) {
        of.starts++;
      }
    } else if (event instanceof Event.ProcessExited exited) {
      Counts of = ofOwnProgram(exited.who());
      if (of != null) {
        of.exits.merge(label(exited.status()), 1L, Long::sum);
      }
    }
  }

  private Counts ofOwnProgram(Incarnation who) {
    if (who.stage().owner() != who.stage()) {
      return null;
    }
    return counts.computeIfAbsent(
        new ServiceId(who.service(), who.stage()), unknown -> new Counts());
  }

  private static String label(ExitStatus status) {
    if (status instanceof ExitStatus.Signaled killed) {
      return "signal=\"" + killed.signal() + "\"";
    }
    return status instanceof ExitStatus.Exited exited
        ? "code=\"" + exited.code() + "\""
        : "code=\"unknown\"";
  }

  public Counts of(ServiceId service) {
    return counts.getOrDefault(service, NONE);
  }

  /** Forgets services that come and go, when there are many of those. */
  public void forgetAllBut(State state) {
    if (counts.size() > 2 * state.services().size() + 1000) {
      counts.keySet().removeIf(id -> state.services().find(id).isEmpty());
    }
  }
}
