package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing to do means doing nothing. */
class IdleIT {
  @TempDir Path directory;

  private Container idle() {
    Path options = Container.launcher().resolveSibling("jvm.options");
    Container c =
        new Container.Builder(directory)
            .service("a", "echo '{}'; exec sleep 1000")
            .env("DINIT_REPARENTING_POLICY", "ignore")
            .command(
                "env",
                "--block-signal",
                "_JAVA_SR_SIGNUM=16",
                "java",
                "@" + options,
                "-jar",
                Container.launcher().toString())
            .start();
    c.awaitText("stage");
    Container.sleep(Duration.ofSeconds(2));
    return c;
  }

  private static long wakeUps(long pid) {
    long sum = 0;
    for (String line :
        Container.run("bash", "-c", "cat /proc/" + pid + "/task/*/status").lines().toList()) {
      if (line.startsWith("voluntary_ctxt_switches")) {
        sum += Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return sum;
  }

  @Test
  void theWholeProcessWakesAtMostTwiceASecond() {
    try (Container c = idle()) {
      long before = wakeUps(c.pid());
      Container.sleep(Duration.ofSeconds(10));
      long wakes = wakeUps(c.pid()) - before;
      assertTrue(wakes <= 20, () -> wakes + " wake-ups in 10 s");
    }
  }

  @Test
  void theLoopMakesNoSystemCall() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/strace")), "skipped: needs strace (Debian: strace)");
    try (Container c = idle()) {
      Path trace = directory.resolve("trace");
      String tid = loopThread(c.pid());
      Container.run("timeout", "10", "strace", "-o", trace.toString(), "-p", tid);
      List<String> calls = Files.readAllLines(trace);
      // Attaching interrupts the wait; from the next one on the thread is undisturbed.
      int waits = 0;
      while (waits < calls.size() && !calls.get(waits).startsWith("epoll_wait(")) {
        waits++;
      }
      assertEquals(waits, calls.size() - 1, calls::toString);
      assertEquals("", c.stderr());
    }
  }

  /** The thread whose child the service is. */
  private static String loopThread(long pid) throws IOException {
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks) {
        if (!Files.readString(task.resolve("children")).isBlank()) {
          return task.getFileName().toString();
        }
      }
    }
    throw new AssertionError("no thread has a child");
  }
}
