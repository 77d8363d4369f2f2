package dev.gatun.journal.tell;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.record.Header;
import dev.gatun.journal.replay.ComparedStep;
import dev.gatun.journal.replay.JournalFiles;
import dev.gatun.journal.replay.Line;
import dev.gatun.journal.replay.Playback;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.machine.service.ProcessLife;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What has happened in a container, put together from its journal. */
final class Chronicle implements Playback.Viewer {

  /** What a client told a service. */
  record ClientOrder(long atNanos, ServiceId service, Order order) {
    /** Whether both are the same to people. */
    boolean isLike(ClientOrder other) {
      return service.equals(other.service) && order == other.order;
    }
  }

  /** A service was found, or has vanished. */
  record Arrival(long atNanos, ServiceName service, boolean vanished) {}

  /** What programs are started with has changed. */
  record EnvironmentChange(long atNanos, Environment before, Environment after) {}

  /** Events that are not in the journal. */
  record Gap(long atNanos, long lost) {}

  final Map<Long, ProcessStory> processes = new LinkedHashMap<>();
  final Map<Long, OrphanStory> orphans = new LinkedHashMap<>();
  final List<OutsideSignal> signals = new ArrayList<>();
  final List<ClientOrder> orders = new ArrayList<>();
  final List<Event.ChangeRequested> changes = new ArrayList<>();
  final List<Event.SignalRequested> wantedSignals = new ArrayList<>();
  final List<EnvironmentChange> environments = new ArrayList<>();
  final List<Arrival> arrivals = new ArrayList<>();
  final List<LevelStory> levels = new ArrayList<>();
  final List<StandingStory> standings = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();
  private final NavigableMap<Long, WallClock> clocks = new TreeMap<>();
  Header header;
  State state;

  /** What programs were started with where the journal begins. */
  Environment environment;

  long bootedAt = ProcessStory.NEVER;
  long firstAt = ProcessStory.NEVER;
  long lastAt = ProcessStory.NEVER;
  Verdict verdict;

  /** What it was when it was settled: a program at the end may change it. */
  Verdict settled;

  long changedAt = ProcessStory.NEVER;

  /** When the verdict was settled, and by what; nothing when the journal begins later. */
  long verdictAt = ProcessStory.NEVER;

