package dev.gatun.sim;

import static dev.gatun.sim.Scenario.MILLI;
import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.tell.Explain;
import dev.gatun.journal.tell.Timeline;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.After;
import dev.gatun.plan.Health;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of services that depend on one another, over the real loop. */
class DependencyStoriesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/story-dependencies.txt");

  @TempDir Path directory;

  private static ServiceId id(String name) {
    return ServiceId.run(ServiceName.of(name));
  }

  private static Program program(String name, String file) {
    OsString home = OsString.of("/etc/service/" + name);
    return Program.of(home.resolve(file), home);
  }

  private static Service.Builder longrun(String name) {
    return Service.longrun(id(name), program(name, "run"));
  }

  /** A database that gets ready, a migration that fails, and what waits for either. */
  private static Workload life() {
    Program check = program("web", "check");
    Probe probe = new Probe(new Probe.Run(check), SECOND, SECOND);
    Meaning.Oneshot said = new Meaning.Oneshot(Meaning.Failure.IS_SAID);
    Readiness descriptor =
        new Readiness(new Readiness.Descriptor(3), 60 * SECOND, Readiness.Late.WAIT);
    return new Scenario()
        .with(
            longrun("db").readiness(descriptor).build(),
            Map.of(
                program("db", "run"),
                Behavior.of("db", new Step.Sleep(300 * MILLI), new Step.Notify(), SLEEP_ON)))
        .with(
            Service.oneshot(id("mount"), program("mount", "up"), said)
                .down(new Hooks.Down(program("mount", "down"), 0))
                .build(),
            Map.of(
                program("mount", "up"), Behavior.of("mount"),
                program("mount", "down"), Behavior.of("umount", new Step.Sleep(20 * MILLI))))
        .with(
            Service.oneshot(id("migrate"), program("migrate", "up"), said)
                .after(After.ready(id("db")))
                .build(),
            Map.of(
                program("migrate", "up"),
                Behavior.of("migrate", new Step.Sleep(100 * MILLI), new Step.Exit(2))))
        .with(
            longrun("api").after(After.ready(id("migrate"))).build(),
            Map.of(program("api", "run"), Behavior.of("api", SLEEP_ON)))
        .with(
            longrun("web")
                .after(After.ready(id("db")))
                .after(After.ready(id("mount")))
                .health(new Health(new Health.Probed(probe), 2, Health.Then.REPORT))
                .build(),
            Map.of(
                program("web", "run"),
                Behavior.of("web", SLEEP_ON),
                check,
                Behavior.of("check", new Step.Exit(1))))
        .signal(5 * SECOND, 15)
        .plain()
        .workload();
  }

  private Path journal() throws IOException {
    MemoryJournal file = new MemoryJournal(new Chance(0), false);
    RecordedRun.of(life(), file);
    return file.saveIn(directory);
  }

  @Test
  void it_is_explained() throws IOException, JournalException {
    String text = Explain.of(journal(), false);
    if (Boolean.getBoolean("gatun.rewriteGolden")) {
      Files.writeString(GOLDEN, text);
    }
    assertEquals(Files.readString(GOLDEN), text, "if this is meant: -Dgatun.rewriteGolden=true");
  }

  @Test
  void it_is_drawn() throws IOException, JournalException {
    String svg = Timeline.of(journal());
    for (String text : List.of("db is ready", "web is not healthy: the probe exited with 1")) {
      assertTrue(svg.contains(text), () -> text + " is missing in\n" + svg);
    }
  }

  @Test
  void nothing_is_wrong_with_it() {
    assertEquals(List.of(), Simulation.run(life(), true).faults());
  }
}
