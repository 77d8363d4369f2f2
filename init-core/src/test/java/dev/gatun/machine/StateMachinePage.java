package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Stage;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/state-machine.md}: every transition that small plans can make, found by
 * exploring them.
 */
public final class StateMachinePage {
  private static final long MILLI = 1_000_000;
  private static final String NOT_THERE = "[*]";

  /** From, to, and what happened. */
  private record Edge(String from, String to, String event) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return (from + " " + to + " " + event)
          .compareTo(other.from + " " + other.to + " " + other.event);
    }
  }

  private final Map<Edge, TreeSet<String>> phases = new TreeMap<>();
  private final Map<Edge, TreeSet<String>> processes = new TreeMap<>();
  private final Map<Edge, TreeSet<String>> orphans = new TreeMap<>();

  /** Writes the page, or with {@code --check} exits with 1 when it is stale. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String page = make();
    if (arguments.length == 1) {
      Files.writeString(file, page);
    } else if (!Files.exists(file) || !Files.readString(file).equals(page)) {
      System.err.println(file + " is stale: scripts/state-machine makes it anew");
      System.exit(1);
    }
  }

  static String make() {
    StateMachinePage page = new StateMachinePage();
    for (OrphanPolicy.Kind kind : OrphanPolicy.Kind.values()) {
      for (Exploration.Listing listing : Exploration.Listing.values()) {
        page.explore(kind, listing, Plan.NO_KILL, Exploration.Programs.OBEDIENT, "a+log", "b");
        page.explore(kind, listing, 120 * MILLI, Exploration.Programs.DEAF, "a+log+term");
      }
    }
    return page.text();
  }

  private void explore(
      OrphanPolicy.Kind kind,
      Exploration.Listing listing,
      long killAfterNanos,
      Exploration.Programs programs,
      String... services) {
    OrphanPolicy policy = new OrphanPolicy(kind, 10 * MILLI, 150 * MILLI);
    Plan plan = Life.plan(policy, killAfterNanos, services);
    new Exploration(plan, listing, true, programs, this::hear).explore();
  }

  private void hear(State before, Event event, Transition transition) {
    State after = transition.state();
    add(phases, name(before.phase()), name(after.phase()), name(event), transition, e -> true);
    for (Service service : before.services()) {
      for (Stage stage : Stage.values()) {
        ProcessState was = service.process(stage);
        ProcessState is = after.services().get(service.name()).process(stage);
        if (!name(was).equals(name(is))) {
          add(
              processes,
              name(was),
              name(is),
              name(event) + of(event, service, stage),
              transition,
              effect -> concerns(effect, service, stage));
        }
      }
    }
    hearOrphan(before, event, transition);
  }

  private void hearOrphan(State before, Event event, Transition transition) {
    String was = name(before.orphans().get(World.ORPHAN));
    String is = name(transition.state().orphans().get(World.ORPHAN));
    if (!was.equals(is)) {
      add(orphans, was, is, name(event), transition, StateMachinePage::concernsOrphan);
    }
  }

  private interface Filter {
    boolean wants(Effect effect);
  }

  private static void add(
      Map<Edge, TreeSet<String>> edges,
      String from,
      String to,
      String event,
      Transition transition,
      Filter filter) {
    TreeSet<String> effects =
        edges.computeIfAbsent(new Edge(from, to, event), any -> new TreeSet<>());
    for (Effect effect : transition.effects()) {
      if (!(effect instanceof Effect.Report) && filter.wants(effect)) {
        effects.add(text(effect));
      }
    }
  }

  private static String text(Effect effect) {
    String name = effect.getClass().getSimpleName();
    return switch (effect) {
      case Effect.SendSignal e -> name + " " + e.signal();
      case Effect.SignalOrphan e -> name + " " + e.signal();
      case Effect.SignalRest e -> name + " " + e.signal();
      case Effect.ForwardSignal e -> name + " " + e.signal();
      default -> name;
    };
  }

  /** What an event is to a process: its own, one of its service, or somebody else's. */
  private static String of(Event event, Service service, Stage stage) {
    Incarnation who =
        switch (event) {
          case Event.ProcessSpawned e -> e.who();
          case Event.SpawnFailed e -> e.who();
          case Event.ProcessExited e -> e.who();
          default -> null;
        };
    if (who == null) {
      return "";
    }
    boolean own = who.service().equals(service.name()) && who.stage() == stage;
    return own ? " of its own" : " of another";
  }

  private static boolean concerns(Effect effect, Service service, Stage stage) {
    Incarnation who =
        switch (effect) {
          case Effect.Spawn e -> e.who();
          case Effect.SpawnStopScript e -> stage == Stage.RUN ? e.target() : e.who();
          case Effect.SendSignal e -> e.who();
          default -> null;
        };
    return who != null && who.service().equals(service.name()) && who.stage() == stage;
  }

  private static boolean concernsOrphan(Effect effect) {
    return effect instanceof Effect.InspectOrphan
        || effect instanceof Effect.SignalOrphan
        || effect instanceof Effect.AdoptOrphan;
  }

  private static String name(Phase phase) {
    return phase instanceof Phase.Terminating t
        ? "Terminating" + (t.rest() == Rest.Unknown.IT ? "" : "Rest" + name(t.rest()))
        : nameOf(phase);
  }

  private static String name(Rest rest) {
    return nameOf(rest);
  }

  private static String name(ProcessState process) {
    return nameOf(process);
  }

  private static String name(Orphan orphan) {
    return orphan == null ? NOT_THERE : nameOf(orphan);
  }

  private static String name(Event event) {
    return nameOf(event);
  }

  private static String nameOf(Object value) {
    return value.getClass().getSimpleName();
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# The state machine");
    lines.add("");
    lines.add(
        "Made by `scripts/state-machine` from the code, by exploring what small plans can do");
    lines.add("(a service with a log program and a stop script or another service, an orphan, a");
    lines.add("signal from outside, every policy, with and without /proc). A test fails when this");
    lines.add("page is stale. [ARCHITECTURE.md](../ARCHITECTURE.md) says why it is so.");
    addChapter(lines, "The life of a process", processes, false);
    lines.add("The first spawns are ordered by the boot, before any event: `Down` to `Starting`.");
    addChapter(lines, "The phases of the container", phases, true);
    lines.add("`TerminatingRest...` is the end without a list of orphans.");
    addChapter(lines, "An orphan", orphans, false);
    return String.join("\n", lines) + "\n";
  }

  private static void addChapter(
      List<String> lines, String title, Map<Edge, TreeSet<String>> edges, boolean staying) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    lines.add("```mermaid");
    lines.add("stateDiagram-v2");
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (Edge edge : edges.keySet()) {
      if (!edge.from().equals(edge.to())) {
        labels
            .computeIfAbsent(edge.from() + " --> " + edge.to(), any -> new TreeSet<>())
            .add(edge.event());
      }
    }
    labels.forEach(
        (arrow, events) -> lines.add("  " + arrow + " : " + String.join("<br/>", events)));
    lines.add("```");
    lines.add("");
    lines.add("| from | event | to | effects |");
    lines.add("| --- | --- | --- | --- |");
    edges.forEach((edge, effects) -> lines.add(row(edge, effects)));
    lines.add("");
    if (staying) {
      lines.add(
          "A row that stays in its phase and has no effects is an event that is ignored there,");
      lines.add(
          "or that changes what is known only. Effects are all that were seen, not all at once.");
    }
  }

  private static String row(Edge edge, TreeSet<String> effects) {
    String list = effects.stream().collect(Collectors.joining(", "));
    return "| "
        + edge.from().replace(NOT_THERE, "not known")
        + " | "
        + edge.event()
        + " | "
        + (edge.from().equals(edge.to()) ? "stays" : edge.to().replace(NOT_THERE, "not known"))
        + " | "
        + list
        + " |";
  }
}
