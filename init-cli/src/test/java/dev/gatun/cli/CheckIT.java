package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** {@code gatun check}, as in an image build. */
class CheckIT {
  @TempDir Path directory;

  private Container.Builder check(String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = Container.launcher().toString();
    command[1] = "check";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return new Container.Builder(directory).withoutNamespace().command(command);
  }

  private String services() {
    return directory.resolve("services").toString();
  }

  @Test
  void aGoodTreePasses() {
    try (Container c = check().service("a", "sleep 1").script("a/log/run", "cat").start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(services() + ": 1 service, 0 errors, 0 warnings\n", c.stdout());
      assertEquals("", c.stderr());
    }
  }

  @Test
  void anErrorNamesFileAndLineAndFails() {
    try (Container c = check(services()).executable("a/run", "#!/bin/sh\r\necho\r\n").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(
          c.stdout().contains(services() + "/a/run:1: error: its first line names the interpreter"),
          c::both);
    }
  }

  @Test
  void warningsDoNotFail() {
    try (Container c =
        check()
            .service("a", "sleep 1")
            .script("a/terminate", "kill $DINIT_PID")
            .script("a/finish", "true")
            .script("b/run", "cat")
            .script("b/finish", "rm -f /run/b")
            .script("b/log/other", "")
            .start()) {
      assertEquals(0, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("a/finish: warning: it is never run"), c::both);
      assertTrue(c.stdout().contains("b/finish: warning: it is run instead of sending"), c::both);
      assertTrue(c.stdout().contains("b/log: warning: it has neither run nor"), c::both);
      assertTrue(c.stdout().endsWith(": 2 services, 0 errors, 3 warnings\n"), c::both);
    }
  }

  @Test
  void jsonIsOneDocumentWithStableNames() throws IOException {
    try (Container c =
        check("--json")
            .executable("a \"b\"/run", "#!/no/such\n")
            .env("DINIT_KILL_TIMEOUT", "-1")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      Map<String, Object> document = JSON.std.mapFrom(c.stdout());
      assertEquals(services(), document.get("directory"));
      assertEquals(false, document.get("ok"));
      assertEquals(2, document.get("errors"));
      assertEquals(0, document.get("warnings"));
      assertEquals(List.of("a \"b\""), document.get("services"));
      List<?> findings = (List<?>) document.get("findings");
      Map<?, ?> variable = (Map<?, ?>) findings.get(0);
      assertEquals("variable", variable.get("code"));
      assertEquals("DINIT_KILL_TIMEOUT", variable.get("variable"));
      Map<?, ?> program = (Map<?, ?>) findings.get(1);
      assertEquals("error", program.get("severity"));
      assertEquals("interpreter-missing", program.get("code"));
      assertEquals("a \"b\"", program.get("service"));
      assertEquals(services() + "/a \"b\"/run", program.get("file"));
      assertEquals(1, program.get("line"));
    }
  }

  @Test
  void aFileSystemThatForbidsProgramsIsNamedBeforeTheirModes() {
    Container.assumeNamespaces();
    String mounts =
        "mount --bind $DINIT_DIR $DINIT_DIR && mount -o remount,bind,noexec $DINIT_DIR && exec ";
    try (Container c =
        new Container.Builder(directory)
            .service("a", "exec sleep 1")
            .command("sh", "-c", mounts + Container.launcher() + " check")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(
          c.stdout().contains("/a/run: error: its file system is mounted noexec: mount it"),
          c::both);
    }
  }

  @Test
  void variablesThatMeanNothingAreFoundWithTheirNames() throws IOException {
    try (Container c =
        check("--json")
            .service("a", "exec sleep 1")
            .env("GATUN_JAVA", "/nope")
            .env("DINIT_JSON_STDOUT", "no")
            .env("GATUN_EXIT_ON", "a")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      List<?> findings = (List<?>) JSON.std.mapFrom(c.stdout()).get("findings");
      List<String> said = new ArrayList<>();
      for (Object finding : findings) {
        Map<?, ?> members = (Map<?, ?>) finding;
        assertEquals("variable", members.get("code"));
        said.add(members.get("severity") + " " + members.get("variable"));
      }
      assertEquals(
          List.of("error GATUN_JAVA", "warning DINIT_JSON_STDOUT", "warning GATUN_EXIT_ON"), said);
    }
    try (Container c = check("--json").env("GATUN_LAYOUT", "loud").start()) {
      assertEquals(1, c.exitCode(), c::both);
      Map<?, ?> finding =
          (Map<?, ?>) ((List<?>) JSON.std.mapFrom(c.stdout()).get("findings")).getFirst();
      assertEquals("variable", finding.get("code"));
      assertEquals("GATUN_LAYOUT", finding.get("variable"));
    }
  }

  @Test
  void aMissingDirectoryIsAnError() {
    try (Container c = check("/no/such").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("/no/such: error: the service directory cannot"), c::both);
    }
  }

  @Test
  void moreThanOneDirectoryIsRefused() {
    try (Container c = check("a", "b").start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("cannot use the argument b"), c::both);
    }
  }

  /** What root may do is no measure where the container runs as somebody else. */
  @Test
  void itJudgesAsTheUserItIsRunAs() {
    Container.assumeNamespaces();
    Container.assumeOthersMayRead();
    Container.Builder builder = check().service("a", "sleep 1");
    Container.run("chmod", "750", services() + "/a/run");
    Container.run("chmod", "-R", "a+rX", directory.toString());
    Container.run("chmod", "0750", services() + "/a/run");
    builder.command(
        "setpriv",
        "--reuid=54321",
        "--regid=54321",
        "--clear-groups",
        Container.launcher().toString(),
        "check");
    try (Container c = builder.start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("a/run: error: this user may not execute it"), c::both);
    }
  }
}
