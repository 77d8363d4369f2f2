package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines beyond GATUN_LINE_MAX: in parts, all of them, in bounded memory. */
class LineMaxIT {
  private static final String TO_JSON = "head -c %d /dev/zero%s; echo; exit 0";

  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  @Test
  void partsOfALineAreObjectsWithItsText() {
    try (Container c =
        container()
            .service("a", String.format(TO_JSON, 1000, " | tr '\\0' x"))
            .env("GATUN_LINE_MAX", "300")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(4, c.stdout().lines().count(), c::both);
      long text = c.stdout().chars().filter(value -> value == 'x').count();
      assertEquals(1000, text);
      assertTrue(
          c.stdout()
              .lines()
              .allMatch(l -> l.matches("\\{\"message\":\"x+\",\"partial\":true,.*\\}")),
          c::both);
    }
  }

  @Test
  void partsThatGrowSixfoldStayWithinTheHeap() {
    try (Container c = container().service("a", String.format(TO_JSON, 40 << 20, "")).start()) {
      assertEquals(0, c.exitCode(), c::stderr);
      long escapes = c.stdout().lines().mapToLong(l -> l.split("u0000", -1).length - 1).sum();
      assertEquals(40 << 20, escapes);
    }
  }

  @Test
  void sequencesAreNotCut() {
    try (Container c =
        container()
            .service("a", "for i in {1..200}; do printf 'é€😀'; done; echo; exit 0")
            .env("GATUN_LINE_MAX", "64")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(200, c.stdout().codePoints().filter(value -> value == 0x1f600).count());
      assertEquals(0, c.stdout().codePoints().filter(value -> value == 0xfffd).count());
    }
  }

  @Test
  void underStrictEveryLineIsJson() {
    try (Container c =
        container()
            .service("a", "echo '{\"x\":1} '; echo '{x}'; printf 'a\\xff\"b\\n'; echo; exit 0")
            .env("GATUN_JSON", "strict")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      String[] lines = c.stdout().split("\n");
      assertEquals(3, lines.length, c::both);
      assertTrue(lines[0].startsWith("{\"x\":1,\"service\":\"a\",\"stage\":\"run\""), lines[0]);
      assertTrue(
          lines[1].startsWith("{\"message\":\"{x}\",\"invalid\":true,\"service\""), lines[1]);
      assertTrue(lines[2].startsWith("{\"message\":\"a\ufffd\\\"b\",\"invalid\":true,"), lines[2]);
    }
  }

  @Test
  void underTrustALineIsLookedAtBeginningAndEnd() {
    try (Container c =
        container()
            .service("a", "echo '{\"service\":1}'; echo '{x}'; echo 'x}'; exit 0")
            .env("GATUN_JSON", "trust")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().startsWith("{\"service\":1,\"service\":\"a\""), c::both);
      assertTrue(c.stdout().contains("\n{x,\"service\":\"a\""), c::both);
      assertTrue(c.stderr().contains(" a/run: not JSON stdout: x}\n"), c::both);
    }
  }

  @Test
  void anUnknownWayWithJsonIsRefused() {
    try (Container c = container().service("a", "exit 0").env("GATUN_JSON", "lax").start()) {
      assertEquals(1, c.exitCode(), c::both);
      String advice = "cannot use GATUN_JSON=lax: set it to one of check, strict, trust";
      assertTrue(c.stderr().contains(advice), c::both);
    }
  }

  @Test
  void aBadLimitIsRefused() {
    try (Container c = container().service("a", "exit 0").env("GATUN_LINE_MAX", "1k").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot use GATUN_LINE_MAX=1k: set it to a number"), c::both);
    }
  }
}
