package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.Remainder;
import dev.gatun.machine.service.ProcessLife;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes {@code docs/state-machine.md}: every transition that small plans can make, found by
 * exploring them.
 */
public final class StateMachinePage {
  private static final String NEW = "New";

  private final Edges containers = new Edges();
  private final Edges services = new Edges();
  private final Edges orphans = new Edges();

  /** Writes the page, or with {@code --check} exits with 1 when it is stale. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String page = make();
    if (arguments.length == 1) {
      Files.writeString(file, page);
    } else if (!Files.exists(file) || !Files.readString(file).equals(page)) {
      System.err.println(file + " is stale: scripts/dev state-machine makes it anew");
      System.exit(1);
    }
  }

  static String make() {
    StateMachinePage page = new StateMachinePage();
    for (OrphanPolicy.Kind kind : OrphanPolicy.Kind.values()) {
      for (Exploration.Listing listing : Exploration.Listing.values()) {
        OrphanPolicy policy = new OrphanPolicy(kind, 10 * Plans.MILLI, 150 * Plans.MILLI);
        Exploration.Programs obedient = Exploration.Programs.OBEDIENT;
        Exploration.Programs deaf = Exploration.Programs.DEAF;
        page.explore(Plans.plain(policy, Stop.NO_KILL, "a+log", "b"), listing, obedient);
        page.explore(Plans.plain(policy, 120 * Plans.MILLI, "a+log+term"), listing, deaf);
      }
    }
    page.exploreWithOrders(ExhaustionTest.stages(true, true), Stop.NO_KILL, "ft", "a+log");
    page.exploreWithOrders(Stages.none().main("2", 111), 3 * Plans.SECOND, "", "a+ends");
    page.exploreWithOrders(Stages.none(), Stop.NO_KILL, "ud", "a+once+down");
    return page.text();
  }

  private void explore(Plan plan, Exploration.Listing listing, Exploration.Programs programs) {
    Exploration.Case explored = new Exploration.Case(plan, listing, true, programs, -1);
    new Exploration(explored, this::hear).explore();
  }

  private void exploreWithOrders(
      Stages stages, long killAfterNanos, String scripts, String service) {
    Plan plan = Plans.having(Plans.supervised(stages, killAfterNanos, service), scripts);
    Exploration.Case explored =
        new Exploration.Case(
            plan, Exploration.Listing.LISTED, false, Exploration.Programs.OBEDIENT, 1);
    new Exploration(explored, this::hear).explore();
  }

  private void hear(State before, Event event, Transition transition) {
    State after = transition.state();
    containers.add(
        name(before.container()), name(after.container()), nameOf(event), transition, e -> true);
    for (ServiceState service : before.services()) {
      Optional<ServiceState> next = after.services().find(service.id());
      String was = name(service);
      String is = next.isEmpty() ? Edges.NOT_THERE : name(next.get());
      if (!was.equals(is)) {
        services.add(
            was,
            is,
            nameOf(event) + of(event, service.id()),
            transition,
            effect -> concerns(effect, service.id()));
      }
    }
    String was = name(before.orphans().get(World.ORPHAN));
    String is = name(after.orphans().get(World.ORPHAN));
    if (!was.equals(is)) {
      orphans.add(was, is, nameOf(event), transition, StateMachinePage::concernsOrphan);
    }
  }

  /** What an event is to a service: its own, or somebody else's. */
  private static String of(Event event, ServiceId service) {
    Optional<Incarnation> who =
        switch (event) {
          case Event.ProcessSpawned e -> Optional.of(e.who());
          case Event.SpawnFailed e -> Optional.of(e.who());
          case Event.ProgramMissing e -> Optional.of(e.who());
          case Event.ProcessExited e -> Optional.of(e.who());
          default -> Optional.empty();
        };
    if (who.isEmpty()) {
      return "";
    }
    return owner(who.get()).equals(service) ? " of its own" : " of another";
  }

  private static ServiceId owner(Incarnation who) {
    return new ServiceId(who.service(), who.stage().owner());
  }

  private static boolean concerns(Effect effect, ServiceId service) {
    return switch (effect) {
      case Effect.Spawn e -> owner(e.who()).equals(service);
      case Effect.SendSignal e -> owner(e.who()).equals(service);
      case Effect.SignalGroup e -> owner(e.leader()).equals(service);
      case Effect.OpenPipe e -> e.reader().equals(service);
      case Effect.ClosePipe e -> e.reader().equals(service);
      case Effect.ReleaseService e -> e.service().equals(service.name());
      default -> false;
    };
  }

  private static boolean concernsOrphan(Effect effect) {
    return effect instanceof Effect.InspectOrphan
        || effect instanceof Effect.SignalOrphan
        || effect instanceof Effect.AdoptOrphan;
  }

