package dev.gatun.cli;

import static dev.gatun.cli.Daemons.WAITS;
import static dev.gatun.cli.Daemons.adopted;
import static dev.gatun.cli.Daemons.assumeTool;
import static dev.gatun.cli.Daemons.daemon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does while it is adopted goes on undisturbed, whatever it is. */
class AdoptWhateverItDoesIT {
  /** What orphan.c can be doing while it is adopted; each takes three seconds. */
  private static final List<String> OCCUPATIONS =
      List.of(
          "nanosleep",
          "absolute",
          "poll",
          "ppoll",
          "select",
          "epoll",
          "futex",
          "sigtimedwait",
          "read",
          "wait",
          "sigsuspend",
          "alarms",
          "busy",
          "threads");

  @TempDir Path directory;

  private Container.Builder container() {
    return Daemons.container(directory);
  }

  /** The program says how long its call took, what it answered, and what is not as it was. */
  @Test
  void whateverAProcessWasDoingGoesOnUndisturbed() {
    Path program = Daemons.orphan(directory);
    StringBuilder starts = new StringBuilder();
    for (String occupation : OCCUPATIONS) {
      starts.append("(setsid ").append(program).append(' ').append(occupation).append(" &); ");
    }
    try (Container c = container().service("a", starts + WAITS).start()) {
      for (String occupation : OCCUPATIONS) {
        c.awaitText("{\"" + occupation + "\":");
        String line =
            c.stdout().lines().filter(l -> l.contains("\"" + occupation + "\"")).findAny().get();
        String unharmed =
            ",\"result\":0,\"errno\":0,\"same\":1,\"blocked\":1,\"service\":\"orphan\"";
        assertTrue(line.contains(unharmed), line);
        long millis = Long.parseLong(line.replaceAll("[^:]*:(\\d+),.*", "$1"));
        assertTrue(millis >= 2999, line);
      }
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void aJavaProgramWithItsManyThreadsGoesOn() throws Exception {
    Path source = directory.resolve("Many.java");
    Files.writeString(
        source,
        """
        class Many {
          public static void main(String[] none) throws Exception {
            for (int i = 0; i < 1000; i++) {
              System.gc();
              System.out.println("{\\"i\\":" + i + "}");
              Thread.sleep(100);
            }
          }
        }
        """);
    String java = Container.javaHome() + "/bin/java -Xmx32m -XX:TieredStopAtLevel=1 ";
    try (Container c =
        container().service("a", "(setsid " + java + source + " &); " + WAITS).start()) {
      String pid = adopted(c, "java");
      c.awaitText(",\"service\":\"java\",\"stage\":\"" + pid);
      int first = c.stdout().split("\n").length;
      c.awaitOutput("more lines", () -> c.stdout().split("\n").length > first + 5);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      String[] lines = c.stdout().split("\n");
      for (int i = 0; i < lines.length; i++) {
        assertTrue(lines[i].startsWith("{\"i\":" + i + ","), c::both);
      }
    }
  }

  @Test
  void aProcessWhoseFirstThreadHasEndedIsRedirectedAll() {
    String start = "(setsid " + Daemons.orphan(directory) + " headless &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      String pid = adopted(c, "orphan");
      c.awaitText("{\"speaks\":" + pid + ",\"service\":\"orphan\",\"stage\":\"" + pid);
    }
  }

  @Test
  void aStoppedProcessStaysStoppedAndIsRedirected() throws Exception {
    String script = "kill -STOP $$; while :; do echo {\\\"went\\\":1}; sleep 0.2; done";
    String watch =
        "until [[ -e go ]]; do sleep 0.1; done; s=/proc/$(pgrep -xf \"stopper .*\" | head"
            + " -1)/status; until grep -q TracerPid:.0 $s; do sleep 0.1; done; grep State $s >&2;"
            + " kill -CONT ${s//[^0-9]/}; ";
    try (Container c =
        container().service("a", daemon("stopper", script) + watch + WAITS).start()) {
      String pid = adopted(c, "stopper");
      Files.createFile(directory.resolve("services/a/go"));
      c.awaitText("State:\tT (stopped)");
      c.awaitText("{\"went\":1,\"service\":\"stopper\",\"stage\":\"" + pid + "\"");
    }
  }

  @Test
  void descendantsThatDieAndExecuteOthersInTheMiddleHurtNobody() throws Exception {
    String one = "(setsid " + Daemons.orphan(directory) + " churn &); ";
    String start = one + one;
    String watch =
        "until [[ -e go ]]; do sleep 0.1; done;"
            + " while grep -lE \"TracerPid:.[1-9]|State:.[tT]\" /proc/[0-9]*/status;"
            + " do sleep 0.1; done >/dev/null 2>&1; echo looked >&2; ";
    try (Container c = container().service("a", start + watch + WAITS).start()) {
      adopted(c, "orphan");
      Container.sleep(Duration.ofSeconds(2));
      Files.createFile(directory.resolve("services/a/go"));
      c.awaitText("a/run: looked").awaitText("\"churn\":");
      assertTrue(c.isAlive());
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void aProcessThatCannotBeStoppedInTimeIsSupervisedAndLetGoLater() throws Exception {
    String start = "(setsid " + Daemons.orphan(directory) + " vfork 1000 &); ";
    String watch =
        "until [[ -e go ]]; do sleep 0.1; done; p=$(pgrep -oxf \".*orphan vfork 1000\"); pkill"
            + " -KILL -P $p; s=/proc/$p/status; until grep -q TracerPid:.0 $s && grep -q State:.S"
            + " $s; do sleep 0.1; done; echo let go >&2; ";
    try (Container c = container().service("a", start + watch + WAITS).start()) {
      c.awaitText("it did not stop in time: supervising it all the same");
      Files.createFile(directory.resolve("services/a/go"));
      c.awaitText("{\"vfork\":").awaitText("a/run: let go");
    }
  }

  @Test
  void aDescendantThatCannotBeStoppedAtFirstIsRedirectedLater() {
    String waits = Daemons.orphan(directory) + " vfork 3 & while :; do sleep 0.1; done";
    try (Container c = container().service("a", daemon("parent", waits) + WAITS).start()) {
      String pid = adopted(c, "parent");
      Pattern late =
          Pattern.compile("\\{\"speaks\":\\d+,\"service\":\"parent\",\"stage\":\"" + pid);
      c.awaitOutput("its descendant's lines", () -> late.matcher(c.stdout()).find());
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void aProcessThatCannotBeStoppedAtFirstIsRedirectedLater() {
    String start = "(setsid " + Daemons.orphan(directory) + " vfork 3 &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      String pid = adopted(c, "orphan");
      c.awaitText("{\"speaks\":" + pid + ",\"service\":\"orphan\",\"stage\":\"" + pid);
      assertFalse(c.stderr().contains("cannot"), c::both);
    }
  }

  @Test
  void aProcessWithASeccompFilterOfItsOwnIsNotMadeToTripOverIt() {
    String start = "(setsid " + Daemons.orphan(directory) + " restricted &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      c.awaitText("seccomp restricts it: supervising it all the same");
      c.awaitText("{\"restricted\":");
      assertTrue(c.isAlive());
    }
  }

  @Test
  void aProcessThatIsTracedAlreadyIsSupervisedAllTheSame() {
    assumeTool("strace");
    String start = "(setsid strace -D -o /dev/null sleep 1000 &); ";
    try (Container c = container().service("a", start + WAITS).start()) {
      c.awaitText("is being traced by process");
      assertTrue(c.isAlive());
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
