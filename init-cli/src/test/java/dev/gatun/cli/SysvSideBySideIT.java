package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gatun and Debian's own init, with the same inittab and the same clients: what is started, in
 * which order and with which environment, and what clients see.
 */
class SysvSideBySideIT {
  private static final String INITTAB =
      """
      id:2:initdefault:
      si::sysinit:/bin/sh @/say si
      s2::sysinit:/bin/sh @/say s2
      bw::bootwait:/bin/sh @/say bw
      w23:23:wait:/bin/sh @/say w23
      x23:23:wait:/bin/sh @/say x23
      w3:3:wait:/bin/sh @/say w3
      r3:3:respawn:/bin/sh @/say r3 stays
      od:a:ondemand:/bin/sh @/say od stays
      s1:S:wait:/bin/sh @/say s1
      l6:6:wait:/bin/sh @/say l6
      ca::ctrlaltdel:/bin/sh @/say ca
      kb::kbrequest:/bin/sh @/say kb
      pw::powerwait:/bin/sh @/say pw
      po::powerokwait:/bin/sh @/say po
      nu:2:wait:+/bin/sh @/say nu
      """;

  /** Says how it was started, but for what a shell adds and Gatun tags with. */
  private static final String SAY =
      """
      umask=$(umask)
      group=$(ps -o pid=,pgid=,sess= -p $$ | awk '{print ($2 == $3) ? "leads" : "follows"}')
      words=$(env | grep -E '^(RUNLEVEL|PREVLEVEL|SHELL|CONSOLE|INIT_.*)=' | sort | tr '\\n' ' ')
      echo "$1 $PWD $umask $group $words" >>@/log
      [ "$2" != stays ] || exec sleep 1000
      """;

  /**
   * Something that is done to a container.
   *
   * @param last what is said last because of it; empty where nothing is
   */
  private record Step(String command, String last) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("$SYSV/telinit 3", "r3"),
          new Step("$SYSV/telinit a", "od"),
          new Step("$SYSV/telinit 2", ""),
          new Step("$SYSV/telinit 3", "r3"),
          new Step("$SYSV/telinit -e INIT_FOO=bar -e INIT_X=y -e OTHER=z", ""),
          new Step("kill -INT 1", "ca"),
          new Step("$SYSV/telinit -e INIT_X", ""),
          new Step("kill -WINCH 1", "kb"),
          new Step("kill -PWR 1", "pw"),
          new Step("echo O >/run/powerstatus; kill -PWR 1", "po"),
          new Step("$SYSV/telinit q", ""),
          new Step("kill -HUP 1", ""),
          new Step("$SYSV/telinit u", ""),
          new Step("echo nonsense >/run/initctl", ""),
          new Step("$SYSV/telinit S", "nu"),
          new Step("$SYSV/telinit 2", ""),
          new Step("$SYSV/telinit 3", "r3"),
          new Step("$SYSV/telinit 6", "l6"));

  @TempDir Path directory;

  @Test
  void theSameIsStartedInTheSameOrderAndSeen() {
    Path theirs = directory.resolve("theirs");
    Path ours = directory.resolve("ours");
    String expected;
    try (Container c = Sysv.debian(theirs, prepared(theirs)).start()) {
      expected = life(c, theirs);
    }
    try (Container c = Sysv.gatun(ours, prepared(ours)).start()) {
      assertEquals(expected, life(c, ours), c.both());
      assertEquals(0, c.exitCode(), c.both());
    }
  }

  private static String prepared(Path directory) {
    Sysv.write(directory.resolve("say"), SAY.replace("@", directory.toString()));
    return INITTAB;
  }

  /** All that was said, with the steps between. */
  private static String life(Container c, Path directory) {
    Path log = directory.resolve("log");
    Sysv.await(c, log, "nu ");
    List<String> told = new ArrayList<>(List.of(Runit.text(log)));
    int said = Runit.text(log).length();
    for (Step step : STEPS) {
      String command = step.command().replace("$SYSV", Sysv.programs().toString());
      String answer = Sysv.inside(c, command + "; echo $?").replaceAll("\\s+$", "");
      int from = said;
      if (!step.last().isEmpty()) {
        Container.await(
            step.last() + " after " + step.command() + Runit.text(log) + c.both(),
            () -> Runit.text(log).substring(from).contains(step.last() + " "));
      }
      Container.sleep(Duration.ofMillis(300));
      boolean isOver = step.command().endsWith(" 6");
      String level = isOver ? "" : Sysv.inside(c, "runlevel; cat /run/powerstatus 2>/dev/null");
      String now = Runit.text(log);
      told.add("== " + step.command() + " " + answer + " " + level.strip());
      told.add(now.substring(from));
      said = now.length();
    }
    return String.join("\n", told);
  }
}
