package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gatun as {@code /sbin/init} of an image that is made for sysvinit. */
class SysvIT {
  /** What a container of sysvinit does on its stop signal, and never comes to an end with. */
  private static final String INITTAB =
      """
      id:3:initdefault:
      si::sysinit:/bin/sh -c 'echo sysinit; env >@/env'
      b1::bootwait:/bin/echo booted
      w3:3:wait:/bin/sh -c 'sleep 1000 & echo $! >@/daemon; echo level three'
      r1:3:respawn:/bin/sh -c 'echo runs; exec sleep 1000'
      l0:0:wait:/bin/sh -c 'echo stopping; runlevel'
      l6:6:wait:/bin/echo starting anew
      ca:12345:ctrlaltdel:/sbin/shutdown -h now
      """;

  @TempDir Path directory;

  private Container start(String inittab, String... arguments) {
    return Sysv.gatun(directory, inittab, arguments).start();
  }

  private Container running() {
    return start(INITTAB).awaitText("r1/run: runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "RTMIN+3"})
  void aStopSignalEndsTheContainerInOrder(String signal) {
    try (Container c = running()) {
      c.signal(signal);
      assertEquals(0, c.exitCode(), c.both());
      assertTrue(c.stdout().contains("l0/run: stopping"), c.both());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shutdown -h now",
        "halt",
        "poweroff",
        "shutdown -h -P now",
        "init 0",
        "telinit -t 1 0"
      })
  void aCommandOfTheImageEndsIt(String command) {
    try (Container c = running()) {
      Sysv.inside(c, command + " </dev/null >/dev/null 2>&1");
      assertEquals(0, c.exitCode(), c.both());
      assertTrue(c.stdout().contains("l0/run: stopping"), c.both());
      assertTrue(c.stdout().contains("l0/run: 3 0"), "utmp\n" + c.both());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reboot", "shutdown -r now", "telinit 6"})
  void aCommandForAnotherStartEndsItToo(String command) {
    try (Container c = running()) {
      Sysv.inside(c, command + " </dev/null >/dev/null 2>&1");
      assertEquals(0, c.exitCode(), c.both());
      assertTrue(c.stdout().contains("l6/run: starting anew"), c.both());
    }
  }

  @Test
  void theLastThatIsRunMayBeTheEndOfAMachine() {
    String inittab = INITTAB.replace("l6:", "lx:0:wait:/sbin/halt -d -f\nl6:");
    try (Container c = start(inittab).awaitText("r1/run: runs")) {
      c.signal("INT");
      assertEquals(0, c.exitCode(), c.both());
      assertTrue(c.stdout().contains("l0/run: stopping"), c.both());
    }
  }

  @Test
  void programsGetWhatInitGivesThem() {
    try (Container c = running()) {
      List<String> environment = Runit.text(directory.resolve("env")).lines().toList();
      for (String entry :
          List.of(
              "RUNLEVEL=S",
              "PREVLEVEL=N",
              "SHELL=/bin/sh",
              "CONSOLE=/dev/null",
              "INIT_VERSION=sysvinit-3.06")) {
        assertTrue(environment.contains(entry), entry + " in " + environment + c.both());
      }
    }
  }

  @Test
  void theRealClientsChangeTheLevelAndSeeIt() {
    String inittab =
        """
        id:2:initdefault:
        r2:2:respawn:/bin/sh -c 'echo two $INIT_WORD; exec sleep 1000'
        r3:3:respawn:/bin/sh -c 'echo three $RUNLEVEL $PREVLEVEL $INIT_WORD; exec sleep 1000'
        oa:a:ondemand:/bin/sh -c 'echo asked for; exec sleep 1000'
        """;
    try (Container c = start(inittab).awaitText("r2/run: two")) {
      assertEquals("N 2\n", Sysv.inside(c, "runlevel"));
      assertEquals("", Sysv.inside(c, "telinit -e INIT_WORD=word && telinit 3"));
      c.awaitText("r3/run: three 3 2 word");
      assertEquals("2 3\n", Sysv.inside(c, "runlevel"));
      assertEquals("3", Sysv.inside(c, "cat /run/runlevel"));
      Sysv.inside(c, "telinit a");
      c.awaitText("oa/run: asked for");
      Sysv.write(directory.resolve("etc/inittab"), inittab + "n3:3:once:/bin/echo new here\n");
      Sysv.inside(c, "telinit q");
      c.awaitText("n3/run: new here");
    }
  }

  @Test
  void oneThatEndsAtOnceAgainAndAgainIsHeldBack() {
    try (Container c =
        start("id:3:initdefault:\nbad:3:respawn:/bin/false\nok:3:once:/bin/echo fine\n")) {
      c.awaitText("INIT: Id \"bad\" respawning too fast: disabled for 5 minutes");
      c.awaitText("ok/run: fine");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c.both());
    }
  }

  @Test
  void badLinesAreSaidAndTheOthersCount() {
    try (Container c = start("id:3:initdefault:\nx:3\nok:3:once:/bin/echo fine\n")) {
      c.awaitText("ok/run: fine").awaitText("INIT: /etc/inittab[2]: missing action field");
      c.signal("INT");
      assertEquals(0, c.exitCode(), c.both());
    }
  }

  @Test
  void whatIsWrongWithTheWholeFileStartsNothing() {
    try (Container c = start("x:3:once:/bin/true\n")) {
      assertEquals(1, c.exitCode(), c.both());
      assertTrue(
          c.stderr().contains("cannot use /etc/inittab: no line says which runlevel is the first"),
          c.both());
    }
  }

  @Test
  void aLevelMayBeNamedOnTheCommandLine() {
    try (Container c =
        start("id:3:initdefault:\na3:3:once:/bin/echo 3\na4:4:once:/bin/echo 4\n", "4")) {
      c.awaitText("a4/run: 4");
      assertFalse(c.stdout().contains("a3/run"), c.both());
    }
  }

  @Test
  void whatIsDeafToItsEndIsKilledWithItsGroup() {
    String inittab =
        """
        id:3:initdefault:
        df:3:respawn:/bin/sh -c "trap '' TERM; sleep 1001 & echo deaf; wait; wait"
        s2:2:once:/bin/sh -c 'pgrep -f "sleep 100[1]" || echo all gone'
        """;
    try (Container c = start(inittab).awaitText("df/run: deaf")) {
      Sysv.inside(c, "telinit -t 1 2");
      c.awaitText("s2/run: all gone");
    }
  }

  @Test
  void busyboxsLanguageIsUnderstood() {
    String inittab =
        """
        ::sysinit:/bin/echo first
        ::wait:/bin/echo second
        ::respawn:/bin/sh -c 'echo third; exec sleep 1000'
        ::ctrlaltdel:/sbin/reboot
        ::shutdown:/bin/echo last
        """;
    try (Container c = start(inittab).awaitText(": third")) {
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c.both());
      List<String> words = c.stdout().lines().map(line -> line.replaceAll(".*: ", "")).toList();
      assertEquals(List.of("first", "second", "third", "last"), words);
    }
  }

  @Test
  void whatACheckFindsIsWhatAStartSays() {
    Path tab = directory.resolve("etc/inittab");
    Sysv.assumeUnpacked();
    Sysv.write(tab, "id:3:initdefault:\nx:3\ny:3:once:/no/such/program\n");
    String said =
        Container.run(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t overlay overlay -o"
                + " lowerdir=\"$1\":/etc /etc; GATUN_LAYOUT=sysv exec \"$2\" check",
            "sh",
            tab.getParent().toString(),
            Container.launcher().toString());
    assertTrue(said.contains("missing action field"), said);
    assertTrue(said.contains("/no/such/program"), said);
  }
}
