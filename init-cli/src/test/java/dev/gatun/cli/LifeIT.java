package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What starts, what ends, and what the container's exit code says of it. */
class LifeIT {
  private static final String OBEYS =
      "trap 'echo {\\\"told\\\":\\\"$0\\\"}; exit 0' TERM; echo '{\"up\":1}'; "
          + "while :; do sleep 0.05; done";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  private static String code(Container container) {
    return container.exitCode() + "";
  }

  @ParameterizedTest(name = "a service that does `{0}` ends the container with {1}")
  @CsvSource({"exit 0,0", "exit 1,3", "exit 7,3", "exit 116,3", "kill -9 $$,3", "kill -TERM $$,3"})
  void theFirstServiceToEndDecides(String action, String expected) {
    try (Container c =
        container().service("fails", "sleep 0.2; " + action).service("obeys", OBEYS).start()) {
      assertEquals(expected, code(c), c::both);
      assertTrue(c.stdout().contains("\"told\""), () -> "the other service was told\n" + c.both());
    }
  }

  @ParameterizedTest(name = "{0} ends the container in order and with 0")
  @ValueSource(strings = {"TERM", "INT", "QUIT", "RTMIN+3"})
  void stopSignalsEndInOrder(String signal) {
    try (Container c = container().service("a", OBEYS).service("b", OBEYS).start()) {
      c.awaitText("a\",\"stage\"").awaitText("b\",\"stage\"");
      c.signal(signal);
      assertEquals("0", code(c), c::both);
      assertEquals(2, c.stdout().split("told", -1).length - 1, c::both);
    }
  }

