package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals mean that are sent to Gatun where services run. */
class SignalsIT {
  private static final String WAITS = "while :; do sleep 0.05; done";
  private static final String READY = "trap 'exit 0' TERM; echo {\\\"ready\\\":1}; ";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory).env("DINIT_LOG_LEVEL", "info");
  }

  private static void endsOn(Container c, String signal, String said) {
    c.signal(signal);
    assertEquals(0, c.exitCode(), c::both);
    assertTrue(c.stderr().contains("exit 0: received " + said), c::both);
  }

  @Test
  void whatIsToBePassedOnReachesAllServices() {
    String hears = "trap 'echo {\\\"heard\\\":\\\"'$GATUN_SERVICE'\\\"}' USR1; " + READY + WAITS;
    Container.Builder builder = container().env("GATUN_FORWARD", "HUP SIGUSR1");
    try (Container c = builder.service("a", hears).service("b", hears).start()) {
      c.awaitOutput("both services", () -> c.stdout().split("ready", -1).length > 2);
      c.signal("USR1");
      c.awaitText("{\"heard\":\"a\"").awaitText("{\"heard\":\"b\"");
      endsOn(c, "TERM", "signal TERM");
    }
  }

  @Test
  void moreSignalsEndTheContainerInOrder() {
    Container.Builder builder = container().env("GATUN_STOP_SIGNALS", "WINCH USR1 PWR");
    try (Container c = builder.service("a", READY + WAITS).start()) {
      c.awaitText("ready");
      endsOn(c, "WINCH", "signal WINCH");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GATUN_FORWARD, HUP NOSUCH",
    "GATUN_STOP_SIGNALS, STOP",
    "GATUN_FORWARD, HUP QUIT",
  })
  void aNameThatMeansNothingStartsNothing(String variable, String value) {
    try (Container c = container().env(variable, value).service("a", READY + WAITS).start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertEquals("", c.stdout());
      assertTrue(c.stderr().contains("cannot use " + variable + "=" + value), c::both);
    }
  }

  @Test
  void aSignalThatIsIgnoredIsSaidOnce() {
    try (Container c = container().service("a", READY + WAITS).start()) {
      c.awaitText("ready");
      for (int i = 0; i < 3; i++) {
        c.signal("USR2");
        c.awaitText("signal USR2 is ignored");
      }
      endsOn(c, "TERM", "signal TERM");
      assertEquals(2, c.stderr().split("USR2 is ignored", -1).length, c::both);
    }
  }

  @Test
  void aStopFromWithinNamesWhoAskedForIt() {
    String asks = READY + "bash -c 'kill -TERM 1; exec sleep 1000' & " + WAITS;
    try (Container c = container().service("a", asks).start()) {
      assertEquals(0, c.exitCode(), c::both);
      Matcher said =
          Pattern.compile("exit 0: received signal TERM from process \\d+ \\((bash|sleep)\\)")
              .matcher(c.stderr());
      assertTrue(said.find(), c::both);
    }
  }

  @Test
  void quitFromWithinDoesNotEndTheContainer() {
    String asks = READY + "kill -QUIT 1; " + WAITS;
    try (Container c = container().service("a", asks).start()) {
      c.awaitText("is for the JVM: it does not end the container");
      endsOn(c, "QUIT", "signal QUIT");
    }
  }

  /** A tool on the host, which has the pid namespace's pid of the JVM in the file's name. */
  @Test
  void quitOfAToolThatAttachesDoesNotEndTheContainer() throws IOException {
    Path here = Files.createDirectory(directory.resolve("here"));
    Path file = Files.createFile(here.resolve(".attach_pid1"));
    String script = "cd " + here + "; exec " + Container.launcher();
    Container.Builder builder = container().command("sh", "-c", script);
    try (Container c = builder.service("a", READY + WAITS).start()) {
      c.awaitText("ready");
      c.signal("QUIT");
      c.awaitText("signal QUIT is for the JVM: it does not end the container");
      Files.delete(file);
      endsOn(c, "QUIT", "signal QUIT");
    }
  }
}
