package dev.gatun.journal;

import dev.gatun.machine.Doing;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.Kept;
import dev.gatun.machine.Orphan;
import dev.gatun.machine.Phase;
import dev.gatun.machine.ProcessState;
import dev.gatun.machine.Regime;
import dev.gatun.machine.Service;
import dev.gatun.machine.State;
import dev.gatun.machine.Verdict;
import dev.gatun.model.Control;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.ServiceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What has happened in a container, put together from its journal. */
final class Chronicle implements Playback.Viewer {

  /** What a client told a kept service. */
  record Command(long atNanos, ServiceName service, Part part, Control control) {
    /** Whether both are the same to people. */
    boolean isLike(Command other) {
      return service.equals(other.service) && part == other.part && control == other.control;
    }
  }

  /** A service was found, or has vanished. */
  record Arrival(long atNanos, ServiceName service, boolean vanished) {}

  /** Events that are not in the journal. */
  record Gap(long atNanos, long lost) {}

  final Map<Long, ProcessLife> processes = new LinkedHashMap<>();
  final Map<Long, OrphanLife> orphans = new LinkedHashMap<>();
  final List<OutsideSignal> signals = new ArrayList<>();
  final List<Command> commands = new ArrayList<>();
  final List<Arrival> arrivals = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();
  private final NavigableMap<Long, WallClock> clocks = new TreeMap<>();
  Header header;
  State state;
  long bootedAt = ProcessLife.NEVER;
  long firstAt = ProcessLife.NEVER;
  long lastAt = ProcessLife.NEVER;
  Verdict verdict;

  /** What it was when it was settled: a program at the end may change it. */
  Verdict settled;

  long changedAt = ProcessLife.NEVER;

  /** When the verdict was settled, and by what; nothing when the journal begins later. */
  long verdictAt = ProcessLife.NEVER;

  Optional<Event> cause = Optional.empty();
  long drainAt = ProcessLife.NEVER;
  long overAt = ProcessLife.NEVER;
  boolean outputAbandoned;
  int firstDifference;
  boolean torn;

  /**
   * Reads all there is of the journal that ends in {@code file}.
   *
   * @throws JournalException when the file cannot be used, and why
   */
  static Chronicle of(Path file) throws JournalException {
    Chronicle chronicle = new Chronicle();
    Playback playback = new Playback(chronicle);
    Parts.play(file, playback);
    if (playback.state() == null) {
      throw new JournalException("cannot use " + file + ": it ends before the first event");
    }
    chronicle.torn = playback.isTorn();
    return chronicle;
  }

  /** The clock by which that time is told. */
  WallClock clock(long atNanos) {
    Map.Entry<Long, WallClock> entry = clocks.floorEntry(atNanos);
    return (entry == null ? clocks.firstEntry() : entry).getValue();
  }

  boolean isOver() {
    return overAt != ProcessLife.NEVER;
  }

  @Override
  public void begun(Header part) {
    header = part;
  }

  @Override
  public void clock(WallClock clock) {
    clocks.put(clock.atNanos(), clock);
  }

  @Override
  public void known(int line, State led, Line.Known known) {
    note(known.atNanos());
    if (known.lost() > 0) {
      gaps.add(new Gap(known.atNanos(), known.lost()));
    }
    for (Service service : known.state().services()) {
      for (Stage stage : Stage.values()) {
        know(service.process(stage), known.atNanos());
      }
    }
    known.state().regime().ifPresent(regime -> know(regime, known.atNanos()));
    for (Orphan orphan : known.state().orphans()) {
      know(orphan, known.atNanos());
    }
    settle(known.state(), known.atNanos(), Optional.empty());
  }

  private void know(ProcessState process, long atNanos) {
    switch (process) {
      case ProcessState.Starting starting -> life(starting.who(), atNanos, true);
      case ProcessState.Up up -> life(up.who(), up.sinceNanos(), true).spawnedAt = up.sinceNanos();
      case ProcessState.Stopping stopping -> {
        ProcessLife life = life(stopping.who(), stopping.sinceNanos(), true);
        life.spawnedAt = stopping.sinceNanos();
        life.toldAt = life.wasTold() ? life.toldAt : atNanos;
      }
      case ProcessState.Absent a -> {}
      case ProcessState.Down d -> {}
      case ProcessState.Ended e -> {}
    }
  }