  @Test
  void aServiceThatFailsAfterTermDoesNotChangeTheCode() {
    try (Container c =
        container()
            .service("a", "trap 'exit 9' TERM; echo '{}'; while :; do sleep 0.05; done")
            .start()) {
      c.awaitText("stage");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void signalsThatMeanNothingEndNothing() {
    try (Container c = container().service("a", OBEYS).start()) {
      c.awaitText("stage");
      for (String signal : new String[] {"HUP", "USR1", "USR2", "WINCH", "PIPE", "ALRM", "CONT"}) {
        c.signal(signal);
      }
      Container.sleep(java.time.Duration.ofMillis(300));
      assertTrue(c.isAlive(), c::both);
      c.signal("TERM");
      c.signal("TERM");
      c.signal("INT");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void aServiceThatDisablesItselfEndsNothing() {
    try (Container c =
        container().service("migrate", "echo '{}'; exit 115").service("z", OBEYS).start()) {
      c.awaitText("migrate").awaitText("\"z\"");
      Container.sleep(java.time.Duration.ofMillis(300));
      assertTrue(c.isAlive(), c::both);
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void whenAllHaveDisabledThemselvesNothingIsLeft() {
    try (Container c = container().service("a", "exit 115").service("b", "exit 115").start()) {
      assertEquals("0", code(c), c::both);
      assertTrue(c.stderr().contains("exit 0: nothing is left running"), c::both);
    }
  }

  @Test
  void noServicesAreAWarning() {
    try (Container c = container().start()) {
      assertEquals("0", code(c), c::both);
      assertTrue(c.stderr().contains("warning: exit 0: there are no services to run"), c::both);
    }
  }

  @Test
  void aMissingServiceDirectoryIsAnErrorThatNamesIt() {
    try (Container c = container().env("DINIT_DIR", "/no/such").start()) {
      assertEquals("1", code(c), c::both);
      assertTrue(
          c.stderr().contains("cannot read the service directory /no/such: No such file"), c::both);
    }
  }

  @ParameterizedTest(name = "{0}={1} is refused")
  @CsvSource({
    "DINIT_LOG_LEVEL,loud,'none, error, warn, info, debug'",
    "DINIT_REPARENTING_POLICY,keep,'terminate, adopt, ignore'",
    "DINIT_KILL_TIMEOUT,-1,a whole number of seconds",
    "GATUN_KILL_TIMEOUT,soon,a whole number of seconds"
  })
  void aBadValueStartsNothing(String name, String value, String allowed) {
    try (Container c = container().service("a", "echo started").env(name, value).start()) {
      assertEquals("1", code(c), c::both);
      assertTrue(c.stderr().contains("cannot use " + name + "=" + value), c::both);
      assertTrue(c.stderr().contains(allowed), c::both);
      assertTrue(!c.both().contains("started"), c::both);
    }
  }

  @ParameterizedTest(name = "an unstartable {0} ends the container with 1 and says why")
  @CsvSource({"run", "log/run"})
  void whatCannotBeStartedEndsTheContainer(String file) {
    Container.Builder builder = container().service("good", OBEYS);
    if (file.equals("log/run")) {
      builder.service("bad", OBEYS);
    }
    builder.executable("bad/" + file, "#!/no/such/interpreter\n");
    try (Container c = builder.start()) {
      assertEquals("1", code(c), c::both);
      assertTrue(c.stderr().contains("bad/" + file + ": No such file or directory"), c::both);
    }
  }

  @Test
  void aDirectoryWithoutRunEndsTheContainerWithOne() {
    try (Container c = container().script("empty/other", "true").start()) {
      assertEquals("1", code(c), c::both);
      assertTrue(c.stderr().contains("cannot start empty/run"), c::both);
    }
  }

  @ParameterizedTest(name = "{0} is run instead of TERM, with the pid")
  @ValueSource(strings = {"terminate", "finish"})
  void stopScriptsAreRunInsteadOfTerm(String file) {
    String run = "trap '' TERM; trap 'echo {\\\"usr\\\":1}; exit 0' USR1; echo '{}'; ";
    try (Container c =
        container()
            .service("a", run + "while :; do sleep 0.05; done")
            .script("a/" + file, "echo '{\"script\":1}'; pwd >&2; kill -USR1 $DINIT_PID")
            .start()) {
      c.awaitText("stage");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      assertTrue(c.stdout().contains("\"usr\":1"), c::both);
      assertTrue(
          c.stdout().contains("{\"script\":1,\"service\":\"a\",\"stage\":\"term\""), c::both);
      assertTrue(c.stderr().contains("services/a\n"), c::both);
    }
  }

  @Test
  void aStopScriptThatCannotBeRunIsMadeUpForByTerm() {
    try (Container c =
        container().service("a", OBEYS).executable("a/terminate", "#!/no/such\n").start()) {
      c.awaitText("stage");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      assertTrue(c.stderr().contains("cannot start a/term"), c::both);
      assertTrue(c.stdout().contains("told"), c::both);
    }
  }

  @Test
  void aServiceThatIgnoresTermIsKilledWhenThatIsWanted() {
    try (Container c =
        container()
            .service("deaf", "trap '' TERM; echo '{}'; while :; do sleep 0.05; done")
            .env("GATUN_KILL_TIMEOUT", "1")
            .start()) {
      c.awaitText("stage");
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
      assertTrue(c.stderr().contains("deaf/run did not stop in time: killing it"), c::both);
    }
  }

  @Test
  void aStoppedServiceIsContinuedSoThatItHearsTerm() {
    try (Container c =
        container().service("a", OBEYS + " & kill -STOP $$").service("b", OBEYS).start()) {
      c.awaitText("b\",\"stage\"");
      Container.sleep(java.time.Duration.ofMillis(200));
      c.signal("TERM");
      assertEquals("0", code(c), c::both);
    }
  }

  @Test
  void aServiceThatExitsAtOnceIsNeverLost() {
    int runs = Integer.getInteger("gatun.exitRuns", 40);
    for (int i = 0; i < runs; i++) {
      try (Container c = container().link("a/run", "/bin/true").start()) {
        assertEquals("0", code(c), c::both);
        assertTrue(c.stderr().contains("service a exited with 0"), c::both);
      }
      Container.run("rm", "-r", directory.resolve("services").toString());
    }
  }

  @Test
  void aTermThatComesBeforeTheJvmIsUpIsNotLost() {
    int runs = Integer.getInteger("gatun.earlyTermRuns", 30);
    for (int i = 0; i < runs; i++) {
      try (Container c = container().service("a", OBEYS).start()) {
        long pid = c.pid();
        Container.await(
            "the mask", () -> Container.run("cat", "/proc/" + pid + "/cmdline").contains("java"));
        Container.sleep(java.time.Duration.ofMillis(5));
        Container.run("kill", "-TERM", String.valueOf(pid));
        assertEquals("0", code(c), c::both);
      }
    }
  }

  /** What happens while Gatun is stopped is all found at once when it goes on. */
  @ParameterizedTest(name = "first {0}, then {1}: {2}")
  @CsvSource({
    "a,b,'exit 3: service a exited with 5 after'",
    "b,a,'exit 3: service b exited with 5 after'",
    "a,TERM,'exit 3: service a exited with 5 after'",
    "TERM,a,'exit 0: received signal TERM'"
  })
  void whoWasFirstIsNotAMatterOfChance(String first, String second, String expected)
      throws Exception {
    String run = "echo '{}'; read < " + directory + "/NAME; exit 5";
    for (String name : new String[] {"a", "b"}) {
      Container.run("mkfifo", directory.resolve(name).toString());
    }
    try (Container c =
        container()
            .service("a", run.replace("NAME", "a"))
            .service("b", run.replace("NAME", "b"))
            .env("DINIT_LOG_LEVEL", "info")
            .start()) {
      c.awaitText("a\",\"stage\"").awaitText("b\",\"stage\"");
      long pid = c.pid();
      c.signal("STOP");
      for (String one : new String[] {first, second}) {
        if (one.equals("TERM")) {
          c.signal("TERM");
        } else {
          long before = Container.zombies(pid);
          java.nio.file.Files.writeString(directory.resolve(one), "\n");
          Container.await("the end of " + one, () -> Container.zombies(pid) > before);
        }
      }
      c.signal("CONT");
      c.exitCode();
      assertTrue(c.stderr().contains(expected), c::both);
      assertEquals(1, c.stderr().split(": exit ", -1).length - 1, c::both);
    }
  }

  @Test
  void withoutANamespaceItIsASubreaper() {
    try (Container c =
        container()
            .service("a", "(setsid sleep 300 &) ; sleep 1.5; exit 0")
            .env("DINIT_LOG_LEVEL", "info")
            .withoutNamespace()
            .start()) {
      assertEquals("0", code(c), c::both);
      assertTrue(c.stderr().contains("running as a child subreaper"), c::both);
      assertTrue(c.stderr().contains("terminating reparented process"), c::both);
      assertTrue(c.stderr().contains("(sleep): sleep 300"), c::both);
    }
  }
}
