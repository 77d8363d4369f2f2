package dev.gatun.sim;

import dev.gatun.loop.Observer;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.Phase;
import dev.gatun.machine.Service;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.machine.Verdict;
import dev.gatun.machine.Want;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds after every decision of the machine, whatever happens. */
final class Invariants implements Observer {
  private static final int DISABLED = 115;

  private final SimulatedKernel kernel;
  private final Transcript transcript;
  private final Set<Long> ordered = new HashSet<>();
  private final Map<Long, Integer> pids = new HashMap<>();
  private final Map<Long, ExitStatus> statuses = new HashMap<>();
  private final Map<String, Long> alive = new HashMap<>();
  private final Set<OrphanId> orphans = new HashSet<>();
  private final Set<String> disabled = new HashSet<>();
  private Verdict settled;
  private int rank;
  private int decisions;

  Invariants(SimulatedKernel kernel, Transcript transcript) {
    this.kernel = kernel;
    this.transcript = transcript;
  }

  int decisions() {
    return decisions;
  }

  /** The exits that were heard, as {@code pid status}. */
  List<String> exitsHeard() {
    List<String> exits = new ArrayList<>();
    statuses.forEach((number, status) -> exits.add(pids.get(number) + " " + status));
    return exits;
  }

  @Override
  public void decided(State before, Event event, Transition transition) {
    decisions++;
    note(event, transition);
    if (!InitMachine.step(before, event).equals(transition)) {
      broken("the same state and event gave another transition: " + event);
    }
    if (decisions == 1) {
      before.services().forEach(this::hearBoot);
    }
    hear(event);
    checkNothingIsIgnored(before, event, transition.state());
    checkPhase(before, transition.state());
    for (Effect effect : transition.effects()) {
      check(transition.state(), effect);
    }
  }

  private void note(Event event, Transition transition) {
    if (!transcript.isOn()) {
      return;
    }
    transcript.add(event.atNanos(), "event", withoutTime(event.toString()));
    for (Effect effect : transition.effects()) {
      transcript.add(event.atNanos(), "effect", Texts.of(effect));
    }
  }

  private static String withoutTime(String event) {
    return event.replaceFirst("atNanos=\\d+(, )?", "");
  }

  /** The effects of the boot are seen by nobody; its services are all Starting. */
  private void hearBoot(Service service) {
    for (Stage stage : Stage.values()) {
      if (service.process(stage)
          instanceof dev.gatun.machine.ProcessState.Starting(Incarnation who)) {
        order(who);
      }
    }
  }

  private void order(Incarnation who) {
    if (!ordered.add(who.number())) {
      broken("the number of " + who + " is used twice");
    }
    if (alive.put(who.label(), who.number()) != null) {
      broken("two incarnations of " + who.label() + " at once");
    }
  }

  private void hear(Event event) {
    switch (event) {
      case Event.ProcessSpawned e -> {
        if (!ordered.contains(e.who().number()) || pids.put(e.who().number(), e.pid()) != null) {
          broken("unexpected " + e);
        }
      }
      case Event.SpawnFailed e -> gone(e.who());
      case Event.ProcessExited e -> {
        gone(e.who());
        if (e.who().stage() == Stage.RUN && e.status().isCode(DISABLED)) {
          disabled.add(e.who().label());
        }
        if (statuses.put(e.who().number(), e.status()) != null) {
          broken("an exit status was consumed twice: " + e);
        }
      }
      case Event.OrphansArrived e -> e.orphans().forEach(orphans::add);
      case Event.OrphansReaped e -> {
        for (Event.OrphanExit exit : e.orphans()) {
          if (!orphans.remove(exit.id())) {
            broken("an orphan was reaped that nobody knew: " + exit.id());
          }
        }
      }
      case Event.SignalReceived e -> {}
      case Event.ProcessStopped e -> {}
      case Event.OrphanInspected e -> {}
      case Event.ChildrenSwept e -> {}
      case Event.TimePassed e -> {}
      case Event.OrphansUnlisted e -> {}
      case Event.OutputProgressed e -> {}
      case Event.OutputEnded e -> {}
      case Event.LoopFailed e -> {}
      case Event.ProgramMissing e -> gone(e.who());
      case Event.ControlReceived e -> {}
      case Event.ServiceFound e -> {}
      case Event.ServiceVanished e -> {}
      case Event.EndRequested e -> {}
    }
  }

  private void gone(Incarnation who) {
    if (!alive.remove(who.label(), who.number())) {
      broken(who + " ended without being alive");
    }
  }

  private void checkPhase(State before, State after) {
    int now = rank(after);
    if (now < rank) {
      broken("the phase went back to " + after.phase());
    }
    rank = now;
    Verdict verdict = verdict(after.phase());
    if (settled != null && !settled.equals(verdict)) {
      broken("the verdict changed from " + settled + " to " + verdict);
    }
    settled = verdict;
    if (after.isTerminating()) {
      for (Service service : after.services()) {
        if (service.want() != Want.DOWN) {
          broken(service.name() + " is wanted up while the container ends");
        }
      }
    }
    if (rank(before) < 2 && now >= 2 && !alive.isEmpty()) {
      broken("draining while these live: " + alive.keySet());
    }
  }