  private void know(Regime regime, long atNanos) {
    know(regime.main(), atNanos);
    for (Kept kept : regime.services()) {
      for (Part part : Part.values()) {
        if (kept.has(part)) {
          know(kept.keeper(part).doing());
        }
      }
    }
  }

  private void know(Doing doing) {
    if (doing instanceof Doing.Up up) {
      ProcessLife life = life(up.who(), up.sinceNanos(), true);
      life.spawnedAt = up.sinceNanos();
      life.pid = up.pid();
    }
  }

  private void know(Orphan orphan, long atNanos) {
    OrphanLife life = orphans.computeIfAbsent(orphan.id().number(), n -> arrive(orphan, atNanos));
    switch (orphan) {
      case Orphan.Adopted adopted -> {
        life.name = adopted.name();
        life.origin = adopted.origin();
        life.adoptedAt = adopted.sinceNanos();
      }
      case Orphan.Stopping s -> life.toldAt = life.wasTold() ? life.toldAt : atNanos;
      case Orphan.Killed k -> life.killedAt = life.wasKilled() ? life.killedAt : atNanos;
      case Orphan.Maturing m -> {}
      case Orphan.Adopting a -> {}
    }
  }

  private static OrphanLife arrive(Orphan orphan, long atNanos) {
    return new OrphanLife(orphan.id(), atNanos);
  }

  private ProcessLife life(Incarnation who, long orderedAt, boolean earlier) {
    ProcessLife life = processes.get(who.number());
    if (life == null) {
      life = new ProcessLife(who, orderedAt, earlier);
      processes.put(who.number(), life);
    }
    return life;
  }

  @Override
  public void step(Step step) {
    note(step.atNanos());
    if (firstDifference == 0 && !step.isSame()) {
      firstDifference = step.line();
    }
    if (step.event().isPresent()) {
      hear(step.event().get(), step);
    } else {
      bootedAt = step.atNanos();
    }
    for (Effect effect : step.recorded()) {
      see(effect, step.atNanos());
    }
    settle(step.after(), step.atNanos(), step.event());
  }

  private void note(long atNanos) {
    firstAt = firstAt == ProcessLife.NEVER ? atNanos : firstAt;
    lastAt = atNanos;
  }

  private void hear(Event event, Step step) {
    switch (event) {
      case Event.SignalReceived e -> signals.add(OutsideSignal.of(e, step));
      case Event.ProcessSpawned e -> {
        ProcessLife life = life(e.who(), e.atNanos(), false);
        life.spawnedAt = e.atNanos();
        life.pid = e.pid();
      }
      case Event.SpawnFailed e -> {
        ProcessLife life = life(e.who(), e.atNanos(), false);
        life.failedAt = e.atNanos();
        life.failure = e.cause();
      }
      case Event.ProcessExited e -> {
        ProcessLife life = life(e.who(), e.atNanos(), true);
        life.endedAt = e.atNanos();
        life.status = e.status();
      }
      case Event.OrphansArrived e -> {
        for (OrphanId id : e.orphans()) {
          orphans.put(id.number(), new OrphanLife(id, e.atNanos()));
        }
      }
      case Event.OrphanInspected e -> {
        OrphanLife life = orphan(e.id(), e.atNanos());
        life.name = e.name();
        life.commandLine = e.commandLine();
        life.origin = e.origin();
      }
      case Event.OrphansReaped e -> {
        for (Event.OrphanExit exit : e.orphans()) {
          OrphanLife life = orphan(exit.id(), e.atNanos());
          life.endedAt = e.atNanos();
          life.status = exit.status();
        }
      }
      case Event.ProcessStopped e -> {}
      case Event.OrphansUnlisted e -> {}
      case Event.ChildrenSwept e -> {}
      case Event.TimePassed e -> {}
      case Event.OutputProgressed e -> {}
      case Event.OutputEnded e -> {}
      case Event.LoopFailed e -> {}
      case Event.ProgramMissing e -> processes.remove(e.who().number());
      case Event.ControlReceived e ->
          commands.add(new Command(e.atNanos(), e.service(), e.part(), e.control()));
      case Event.ServiceFound e -> arrive(e.spec().name(), step, false);
      case Event.ServiceVanished e -> arrive(e.service(), step, true);
      case Event.EndRequested e -> {}
    }
  }

