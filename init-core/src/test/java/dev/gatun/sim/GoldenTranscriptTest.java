package dev.gatun.sim;

import static dev.gatun.sim.Scenario.MILLI;
import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static dev.gatun.sim.Scenario.doubleFork;
import static dev.gatun.sim.Scenario.err;
import static dev.gatun.sim.Scenario.out;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whole lives as text. They are rewritten only on purpose: {@code -Dgatun.rewriteGolden=true}, and
 * then read before they are committed.
 */
class GoldenTranscriptTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  @Test
  void a_service_fails_and_the_others_are_stopped_each_in_its_way() throws IOException {
    Behavior api =
        Behavior.of("api", out("{\"up\":true}\n"), new Step.Sleep(SECOND), new Step.Exit(7));
    Behavior db =
        Behavior.of("db", err("ready\n"), SLEEP_ON)
            .answeringTerm(new Step.Sleep(50 * MILLI), err("flushed\n"), new Step.Exit(0));
    Behavior script =
        Behavior.of("stop-db", out("stopping\n"), new Step.SignalTarget(15), new Step.Exit(1));
    Behavior worker =
        Behavior.of(
            "worker", doubleFork(Behavior.of("daemon", out("{\"n\":1}\n"), SLEEP_ON)), SLEEP_ON);
    check(
        "a-service-fails",
        new Scenario().service("api", api).scripted("db", db, script).service("worker", worker));
  }

  @Test
  void a_container_is_stopped_from_outside() throws IOException {
    Behavior web =
        Behavior.of("web", out("{\"get\":\"/\"}\nplain\n"), SLEEP_ON)
            .answeringTerm(out("{\"bye\":true}\n"), new Step.Exit(143));
    Behavior log = Behavior.of("web-log", new Step.Relay(true, 65_536, 0), err("closed\n"));
    check(
        "stopped-from-outside",
        new Scenario()
            .logged("web", web, log)
            .service("job", new Step.Sleep(300 * MILLI), new Step.Exit(115))
            .signal(500 * MILLI, 1)
            .signal(2 * SECOND, 15)
            .signal(2 * SECOND, 2));
  }

  @Test
  void the_deaf_are_killed() throws IOException {
    Behavior deaf =
        Behavior.deaf("deaf", doubleFork(Behavior.deaf("deaf-daemon", SLEEP_ON)), SLEEP_ON);
    check(
        "the-deaf-are-killed",
        new Scenario()
            .plain()
            .service("deaf", deaf)
            .service("good", out("a\n\nb"), SLEEP_ON)
            .killingAfter(250 * MILLI)
            .killingOrphansAfter(150 * MILLI)
            .endingWithin(10 * SECOND)
            .signal(500 * MILLI, 15));
  }

  private static void check(String name, Scenario scenario) throws IOException {
    Simulation simulation = scenario.run();
    assertEquals(List.of(), simulation.faults());
    String text =
        simulation.transcript
            + "\nstandard output\n"
            + new String(simulation.kernel.files.sink(1).received(), StandardCharsets.UTF_8)
            + "\nstandard error\n"
            + new String(simulation.kernel.files.sink(2).received(), StandardCharsets.UTF_8);
    Path file = DIRECTORY.resolve(name + ".txt");
    if (Boolean.getBoolean("gatun.rewriteGolden")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "if this is meant: -Dgatun.rewriteGolden=true");
  }
}
