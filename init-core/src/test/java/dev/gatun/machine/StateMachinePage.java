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

/**
 * Writes {@code docs/state-machine.md}: every transition that small plans can make, found by
 * exploring them.
 */
public final class StateMachinePage {
  private static final long MILLI = 1_000_000;

  private final Edges phases = new Edges();
  private final Edges processes = new Edges();
  private final Edges orphans = new Edges();

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
    phases.add(name(before.phase()), name(after.phase()), name(event), transition, e -> true);
    for (Service service : before.services()) {
      for (Stage stage : Stage.values()) {
        ProcessState was = service.process(stage);
        ProcessState is = after.services().get(service.name()).process(stage);
        if (!name(was).equals(name(is))) {
          processes.add(
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
      orphans.add(was, is, name(event), transition, StateMachinePage::concernsOrphan);
    }
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
    return orphan == null ? Edges.NOT_THERE : nameOf(orphan);
  }

  private static String name(Event event) {
    return nameOf(event);
  }

  static String nameOf(Object value) {
    return value.getClass().getSimpleName();
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# The state machine");
    lines.add("");
    lines.add(
        "Made by `scripts/state-machine` from the code, by exploring what small plans can do");
    lines.add("(a service with a log program and a stop script or another service, an orphan, a");
    lines.add(
        "signal from outside, every policy, with and without /proc; kept services with a log");
    lines.add("program, scripts, commands and a course). A test fails when this page is stale.");
    lines.add("[ARCHITECTURE.md](../ARCHITECTURE.md) says why it is so.");
    processes.addChapter(lines, "The life of a process");
    lines.add("The first spawns are ordered by the boot, before any event: `Down` to `Starting`.");
    phases.addChapter(lines, "The phases of the container");
    lines.add("");
    lines.add(
        "A row that stays in its phase and has no effects is an event that is ignored there,");
    lines.add(
        "or that changes what is known only. Effects are all that were seen, not all at once.");
    lines.add("`TerminatingRest...` is the end without a list of orphans.");
    orphans.addChapter(lines, "An orphan");
    new KeptChapters().addTo(lines);
    new ForwardingChapter().addTo(lines);
    return String.join("\n", lines) + "\n";
  }
}
