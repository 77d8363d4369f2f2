package dev.gatun.machine.orphan;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.Seconds;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.OrphanPolicy;
import java.util.Optional;

/**
 * Live processes that lost their parent. No signal announces them, so they are looked for: once a
 * second while the container runs and the policy wants to know, ten times a second while it ends.
 */
public final class Reparent {
  public static final long SCAN_NANOS = 1_000_000_000;
  private static final long TERMINATING_SCAN_NANOS = 100_000_000;

  private Reparent() {}

  public static void onArrived(Decision decision, Event.OrphansArrived event) {
    boolean matters = decision.container().isRunning() || decision.container().isTerminating();
    if (matters && !event.orphans().isEmpty()) {
      long maturityNanos = decision.plan().orphans().maturityNanos();
      Deadline mature = Deadline.after(decision.nowNanos(), maturityNanos);
      decision.become(decision.orphans().withMaturing(event.orphans(), mature));
    }
  }

  public static void onInspected(Decision decision, Event.OrphanInspected event) {
    Orphan orphan = decision.orphans().get(event.id());
    if (orphan instanceof Orphan.Adopting) {
      Orphan adopted =
          new Orphan.Adopted(event.id(), event.name(), event.origin(), decision.nowNanos());
      decision.become(decision.orphans().with(adopted));
      decision.say(Level.WARNING, "adopting " + what(event));
      decision.act(new Effect.AdoptOrphan(event.id(), event.name()));
    } else if (orphan instanceof Orphan.Stopping || orphan instanceof Orphan.Killed) {
      decision.say(Level.WARNING, "terminating " + what(event) + advice(decision, event));
      terminate(decision, event.id());
    }
  }

  private static String what(Event.OrphanInspected event) {
    return "reparented process "
        + event.id().pid()
        + " ("
        + event.name()
        + "): "
        + event.commandLine()
        + ofService(event.origin());
  }

  /** A service that puts itself into the background ends at once, and well, as its parent does. */
  private static String advice(Decision decision, Event.OrphanInspected event) {
    if (event.origin().isEmpty() || !hasEndedWell(decision.container())) {
      return "";
    }
    Optional<ServiceState> service = decision.services().find(event.origin().get(), Stage.RUN);
    boolean hasDaemonized = service.isPresent() && service.get().isGone();
    return hasDaemonized
        ? ", which has ended: if "
            + event.name()
            + " has put itself into the background, have it run in the foreground, or have"
            + " reparented processes adopted"
        : "";
  }

  /** Whether the container ends because a service has ended, and well. */
  private static boolean hasEndedWell(Container container) {
    Verdict verdict = null;
    if (container instanceof Container.In in) {
      verdict = in.verdict().orElse(null);
    } else if (container instanceof Container.Sweeping sweeping) {
      verdict = sweeping.verdict();
    }
    return verdict != null && verdict.exitCode() == 0 && !verdict.asked();
  }

  private static String ofService(Optional<ServiceName> origin) {
    return origin.isPresent() ? ", of service " + origin.get() : "";
  }

  private static void terminate(Decision decision, OrphanId id) {
    decision.act(new Effect.SignalOrphan(id, Signal.TERM));
    decision.act(new Effect.SignalOrphan(id, Signal.CONT));
  }

  public static void onReaped(Decision decision, Event.OrphansReaped event) {
    Orphans before = decision.orphans();
    Orphans left = before.without(event.orphans());
    if (left == before) {
      return;
    }
    decision.become(left);
    for (OrphanExit exit : event.orphans()) {
      if (before.get(exit.id()) instanceof Orphan.Adopted adopted) {
        adoptedEnded(decision, adopted, exit.status());
      }
    }
  }