  /** What nobody knew cannot vanish, and what is known already is not found. */
  private void arrive(ServiceName service, Step step, boolean vanished) {
    Optional<Regime> known = step.before().regime();
    boolean wasThere = known.isPresent() && known.get().find(service).isPresent();
    if (wasThere == vanished) {
      arrivals.add(new Arrival(step.atNanos(), service, vanished));
    }
  }

  private OrphanLife orphan(OrphanId id, long atNanos) {
    return orphans.computeIfAbsent(id.number(), number -> new OrphanLife(id, atNanos));
  }

  private void see(Effect effect, long atNanos) {
    switch (effect) {
      case Effect.Spawn e -> life(e.who(), atNanos, false);
      case Effect.SpawnScript e -> life(e.who(), atNanos, false);
      case Effect.SpawnStopScript e -> {
        life(e.who(), atNanos, false);
        ProcessLife target = life(e.target(), atNanos, true);
        target.toldAt = atNanos;
        target.toldByScript = true;
      }
      case Effect.SendSignal e -> signal(life(e.who(), atNanos, true), e.signal(), atNanos);
      case Effect.ForwardSignal e -> signal(life(e.who(), atNanos, true), e.signal(), atNanos);
      case Effect.SignalOrphan e -> signal(orphan(e.id(), atNanos), e.signal(), atNanos);
      case Effect.AdoptOrphan e -> orphan(e.id(), atNanos).adoptedAt = atNanos;
      case Effect.AbandonOutput e -> outputAbandoned = true;
      case Effect.DrainOutput e -> drainAt = atNanos;
      case Effect.OpenLogPipe e -> {}
      case Effect.CloseLogPipe e -> {}
      case Effect.StopSelf e -> {}
      case Effect.FollowStop e -> {}
      case Effect.SweepChildren e -> {}
      case Effect.ScanOrphans e -> {}
      case Effect.InspectOrphan e -> {}
      case Effect.SignalRest e -> {}
      case Effect.SignalGroup e -> {}
      case Effect.PublishStatus e -> {}
      case Effect.ReleaseService e -> {}
      case Effect.FindServices e -> {}
      case Effect.RefreshEnvironment e -> {}
      case Effect.AskWhetherToEnd e -> {}
      case Effect.Report e -> {}
    }
  }

  private static void signal(ProcessLife life, Signal signal, long atNanos) {
    if (signal.is(Signal.TERM)) {
      life.toldAt = atNanos;
    } else if (signal.is(Signal.KILL)) {
      life.killedAt = atNanos;
    }
  }

  private static void signal(OrphanLife life, Signal signal, long atNanos) {
    if (signal.is(Signal.TERM)) {
      life.toldAt = atNanos;
    } else if (signal.is(Signal.KILL)) {
      life.killedAt = atNanos;
    }
  }

  private void settle(State after, long atNanos, Optional<Event> event) {
    state = after;
    Verdict now = verdict(after.phase());
    if (verdict != null && !verdict.equals(now)) {
      changedAt = atNanos;
      verdict = now;
    }
    if (verdict == null && now != null) {
      verdict = now;
      settled = now;
      boolean seen = event.isPresent() || bootedAt == atNanos;
      verdictAt = seen ? atNanos : ProcessLife.NEVER;
      cause = event;
    }
    if (!isOver() && after.phase() instanceof Phase.Over) {
      overAt = atNanos;
    }
  }

  private static Verdict verdict(Phase phase) {
    return switch (phase) {
      case Phase.Running r -> null;
      case Phase.Terminating terminating -> terminating.verdict();
      case Phase.Draining draining -> draining.verdict();
      case Phase.Over over -> over.verdict();
    };
  }

  /** Whether a process ended as one that disables its service, and not the container. */
  boolean isDisabling(ProcessLife life) {
    for (ServiceSpec service : state.plan().services()) {
      if (service.name().equals(life.who.service())) {
        return service.exits().disables(life.status);
      }
    }
    return false;
  }
}
