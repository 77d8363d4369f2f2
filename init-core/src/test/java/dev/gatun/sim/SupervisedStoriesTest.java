package dev.gatun.sim;

import static dev.gatun.sim.Scenario.MILLI;
import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.tell.Explain;
import dev.gatun.journal.tell.Timeline;
import dev.gatun.kernel.Errno;
import dev.gatun.model.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives of containers whose services are started again, and what their journals tell. */
class SupervisedStoriesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/supervised.explained.txt");

  @TempDir Path directory;

  private static Workload life() {
    Behavior web = Behavior.of("web", new Step.Sleep(200 * MILLI), new Step.Exit(1));
    Behavior finish = Behavior.of("finish", new Step.Sleep(20 * MILLI), new Step.Exit(0));
    Behavior log = Behavior.of("log", new Step.Relay(true, 4096, 0));
    Behavior db =
        Behavior.of("db", SLEEP_ON).answeringTerm(new Step.Sleep(50 * MILLI), new Step.Exit(0));
    Behavior cron = Behavior.of("cron", new Step.Sleep(1500 * MILLI), new Step.Die(11));
    return new Scenario()
        .stages(
            Behavior.of("1", new Step.Sleep(300 * MILLI), new Step.Exit(0)),
            Behavior.of("3", new Step.Sleep(100 * MILLI), new Step.Exit(5)))
        .finished("web", web, finish)
        .supervised("db", db, log)
        .supervised("cron", cron)
        .told(2100 * MILLI, "db", Order.DOWN)
        .told(2600 * MILLI, "db", Order.UP)
        .told(2700 * MILLI, "db", Order.HANGUP)
        .told(3000 * MILLI, "cron", Order.ONCE)
        .signal(5 * SECOND, 15)
        .ignoringOrphans()
        .killingOrphansAfter(0)
        .plain()
        .workload();
  }

  private Path journal() throws IOException {
    MemoryJournal file = new MemoryJournal(new Chance(0), false);
    RecordedRun.of(life(), file);
    return file.saveIn(directory);
  }

  @Test
  void a_journal_of_supervised_services_is_explained() throws IOException, JournalException {
    String text = Explain.of(journal(), false);
    if (Boolean.getBoolean("gatun.rewriteGolden")) {
      Files.writeString(GOLDEN, text);
    }
    assertEquals(Files.readString(GOLDEN), text, "if this is meant: -Dgatun.rewriteGolden=true");
  }

  @Test
  void and_drawn_with_its_stages_restarts_and_commands() throws IOException, JournalException {
    String svg = Timeline.of(journal());
    for (String text :
        List.of(
            ">stage 1<",
            ">stage 3<",
            ">outside<",
            "db down",
            "a client wanted db up, ",
            "finish, control",
            "runs once",
            "3 services")) {
      assertTrue(svg.contains(text), () -> text + " is missing in\n" + svg);
    }
  }

  @Test
  void a_pipe_to_a_log_program_that_could_not_be_made_is_made_with_a_later_start() {
    int[] failures = {4};
    Behavior log = Behavior.of("log", new Step.Relay(true, 4096, 0));
    Workload workload =
        new Scenario()
            .supervised("web", Behavior.of("web", SLEEP_ON), log)
            .signal(5 * SECOND, 15)
            .plain()
            .workload();
    Simulation run =
        Simulation.run(
            workload,
            true,
            0,
            kernel ->
                Overridden.kernel(
                    kernel, "logPipe", call -> failures[0]-- > 0 ? -Errno.EMFILE : null));
    assertEquals(List.of(), run.faults());
    String text = run.transcript().toString();
    assertTrue(text.contains("publish web/run: RUN"), text);
    assertTrue(text.contains("publish web/log: RUN"), text);
  }
}