  /** Events that must move the machine on, each by the row of the contract that says so. */
  private void checkNothingIsIgnored(State before, Event event, State after) {
    boolean moves =
        switch (event) {
          case Event.SignalReceived e -> before.isRunning() && before.plan().stopsOn(e.signal());
          case Event.SpawnFailed e -> before.isRunning() && e.who().stage() != Stage.TERM;
          case Event.ProcessExited e ->
              before.isRunning() && e.who().stage() == Stage.RUN && !e.status().isCode(DISABLED);
          case Event.ChildrenSwept e ->
              rank(before) < 2 && !e.childrenLeft() && before.services().allGone();
          case Event.OutputEnded e -> rank(before) == 2;
          case Event.LoopFailed e -> before.isRunning();
          case Event.EndRequested e -> before.isRunning();
          case Event.ProgramMissing e -> false;
          case Event.ControlReceived e -> false;
          case Event.ServiceFound e -> false;
          case Event.ServiceVanished e -> false;
          case Event.TimePassed e -> false;
          case Event.ProcessSpawned e -> false;
          case Event.ProcessStopped e -> false;
          case Event.OrphansArrived e -> false;
          case Event.OrphansUnlisted e -> false;
          case Event.OrphanInspected e -> false;
          case Event.OrphansReaped e -> false;
          case Event.OutputProgressed e -> false;
        };
    if (moves && rank(before) >= rank(after)) {
      broken("ignored: " + event);
    }
    boolean wasDue = before.nextDeadline().isDue(event.atNanos());
    boolean leftIt = after.nextDeadline().equals(before.nextDeadline());
    boolean hasTime = before.plan().orphans().killAfterNanos() > 0;
    if (event instanceof Event.TimePassed && wasDue && leftIt && hasTime) {
      broken("what was due is still due: " + event);
    }
  }

  private static int rank(State state) {
    return switch (state.phase()) {
      case Phase.Running r -> 0;
      case Phase.Terminating t -> 1;
      case Phase.Draining d -> 2;
      case Phase.Over o -> 3;
    };
  }

  private static Verdict verdict(Phase phase) {
    return switch (phase) {
      case Phase.Running r -> null;
      case Phase.Terminating t -> t.verdict();
      case Phase.Draining d -> d.verdict();
      case Phase.Over o -> o.verdict();
    };
  }

  private void check(State after, Effect effect) {
    switch (effect) {
      case Effect.Spawn e -> {
        if (after.services().get(e.who().service()).want() == Want.DOWN) {
          broken("start of " + e.who() + ", which is wanted down");
        }
        if (disabled.contains(e.who().label())) {
          broken("start of " + e.who() + ", which has disabled itself");
        }
        order(e.who());
      }
      case Effect.SpawnStopScript e -> {
        order(e.who());
        mustLive(e.target(), effect);
      }
      case Effect.SendSignal e -> mustLive(e.who(), effect);
      case Effect.ForwardSignal e -> mustLive(e.who(), effect);
      case Effect.FollowStop e -> mustLive(e.who(), effect);
      case Effect.StopSelf e -> {}
      case Effect.InspectOrphan e -> mustBeKnown(e.id(), effect);
      case Effect.SignalOrphan e -> mustBeKnown(e.id(), effect);
      case Effect.AdoptOrphan e -> mustBeKnown(e.id(), effect);
      case Effect.SpawnScript e -> order(e.who());
      case Effect.SignalGroup e -> {}
      case Effect.PublishStatus e -> {}
      case Effect.ReleaseService e -> {}
      case Effect.FindServices e -> {}
      case Effect.RefreshEnvironment e -> {}
      case Effect.AskWhetherToEnd e -> {}
      case Effect.OpenLogPipe e -> {}
      case Effect.CloseLogPipe e -> {}
      case Effect.SweepChildren e -> {}
      case Effect.ScanOrphans e -> {}
      case Effect.SignalRest e -> {}
      case Effect.DrainOutput e -> {}
      case Effect.AbandonOutput e -> {}
      case Effect.Report e -> {}
    }
  }

  private void mustLive(Incarnation who, Effect effect) {
    boolean lives = Long.valueOf(who.number()).equals(alive.get(who.label()));
    if (!lives || !pids.containsKey(who.number())) {
      broken("an effect for a process that is not alive: " + effect);
    }
  }

  private void mustBeKnown(OrphanId id, Effect effect) {
    if (!orphans.contains(id)) {
      broken("an effect for an orphan that is not known: " + effect);
    }
  }

  private void broken(String what) {
    kernel.history.violated(what);
  }
}
