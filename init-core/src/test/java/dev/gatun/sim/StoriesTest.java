package dev.gatun.sim;

import static dev.gatun.sim.Scenario.MILLI;
import static dev.gatun.sim.Scenario.SECOND;
import static dev.gatun.sim.Scenario.SLEEP_ON;
import static dev.gatun.sim.Scenario.doubleFork;
import static dev.gatun.sim.Scenario.out;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.replay.Replay;
import dev.gatun.journal.tell.Explain;
import dev.gatun.journal.tell.Timeline;
import dev.gatun.kernel.Errno;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/**
 * What journals tell, as golden files. They are rewritten only on purpose: {@code
 * -Dgatun.rewriteGolden=true}, and then read before they are committed.
 */
class StoriesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path directory;

  private Path record(Workload workload) throws IOException {
    MemoryJournal file = new MemoryJournal(new Chance(0), false);
    RecordedRun.of(workload, file);
    return file.saveIn(directory);
  }

  private static void check(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("gatun.rewriteGolden")) {
      Files.writeString(file, text);
    }
    assertEquals(Files.readString(file), text, "if this is meant: -Dgatun.rewriteGolden=true");
  }

  /** All that a container may go through in its end. */
  private static Scenario failure() {
    Behavior api = Behavior.of("api", out("{}\n"), new Step.Sleep(SECOND), new Step.Exit(7));
    Behavior db =
        Behavior.of("db", SLEEP_ON).answeringTerm(new Step.Sleep(50 * MILLI), new Step.Exit(0));
    Behavior stop =
        Behavior.of("stop-db", new Step.SignalTarget(15), new Step.Sleep(MILLI), new Step.Exit(0));
    Behavior web = Behavior.of("web", SLEEP_ON).answeringTerm(new Step.Exit(143));
    Behavior log = Behavior.of("web-log", new Step.Relay(true, 65_536, 0));
    return new Scenario()
        .service("api", api)
        .service("cron", Behavior.deaf("cron", SLEEP_ON))
        .scripted("db", db, stop)
        .service("migrate", new Step.Sleep(300 * MILLI), new Step.Exit(115))
        .logged("web", web, log)
        .service(
            "worker",
            Behavior.of("worker", doubleFork(Behavior.of("daemon", SLEEP_ON)), SLEEP_ON)
                .answeringTerm(new Step.Sleep(12 * MILLI), new Step.Exit(0)))
        .killingAfter(30 * SECOND)
        .endingWithin(60 * SECOND);
  }

  @Test
  void a_service_fails() throws IOException, JournalException {
    Path journal = record(failure().workload());
    check("story-a-service-fails.txt", Explain.of(journal, false));
    check("story-a-service-fails.svg", Timeline.of(journal));
  }

  @Test
  void signals_come_from_outside() throws IOException, JournalException {
    Scenario scenario =
        new Scenario()
            .service("a", Behavior.of("a", SLEEP_ON))
            .service("b", new Step.Sleep(40 * 3600 * SECOND), new Step.Exit(0))
            .service("c", out("{}\n"), SLEEP_ON)
            .signal(5 * SECOND, 1)
            .signal(6 * SECOND, 1)
            .signal(900 * SECOND, 15)
            .signal(900 * SECOND + 1, 2)
            .ignoringOrphans();
    check("story-signals.txt", Explain.of(record(scenario.workload()), false));
  }

  @Test
  void somebody_else_kills() throws IOException, JournalException {
    Scenario scenario =
        new Scenario().service("only", new Step.Sleep(90 * SECOND), new Step.Die(9));
    check("story-killed.txt", Explain.of(record(scenario.ignoringOrphans().workload()), false));
  }

  @Test
  void a_service_cannot_be_started() throws IOException, JournalException {
    Workload workload =
        new Scenario()
            .service("good", Behavior.of("good", SLEEP_ON))
            .service("missing", Behavior.of("missing", SLEEP_ON))
            .workload();
    Setting all = workload.setting();
    Setting lacking =
        new Setting(
            all.programs(),
            Map.of(ServiceMaker.run("missing"), Errno.ENOENT),
            all.stdout(),
            all.stderr(),
            true,
            true,
            0,
            all.pidMax(),
            all.maxDescriptors(),
            0,
            new Chance(0));
    check("story-cannot-start.txt", Explain.of(record(workload.with(lacking)), false));
  }

  @Test
  void many_orphans_are_told_together() throws IOException, JournalException {
    Step[] steps = new Step[41];
    for (int i = 0; i < 40; i++) {
      Behavior daemon =
          i % 10 == 0 ? Behavior.deaf("deaf", SLEEP_ON) : Behavior.of("daemon", SLEEP_ON);
      steps[i] = doubleFork(daemon);
    }
    steps[40] = new Step.Sleep(5 * SECOND);
    Scenario scenario =
        new Scenario().service("forks", steps).killingOrphansAfter(SECOND).endingWithin(9 * SECOND);
    check("story-orphans.txt", Explain.of(record(scenario.workload()), false));
  }

  @Test
  void a_journal_that_ends_in_the_middle_is_told_and_replayed()
      throws IOException, JournalException {
    Path journal = record(failure().workload());
    List<String> lines = Files.readAllLines(journal);
    int exit = 0;
    while (!lines.get(exit).contains("[\"exited\",7]")) {
      exit++;
    }
    String torn = lines.get(exit + 1).substring(0, 20);
    Files.writeString(
        journal,
        String.join("\n", lines.subList(0, exit + 1)) + "\n" + torn,
        StandardCharsets.UTF_8);
    check("story-in-the-middle.txt", Explain.of(journal, false));
    assertTrue(
        Replay.of(journal)
            .summary()
            .endsWith(
                "no difference; it ends before the container's end; its last line is cut off and"
                    + " left out"));
  }

  @Test
  void a_changed_decision_is_shown() throws IOException, JournalException {
    Path journal = record(failure().workload());
    String text = Files.readString(journal);
    Files.writeString(
        journal,
        text.replace("[\"sendSignal\",[\"worker\",\"run\",", "[\"sendSignal\",[\"web\",\"run\","));
    Replay.Result result = Replay.of(journal);
    String difference = result.difference().orElseThrow();
    assertTrue(
        difference.contains(
            ": the decision differs\n  event    ProcessExited[atNanos=1000000000, who=api/run#1,"),
        difference);
    assertTrue(
        difference.contains("\n- recorded SendSignal[who=web/run#")
            && difference.contains("\n+ decided  SendSignal[who=worker/run#"),
        difference);
    assertTrue(
        Explain.of(journal, false)
            .contains("This Gatun decides otherwise than the one that wrote"));
  }

  @Test
  void what_is_no_journal_is_refused_with_its_name() throws IOException {
    Path file = directory.resolve("other");
    assertEquals("cannot read " + file + ": there is no such file", complaint(file));
    Files.writeString(file, "");
    assertEquals("cannot use " + file + " as a journal: it is empty", complaint(file));
    Files.write(file, new byte[] {0, 1, (byte) 0xff, '\n', 7});
    assertEquals(
        "cannot use " + file + " as a journal: no journal of Gatun begins like its first line",
        complaint(file));
    Files.writeString(file, "{\"journal\":7,\"gatun\":\"4.5\"}\n");
    assertEquals(
        "cannot use "
            + file
            + " as a journal: its format is version 7, and this Gatun knows version 2: use the"
            + " gatun that wrote it, 4.5",
        complaint(file));
    assertEquals("cannot read " + directory + ": it is a directory", complaint(directory));
  }

  private static String complaint(Path file) {
    return assertThrows(JournalException.class, () -> Replay.of(file)).getMessage();
  }

  @Test
  void the_chart_is_xml_and_has_a_lane_for_each_service_however_many() throws Exception {
    Scenario scenario = new Scenario();
    for (int i = 0; i < 100; i++) {
      scenario.service(String.format("s<%03d>&", i), Behavior.of("s" + i, SLEEP_ON));
    }
    String svg = Timeline.of(record(scenario.signal(3 * SECOND, 15).workload()));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    assertEquals("svg", document.getDocumentElement().getLocalName());
    int lanes = 0;
    var texts = document.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      lanes += texts.item(i).getTextContent().startsWith("s<") ? 1 : 0;
    }
    assertEquals(100, lanes);
  }
}
