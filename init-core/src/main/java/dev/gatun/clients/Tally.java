package dev.gatun.clients;

import dev.gatun.loop.Companion;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What has been counted of the services' own programs, beside what the state knows. */
public final class Tally implements Companion {
  private static final Counts NONE = new Counts();

  private final Map<ServiceId, Counts> counts = new HashMap<>();
  private long orphansReaped;

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

  @Override
  public void decided(Event event) {
    if (event instanceof Event.ProcessSpawned spawned) {
      Counts of = ofOwnProgram(spawned.who());
      if (of != null) {
        of.starts++;
      }
    } else if (event instanceof Event.ProcessExited exited) {
      Counts of = ofOwnProgram(exited.who());
      if (of != null) {
        String how = label(exited.status());
        of.exits.put(how, of.exits.getOrDefault(how, 0L) + 1);
      }
    } else if (event instanceof Event.OrphansReaped reaped) {
      orphansReaped += reaped.orphans().size();
    }
  }

  private Counts ofOwnProgram(Incarnation who) {
    if (who.stage().owner() != who.stage()) {
      return null;
    }
    ServiceId id = new ServiceId(who.service(), who.stage());
    Counts known = counts.get(id);
    if (known == null) {
      known = new Counts();
      counts.put(id, known);
    }
    return known;
  }

  private static String label(ExitStatus status) {
    if (status instanceof ExitStatus.Signaled killed) {
      return "signal=\"" + killed.signal() + "\"";
    }
    return status instanceof ExitStatus.Exited exited
        ? "code=\"" + exited.code() + "\""
        : "code=\"unknown\"";
  }

  /** How many reparented processes have ended. */
  public long orphansReaped() {
    return orphansReaped;
  }

  public Counts of(ServiceId service) {
    return counts.getOrDefault(service, NONE);
  }

  /** Forgets services that come and go, when there are many of those. */
  @Override
  public void settled(State state) {
    if (counts.size() > 2 * state.services().size() + 1000) {
      counts.keySet().removeIf(id -> state.services().find(id).isEmpty());
    }
  }

  @Override
  public Deadline nextDeadline() {
    return Deadline.NEVER;
  }

  @Override
  public void close() {
    // Nobody asks any more.
  }
}
