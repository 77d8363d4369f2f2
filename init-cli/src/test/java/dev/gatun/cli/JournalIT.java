package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GATUN_JOURNAL}, and what is made of a journal afterwards. */
class JournalIT {
  private static final String WAITS = "while :; do sleep 0.05; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private Path journal() {
    return directory.resolve("journal");
  }

  private Container.Builder recorded() {
    return container().env("GATUN_JOURNAL", journal().toString());
  }

  /** A command of Gatun's about journals: its exit code in front of what it prints. */
  private String gatun(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = Container.launcher().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try (Container c = container().withoutNamespace().command(command).start()) {
      int code = c.exitCode();
      return code + " " + c.stdout() + c.stderr();
    }
  }

  private void assertReplays() {
    String replayed = gatun("replay", journal().toString());
    assertTrue(replayed.matches("(?s)0 .*, no difference\n"), replayed);
  }

  @Test
  void aJournalOfAContainerReplaysAndIsExplainedAndDrawn() throws IOException {
    try (Container c =
        recorded()
            .service("fails", "sleep 1.5; exit 7")
            .service("logs", WAITS)
            .script("logs/log/run", "cat")
            .service("scripted", WAITS)
            .script("scripted/terminate", "kill -KILL $DINIT_PID")
            .service("forks", "(sleep 600 &); " + WAITS)
            .service("deaf", "trap '' TERM; " + WAITS)
            .env("GATUN_KILL_TIMEOUT", "1")
            .start()) {
      c.signal("HUP");
      assertEquals(3, c.exitCode(), c::both);
      assertFalse(c.both().contains("journal"), c::both);
    }
    assertReplays();
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal())));
    String story = gatun("explain", journal().toString());
    assertTrue(story.startsWith("0 exit code 3: service fails exited with 7 after 1."), story);
    for (String sentence :
        List.of(
            "with 5 services: deaf, fails, forks, logs and scripted\n",
            "HUP came from outside: it changes nothing\n",
            "  fails exited with 7 after 1.",
            "; it was the first to end; exit code 3\n",
            "reparented process sleep (",
            ") of service forks obeyed TERM in ",
            "  scripted was stopped by its script in ",
            "  deaf did not obey TERM and was killed after 1.",
            "  the container ended with exit code 3, 1.")) {
      assertTrue(story.contains(sentence), () -> sentence + " is missing in\n" + story);
    }
    Path svg = directory.resolve("out.svg");
    assertEquals("0 ", gatun("timeline", journal().toString(), "--svg", svg.toString()));
    assertTrue(Files.readString(svg).contains("exit code 3: service fails exited with 7"));
  }

  private void assertTells(String story, String... sentences) {
    for (String sentence : sentences) {
      assertTrue(story.contains(sentence), () -> sentence + " is missing in\n" + story);
    }
  }

  @Test
  void aJournalOfSupervisedServicesTellsOfStagesRestartsAndClients() throws IOException {
    Path services = directory.resolve("services");
    try (Container c =
        Runit.container(directory)
            .env("GATUN_JOURNAL", journal().toString())
            .script("../runit/1", "sleep 0.1")
            .script("../runit/3", "exit 5")
            .service("fails", "sleep 0.1; echo failing >&2; exit 1")
            .script("fails/finish", "sleep 0.05")
            .service("obeys", "trap 'exit 0' TERM; echo up; " + WAITS)
            .start()) {
      c.awaitText("obeys/run: up");
      assertEquals(0, Runit.sv(services, "down", "obeys").code());
      c.awaitOutput("two ends", () -> c.both().split("failing", -1).length > 2);
      c.signal("TERM");
      assertEquals(5, c.exitCode(), c::both);
    }
    assertReplays();
    String story = gatun("explain", journal().toString());
    assertTrue(story.startsWith("0 exit code 5: a program that is run once has failed"), story);
    assertTells(
        story,
        "; before them it runs stage 1; at the end it runs stage 3\n",
        "  stage 1 exited with 0 after ",
        "  services fails and obeys were found\n",
        "  fails exited with 1 after ",
        "; its finish script ran for ",
        "; it was started again ",
        "  a client wanted obeys down\n",
        "  obeys obeyed TERM in ",
        "  stage 3 exited with 5 after ");
    String svg = gatun("timeline", journal().toString());
    assertTrue(svg.contains(">stage 3<") && svg.contains(">obeys down<"), svg);
  }

  @Test
  void aJournalOfACommandTellsWhatBecameOfItsSignals() throws IOException {
    String script = "trap 'exit 4' HUP; trap 'echo usr' USR1; echo ready; " + WAITS;
    try (Container c =
        recorded()
            .env("GATUN_LAYOUT", "command")
            .command(Container.launcher().toString(), "bash", "-c", script)
            .start()) {
      c.awaitText("ready");
      c.signal("USR1");
      c.awaitText("usr");
      c.signal("HUP");
      assertEquals(4, c.exitCode(), c::both);
    }
    assertReplays();
    assertTells(
        gatun("explain", journal().toString()),
        "  USR1 came from outside: it was passed on to bash\n",
        "  HUP came from outside: it was passed on to bash\n",
        "  bash exited with 4 after ");
  }

  @Test
  void theJournalHasTheEnvironmentAndValuesAreToldWhenTheyAreAskedFor() throws IOException {
    try (Container c = recorded().service("a", "exit 0").env("SECRET", "hid den").start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    assertTrue(Files.readString(journal()).contains("\"SECRET=hid den\""), "not there");
    String story = gatun("explain", journal().toString());
    assertTrue(story.startsWith("0 ") && !story.contains("SECRET"), story);
    assertTells(gatun("explain", "--values", journal().toString()), "\n  SECRET=hid den\n");
  }

  @Test
  void theVariablesAreNamedThatProgramsHaveChanged() {
    String files = directory.resolve("etc/container_environment").toString();
    try (Container c =
        Runit.container(directory)
            .env("RUNIT_DIR", "")
            .env("GATUN_LAYOUT", "baseimage")
            .env("GATUN_BASEIMAGE_DIR", directory.resolve("etc").toString())
            .env("GATUN_JOURNAL", journal().toString())
            .file("../etc/container_environment/OLD", "old")
            .script("../etc/my_init.d/10", "printf new >" + files + "/NEW; rm " + files + "/OLD")
            .service("a", "echo $NEW; exec sleep 1000")
            .start()) {
      c.awaitText("a/run: new");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
    assertReplays();
    String change = "what is started from now on gets another environment: added NEW";
    String story = gatun("explain", journal().toString());
    assertTells(
        story, "etc/my_init.d/10 exited with 0 after ", change + "; removed ", " and OLD\n");
    story = gatun("explain", "--values", journal().toString());
    assertTells(story, change + "=new; removed ", "\n  OLD=old\n");
  }

  @Test
  void aJournalOfAnotherFormatIsForTheGatunThatWroteIt() throws IOException {
    Files.writeString(journal(), "{\"journal\":1,\"gatun\":\"0.1.0\",\"part\":1}\n");
    for (String command : List.of("replay", "explain", "timeline")) {
      String refused = gatun(command, journal().toString());
      assertTrue(refused.startsWith("2 "), refused);
      assertTells(refused, "its format is version 1, ", ": use the gatun that wrote it, 0.1.0\n");
    }
  }

  @Test
  void aDescriptorTakesTheJournalAndStaysFromTheServices() throws IOException {
    try (Container c =
        container()
            .service("a", "ls /proc/$$/fd >&2; echo '{}'; sleep 0.2")
            .env("GATUN_JOURNAL", "fd:7")
            .command("bash", "-c", "exec 7>" + journal() + "; exec " + Container.launcher())
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertFalse(c.stderr().contains("a/run: 7\n"), c::both);
    }
    assertReplays();
  }

  @ParameterizedTest(name = "the journal {0} is a warning and no more")
  @ValueSource(strings = {"/no/such/journal", "/dev/full", "FIFO", "fd:99", "/etc"})
  void aJournalThatCannotBeWrittenEndsNothing(String where) {
    String fifo = directory.resolve("fifo").toString();
    Container.run("mkfifo", fifo);
    String journal = where.equals("FIFO") ? fifo : where;
    try (Container c =
        container()
            .service("a", "echo '{\"a\":1}'; sleep 0.5; exit 5")
            .env("GATUN_JOURNAL", journal)
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("{\"a\":1,"), c::both);
      assertEquals(1, c.stderr().split("the journal " + journal + ": ", -1).length - 1, c::both);
    }
  }

  @Test
  void aReaderThatReadsNothingHoldsNothingUp() {
    String fifo = directory.resolve("fifo").toString();
    Container.run("mkfifo", fifo);
    try (Container c =
        container()
            .service(
                "a", "for ((i = 0; i < 1500; i++)); do (sleep 600 &); done; echo '{}'; sleep 2")
            .env("GATUN_JOURNAL", fifo)
            .command("bash", "-c", "exec 9<>" + fifo + "; exec " + Container.launcher())
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void whenGatunIsKilledTheJournalTellsWhatItKnew() {
    try (Container c = recorded().service("a", "echo '{}'; " + WAITS).start()) {
      c.awaitText("\"a\"");
      c.signal("KILL");
      c.exitCode();
    }
    String story = gatun("explain", journal().toString());
    assertTrue(story.startsWith("0 no exit code: the journal ends while the container"), story);
    assertTrue(story.contains("in the middle: a was running; either"), story);
    String replayed = gatun("replay", journal().toString());
    assertTrue(replayed.startsWith("0 "), replayed);
  }

  @Test
  void theJournalOfTheLifeBeforeIsKept() throws IOException {
    for (int code : new int[] {4, 0}) {
      try (Container c = recorded().service("a", "sleep 0.1; exit " + code).start()) {
        assertEquals(code == 0 ? 0 : 3, c.exitCode(), c::both);
      }
    }
    assertTrue(Files.readString(journal()).contains("[\"exited\",0]"));
    assertTrue(Files.readString(directory.resolve("journal.1")).contains("[\"exited\",4]"));
  }

  @Test
  void aLargeJournalGoesOnInAnotherPart() throws IOException {
    try (Container c =
        recorded()
            .service("a", "for ((i = 0; i < 800; i++)); do (sleep 600 &); done; sleep 2; exit 1")
            .env("GATUN_JOURNAL_MAX", "300000")
            .start()) {
      assertEquals(3, c.exitCode(), c::both);
    }
    Path older = directory.resolve("journal.1");
    assertTrue(Files.size(journal()) <= 150_000, () -> "too large");
    assertTrue(Files.exists(older) && Files.size(older) <= 150_000, () -> "not in two parts");
    assertReplays();
    String story = gatun("explain", journal().toString());
    assertTrue(story.contains("exit code 3: service a exited with 1"), story);
  }

  @ParameterizedTest(name = "{0} is refused")
  @ValueSource(strings = {"GATUN_JOURNAL=fd:1", "GATUN_JOURNAL=fd:x", "GATUN_JOURNAL_MAX=9"})
  void aWrongValueStartsNothing(String variable) {
    String[] parts = variable.split("=");
    try (Container c = recorded().service("a", "echo '{}'").env(parts[0], parts[1]).start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertEquals("", c.stdout());
      assertTrue(c.stderr().contains("cannot use " + variable + ": set it to a"), c::both);
    }
  }

  @ParameterizedTest(name = "gatun {0} --help tells what it does")
  @ValueSource(strings = {"replay", "explain", "timeline"})
  void theCommandsExplainThemselves(String command) {
    String help = gatun(command, "--help");
    assertTrue(help.startsWith("0 NAME\n    gatun " + command + " - "), help);
  }

  @Test
  void whatACommandCannotUseIsSaid() {
    String none = gatun("explain");
    assertTrue(none.startsWith("2 ") && none.contains("the journal's file is missing"), none);
    String more = gatun("timeline", "a", "b");
    assertTrue(more.startsWith("2 ") && more.contains("cannot use the argument b"), more);
    String missing = gatun("replay", "/no/such");
    assertTrue(
        missing.startsWith("2 ") && missing.contains("cannot read /no/such: there is no such file"),
        missing);
  }
}