  private static String name(Container container) {
    return switch (container) {
      case Container.In in ->
          "In" + in.target() + (in.isTerminating() && !in.cleared() ? "_clearing" : "");
      case Container.Sweeping s when s.remainder() != Remainder.Unknown.IT ->
          "Sweeping_" + nameOf(s.remainder());
      default -> nameOf(container);
    };
  }

  /** What its own program is doing, and what else runs of it. */
  private static String name(ServiceState state) {
    String life =
        switch (state.life()) {
          case ProcessLife.None n when n.why() == ProcessLife.Why.NEW -> NEW;
          case ProcessLife.None n -> "Down";
          case ProcessLife.Starting s -> "Starting";
          case ProcessLife.Up up -> up.paused() ? "Paused" : up.told() ? "Told" : "Up";
        };
    String script = state.orders().script().map(s -> "_" + nameOf(s.purpose())).orElse("");
    return life + (state.finish().isNone() ? "" : "_finishing") + script;
  }

  private static String name(Orphan orphan) {
    return orphan == null ? Edges.NOT_THERE : nameOf(orphan);
  }

  static String nameOf(Object value) {
    return value instanceof Enum<?> constant && !(value instanceof Remainder)
        ? constant.name().toLowerCase(Locale.ROOT)
        : value.getClass().getSimpleName();
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# The state machine");
    lines.add("");
    lines.add(
        "Made by `scripts/dev state-machine` from the code, by exploring what small plans can do:");
    lines.add("services with log programs, stop programs, scripts and orders of clients, programs");
    lines.add(
        "before, beside and after them, an orphan, a signal from outside, every policy, with");
    lines.add("and without /proc. A test fails when this page is stale.");
    lines.add("[ARCHITECTURE.md](../ARCHITECTURE.md) says why it is so.");
    services.addChapter(lines, "A service");
    lines.add("`New` has never been started, `Told` got TERM or runs its stop program. What is");
    lines.add("wanted of a service is no part of its name here; the first starts are ordered by");
    lines.add("the boot, before any event.");
    containers.addChapter(lines, "The container");
    lines.add("");
    lines.add("A row that stays where it is and has no effects is an event that is ignored there,");
    lines.add("or that changes what is known only. Effects are all that were seen, not all at");
    lines.add("once. `_clearing` waits for what the target does not want; `Sweeping_...` is the");
    lines.add("end without a list of orphans.");
    orphans.addChapter(lines, "An orphan");
    addForwarding(lines);
    return String.join("\n", lines) + "\n";
  }

  private static void addForwarding(List<String> lines) {
    lines.add("");
    lines.add("## The signals of a command");
    lines.add("");
    lines.add(
        "A command that gets Gatun's signals, where INT is passed on as TERM and USR1 not at");
    lines.add("all. Each row is what the machine decides in that state of the command.");
    lines.add("");
    lines.add("| the command is | event | the container is then | effects |");
    lines.add("| --- | --- | --- | --- |");
    Plan base = Plans.plain(Plans.IGNORE, Stop.NO_KILL, "make");
    Forwarding forwarding =
        new Forwarding(
            base.services().getFirst().id(),
            true,
            List.of(
                new Forwarding.Rewrite(Signal.INT, Optional.of(Signal.TERM)),
                new Forwarding.Rewrite(Signal.USR1, Optional.empty())));
    Signals signals = new Signals(List.of(), List.of(), Optional.of(forwarding));
    Plan plan = base.toBuilder().signals(signals).build();
    Map<String, Life> lives = new LinkedHashMap<>();
    lives.put("Starting", Life.startingSlowly(plan));
    lives.put("Up", Life.startingSlowly(plan).started());
    lives.put("Ended", Life.startingSlowly(plan).started().exits("make/run", 0));
    lives.forEach((name, life) -> addForwarding(lines, name, life));
    lines.add("");
    lines.add("A command that was stopped and continued is what it was: the shell's terminal is");
    lines.add("handed over and back outside the machine, by what follows from `FollowStop`.");
  }

  private static void addForwarding(List<String> lines, String name, Life life) {
    List<Event> events = new ArrayList<>();
    for (Signal signal :
        List.of(Signal.TERM, Signal.INT, Signal.HUP, Signal.TSTP, Signal.CONT, Signal.USR1)) {
      events.add(new Event.SignalReceived(0, signal));
    }
    events.add(new Event.ProcessStopped(0, life.find("make/run"), Signal.TSTP));
    for (Event event : events) {
      Transition transition = InitMachine.step(life.state(), event);
      List<String> effects = new ArrayList<>();
      for (Effect effect : transition.effects()) {
        if (!(effect instanceof Effect.Report)) {
          effects.add(Edges.text(effect));
        }
      }
      Signal signal =
          event instanceof Event.SignalReceived e
              ? e.signal()
              : ((Event.ProcessStopped) event).signal();
      String container = name(transition.state().container());
      lines.add(
          "| "
              + name
              + " | "
              + nameOf(event)
              + " "
              + signal
              + " | "
              + container
              + " | "
              + String.join(", ", effects)
              + " |");
    }
  }
}