  Optional<Event> cause = Optional.empty();
  long drainAt = ProcessStory.NEVER;
  long overAt = ProcessStory.NEVER;
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
    JournalFiles.play(file, playback);
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
    return overAt != ProcessStory.NEVER;
  }

  @Override
  public void begun(Header part) {
    header = part;
  }

  @Override
  public void clock(Line.ClockSet clock) {
    clocks.put(clock.atNanos(), new WallClock(clock.atNanos(), clock.wallMillis()));
  }

  @Override
  public void known(int line, State led, Line.Known known) {
    note(known.atNanos());
    if (known.lost() > 0) {
      gaps.add(new Gap(known.atNanos(), known.lost()));
    }
    for (ServiceState service : known.state().services()) {
      know(service.life(), known.atNanos());
      know(service.finish(), known.atNanos());
      service.orders().script().ifPresent(script -> know(script.life(), known.atNanos()));
    }
    for (Orphan orphan : known.state().orphans()) {
      know(orphan, known.atNanos());
    }
    settle(known.state(), known.atNanos(), Optional.empty());
  }

  private void know(ProcessLife process, long atNanos) {
    switch (process) {
      case ProcessLife.None none -> {}
      case ProcessLife.Starting starting -> life(starting.who());
      case ProcessLife.Up up -> {
        long sinceNanos = Math.clamp(up.sinceNanos(), 0, atNanos);
        ProcessStory life = life(up.who());
        life.spawnedAt = sinceNanos;
        life.pid = up.pid();
        life.toldAt = up.told() && !life.wasTold() ? atNanos : life.toldAt;
      }
    }
  }

  private void know(Orphan orphan, long atNanos) {
    OrphanStory life = orphan(orphan.id(), atNanos);
    switch (orphan) {
      case Orphan.Adopted adopted -> {
        life.name = adopted.name();
        life.origin = adopted.origin();
        life.adoptedAt = Math.clamp(adopted.sinceNanos(), 0, atNanos);
      }
      case Orphan.Stopping s -> life.toldAt = life.wasTold() ? life.toldAt : atNanos;
      case Orphan.Killed k -> life.killedAt = life.wasKilled() ? life.killedAt : atNanos;
      case Orphan.Maturing m -> {}
      case Orphan.Adopting a -> {}
    }
  }

  private ProcessStory life(Incarnation who) {
    return processes.computeIfAbsent(who.number(), number -> new ProcessStory(who));
  }

  @Override
  public void step(ComparedStep step) {
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
    standings.addAll(StandingStory.of(step));
    settle(step.after(), step.atNanos(), step.event());
  }

  private void note(long atNanos) {
    firstAt = firstAt == ProcessStory.NEVER ? atNanos : firstAt;
    lastAt = atNanos;
  }

  private void hear(Event event, ComparedStep step) {
    switch (event) {
      case Event.SignalReceived e -> signals.add(OutsideSignal.of(e, step));
      case Event.ProcessSpawned e -> {
        ProcessStory life = life(e.who());
        life.spawnedAt = e.atNanos();
        life.pid = e.pid();
      }
      case Event.SpawnFailed e -> {
        ProcessStory life = life(e.who());
        life.failedAt = e.atNanos();
        life.failure = e.cause();
      }
      case Event.ProcessExited e -> life(e.who()).end(e.status(), e.atNanos());
      case Event.OrphansArrived e -> {
        for (OrphanId id : e.orphans()) {
          orphans.put(id.number(), new OrphanStory(id, e.atNanos()));
        }
      }
      case Event.OrphanInspected e -> {
        OrphanStory life = orphan(e.id(), e.atNanos());
        life.name = e.name();
        life.commandLine = e.commandLine();
        life.origin = e.origin();
      }
      case Event.OrphansReaped e -> {
        for (OrphanExit exit : e.orphans()) {
          orphan(exit.id(), e.atNanos()).end(exit.status(), e.atNanos());
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
      case Event.OrderReceived e ->
          orders.add(new ClientOrder(e.atNanos(), e.service(), e.order()));
      case Event.ServiceFound e -> arrive(e.services().getFirst().id().name(), step, false);
      case Event.ServiceVanished e -> arrive(e.service(), step, true);
      case Event.EnvironmentRead e -> change(e, step.before().environment());
      case Event.HooksChanged e -> {}
      case Event.ServicesScanned e -> {}
      case Event.EndRequested e -> {}
      case Event.LevelRequested e -> levels.add(LevelStory.requested(e));
      case Event.ExitCodeChosen e -> {}
      case Event.Notified e -> {}
      case Event.ProbeAnswered e -> {}
      case Event.ChangeRequested e -> changes.add(e);
      case Event.SignalRequested e -> wantedSignals.add(e);
    }
  }

  /** What nobody knew cannot vanish, and what is known already is not found. */
  private void arrive(ServiceName service, ComparedStep step, boolean vanished) {
    boolean wasThere = step.before().services().find(ServiceId.run(service)).isPresent();
    if (wasThere == vanished) {
      arrivals.add(new Arrival(step.atNanos(), service, vanished));
    }
  }

  private void change(Event.EnvironmentRead read, Environment before) {
    if (!read.environment().equals(before)) {
      environments.add(new EnvironmentChange(read.atNanos(), before, read.environment()));
    }
  }

  /** Whether the end of the container follows from that process. */
  boolean decides(Incarnation who) {
    return cause.isPresent()
        && switch (cause.get()) {
          case Event.ProcessExited e -> e.who().is(who);
          case Event.SpawnFailed e -> e.who().is(who);
          default -> false;
        };
  }

  private OrphanStory orphan(OrphanId id, long atNanos) {
    return orphans.computeIfAbsent(id.number(), number -> new OrphanStory(id, atNanos));
  }

  private void see(Effect effect, long atNanos) {
    switch (effect) {
      case Effect.Spawn e -> {
        life(e.who());
        if (e.target().isPresent()) {
          ProcessStory target = life(e.target().get().process());
          target.toldAt = atNanos;
          target.toldByScript = true;
        }
      }
      case Effect.SendSignal e -> life(e.who()).signal(e.signal(), atNanos);
      case Effect.ForwardSignal e -> life(e.who()).signal(e.signal(), atNanos);
      case Effect.SignalOrphan e -> orphan(e.id(), atNanos).signal(e.signal(), atNanos);
      case Effect.AdoptOrphan e -> orphan(e.id(), atNanos).adoptedAt = atNanos;
      case Effect.AbandonOutput e -> outputAbandoned = true;
      case Effect.DrainOutput e -> drainAt = atNanos;
      case Effect.OpenPipe e -> {}
      case Effect.ClosePipe e -> {}
      case Effect.StopSelf e -> {}
      case Effect.FollowStop e -> {}
      case Effect.Sweep e -> {}
      case Effect.InspectOrphan e -> {}
      case Effect.SignalAll e -> {}
      case Effect.SignalGroup e -> life(e.leader()).signalGroup(e.signal(), atNanos);
      case Effect.PublishStatus e -> {}
      case Effect.ReleaseService e -> {}
      case Effect.FindServices e -> {}
      case Effect.ReadEnvironment e -> {}
      case Effect.AskWhetherToEnd e -> {}
      case Effect.Ask e -> {}
      case Effect.StopAsking e -> {}
      case Effect.Report e -> {}
      case Effect.ActOnLevels e -> {
        if (e.action() instanceof LevelAction.ShowLevel shown) {
          levels.add(LevelStory.entered(shown, atNanos));
        }
      }
    }
  }

  private void settle(State after, long atNanos, Optional<Event> event) {
    state = after;
    environment = environment == null ? after.environment() : environment;
    Verdict now = verdict(after.container());
    if (verdict != null && !verdict.equals(now)) {
      changedAt = atNanos;
      verdict = now;
    }
    if (verdict == null && now != null) {
      verdict = now;
      settled = now;
      boolean seen = event.isPresent() || bootedAt == atNanos;
      verdictAt = seen ? atNanos : ProcessStory.NEVER;
      cause = event;
    }
    if (!isOver() && after.container() instanceof Container.Over) {
      overAt = atNanos;
    }
  }

  private static Verdict verdict(Container container) {
    return switch (container) {
      case Container.In in -> in.verdict().orElse(null);
      case Container.Sweeping sweeping -> sweeping.verdict();
      case Container.Draining draining -> draining.verdict();
      case Container.Over over -> over.verdict();
    };
  }

  /** The plan's services of that stage, in the order in which they are wanted. */
  List<Service> planned(Stage stage) {
    return state.plan().services().stream()
        .filter(service -> service.id().stage() == stage)
        .sorted(Comparator.comparing(service -> service.span().from()))
        .toList();
  }

  /** Whether there are several services, and none outlives another for long. */
  boolean endsWithTheFirst() {
    List<Service> services = planned(Stage.RUN);
    return services.size() > 1
        && !state.plan().findsServices()
        && services.stream().noneMatch(service -> service.restart().everRestarts());
  }

  /** Whether a process ended as one that disables its service, and not the container. */
  boolean isDisabling(ProcessStory life) {
    ServiceId owner = new ServiceId(life.who.service(), life.who.stage().owner());
    return state
        .services()
        .find(owner)
        .filter(service -> service.service().meaning() instanceof Meaning.EndsContainer)
        .map(service -> (Meaning.EndsContainer) service.service().meaning())
        .filter(ends -> ends.disables(Optional.of(life.status)))
        .isPresent();
  }
}