  /** The end of an adopted process ends the container, as that of a service does. */
  private static void adoptedEnded(Decision decision, Orphan.Adopted adopted, ExitStatus status) {
    String what =
        "adopted process "
            + adopted.name()
            + " ("
            + adopted.id().pid()
            + ") "
            + status
            + " after "
            + Seconds.text(decision.nowNanos() - adopted.sinceNanos())
            + ofService(adopted.origin());
    decision.say(Level.INFO, what);
    int code = decision.plan().orphans().endsWith().of(status);
    decision.end(Verdict.of(code, what), Level.WARNING);
  }

  /** From now on every orphan is unwelcome: the adopted ones are told at once. */
  public static void endAll(Decision decision) {
    long killAfterNanos = decision.plan().orphans().killAfterNanos();
    Deadline killAt = Deadline.after(decision.nowNanos(), killAfterNanos);
    Orphan[] orphans = decision.orphans().toArray();
    for (int i = 0; i < orphans.length; i++) {
      if (orphans[i] instanceof Orphan.Adopted adopted) {
        terminate(decision, adopted.id());
        orphans[i] = new Orphan.Stopping(adopted.id(), killAt);
      } else if (orphans[i] instanceof Orphan.Adopting adopting) {
        // It gets TERM when it has been inspected.
        orphans[i] = new Orphan.Stopping(adopting.id(), killAt);
      }
    }
    decision.become(decision.orphans().with(orphans));
    decision.act(Effect.Sweep.AND_SCAN);
    decision.scanAt(Deadline.after(decision.nowNanos(), TERMINATING_SCAN_NANOS));
  }

  /** Tells orphans once more: what they were told may not have been carried out. */
  public static void tellAgain(Decision decision) {
    if (!areUnwelcome(decision)) {
      return;
    }
    for (Orphan orphan : decision.orphans()) {
      if (orphan instanceof Orphan.Stopping stopping) {
        terminate(decision, stopping.id());
      }
    }
    decision.act(Effect.Sweep.AND_SCAN);
  }

  public static void onTimePassed(Decision decision) {
    judgeAll(decision);
    if (decision.scanAt().isDue(decision.nowNanos())) {
      long pauseNanos = areUnwelcome(decision) ? TERMINATING_SCAN_NANOS : SCAN_NANOS;
      decision.scanAt(Deadline.after(decision.nowNanos(), pauseNanos));
      decision.act(Effect.Sweep.AND_SCAN);
    }
  }

  /** Whether the time has come when everything has to end that Gatun has not started. */
  private static boolean areUnwelcome(Decision decision) {
    return decision.container() instanceof Container.Sweeping
        || decision.container().isTerminating()
            && decision.plan().orphans().told() == OrphanPolicy.Told.AT_ONCE;
  }

  private static void judgeAll(Decision decision) {
    if (!decision.orphans().nextDeadline().isDue(decision.nowNanos())) {
      return;
    }
    OrphanPolicy policy = decision.plan().orphans();
    boolean adopts = policy.kind() == OrphanPolicy.Kind.ADOPT && !areUnwelcome(decision);
    Deadline killAt = Deadline.after(decision.nowNanos(), policy.killAfterNanos());
    Orphan[] orphans = decision.orphans().toArray();
    for (int i = 0; i < orphans.length; i++) {
      if (orphans[i].nextDeadline().isDue(decision.nowNanos())) {
        orphans[i] = judge(decision, orphans[i], adopts, killAt);
      }
    }
    decision.become(decision.orphans().with(orphans));
  }

  private static Orphan judge(Decision decision, Orphan orphan, boolean adopts, Deadline killAt) {
    if (orphan instanceof Orphan.Maturing young) {
      decision.act(new Effect.InspectOrphan(young.id()));
      return adopts ? new Orphan.Adopting(young.id()) : new Orphan.Stopping(young.id(), killAt);
    }
    if (orphan instanceof Orphan.Stopping late) {
      int pid = late.id().pid();
      decision.say(
          Level.WARNING, "reparented process " + pid + " did not stop in time: killing it");
      decision.act(new Effect.SignalOrphan(late.id(), Signal.KILL));
      return new Orphan.Killed(late.id());
    }
    return orphan;
  }
}
