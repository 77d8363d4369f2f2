package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images for generation 3 of s6-overlay: definitions of s6-rc. */
class S6IT {
  private static final String DEFINITIONS = "s6-overlay/s6-rc.d/";

  @TempDir Path directory;

  /** A definition, and the names that it depends on. */
  private static Container.Builder define(
      Container.Builder builder, String name, String type, String... needs) {
    builder.file(DEFINITIONS + name + "/type", type + "\n");
    for (String other : needs) {
      builder.file(DEFINITIONS + name + "/dependencies.d/" + other, "");
    }
    return builder.file(DEFINITIONS + "user/contents.d/" + name, "");
  }

  private Container.Builder longrun(
      Container.Builder builder, String name, String run, String... needs) {
    return define(builder, name, "longrun", needs).script(DEFINITIONS + name + "/run", run);
  }

  /** A script that is run once, as most images have it. */
  private Container.Builder oneshot(
      Container.Builder builder, String name, String script, String... needs) {
    Path path = directory.resolve("services/scripts/" + name);
    return define(builder, name, "oneshot", needs)
        .script("scripts/" + name, script)
        .file(DEFINITIONS + name + "/up", path + "\n");
  }

  private Container.Builder container(String... arguments) throws IOException {
    // Programs of other users look into it.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return S6.container(directory, arguments).file(DEFINITIONS + "user/type", "bundle\n");
  }

  private static List<String> said(Container c) {
    return c.stdout().lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
  }

  @Test
  void anImageOfOneshotsAndServicesComesUpInOrderAndGoesDownInTheReverse() throws IOException {
    String withContenv = Container.launcher().resolveSibling("s6/with-contenv").toString();
    String environment = "/run/s6/container_environment/";
    Container.Builder builder = container();
    oneshot(builder, "init-environment", "printf 8080 >" + environment + "PORT", "base");
    oneshot(
        builder,
        "init-config",
        "exec " + withContenv + " bash -c 'mkdir -m 777 /run/app; echo config $PORT'",
        "init-environment");
    builder
        .script("scripts/undo", "echo undone")
        .file(DEFINITIONS + "init-config/down", directory.resolve("services/scripts/undo") + "\n");
    define(builder, "init-services", "oneshot", "init-config")
        .file(DEFINITIONS + "init-services/up", "# nothing\n");
    longrun(
            builder,
            "svc-app",
            """
            echo app $PORT
            exec s6-notifyoncheck -d -n 100 -w 50 s6-setuidgid nobody sh -c '
              trap "echo bye; exit 0" TERM
              echo user $(id -un); sleep 0.3; touch /run/app/ready
              while :; do sleep 0.05; done'
            """,
            "init-services")
        .file(DEFINITIONS + "svc-app/notification-fd", "3\n")
        .script(DEFINITIONS + "svc-app/data/check", "test -e /run/app/ready");
    longrun(builder, "svc-web", "test -e /run/app/ready && echo web; exec sleep 1000", "svc-app");
    builder.script(
        DEFINITIONS + "svc-web/finish",
        "echo finish $1 $2 $3; echo 42 >/run/s6-linux-init-container-results/exitcode");
    try (Container c = builder.start()) {
      c.awaitText("svc-web/run: web");
      S6.await(c, "s6-svwait -t 5000 -U /run/service/svc-app");
      c.signal("TERM");
      assertEquals(42, c.exitCode(), c::both);
      assertEquals(
          List.of(
              "init-config/run: config 8080",
              "svc-app/run: app 8080",
              "svc-app/run: user nobody",
              "svc-web/run: web",
              "svc-web/finish: finish 256 15 svc-web",
              "svc-app/run: bye",
              "init-config/down: undone"),
          said(c),
          c::both);
    }
  }

  @Test
  void aPipelineLeadsTheLinesToTheLogger() throws IOException {
    Path logs = directory.resolve("logs");
    Container.Builder builder = container();
    longrun(builder, "app", "echo one; echo two >&2; exec sleep 1000")
        .file(DEFINITIONS + "app/producer-for", "app-log\n");
    longrun(builder, "app-log", "exec s6-log n3 " + logs)
        .file(DEFINITIONS + "app-log/consumer-for", "app\n")
        .file(DEFINITIONS + "app-log/pipeline-name", "app-pipeline\n");
    try (Container c = builder.start()) {
      c.awaitText("app/run: two");
      Container.await(
          "the line in " + logs, () -> Runit.text(logs.resolve("current")).contains("one"));
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  @Test
  void whatDependsOnAFailedOneshotIsNotStarted() throws IOException {
    Container.Builder builder = container("--", "sh", "-c", "echo command; exit 7");
    oneshot(builder, "fails", "exit 3");
    longrun(builder, "needs", "echo never; exec sleep 1000", "fails");
    longrun(builder, "beside", "echo beside; exec sleep 1000");
    try (Container c = builder.start()) {
      assertEquals(7, c.exitCode(), c::both);
      assertTrue(c.stdout().contains("command"), c::both);
      assertTrue(!c.stdout().contains("never"), c::both);
    }
  }

  @Test
  void aOneshotThatFailsEndsTheContainerWhereThatIsWanted() throws IOException {
    Container.Builder builder = container().env("S6_BEHAVIOUR_IF_STAGE2_FAILS", "2");
    oneshot(builder, "fails", "exit 3");
    longrun(builder, "beside", "echo beside; exec sleep 1000");
    try (Container c = builder.start()) {
      assertEquals(1, c.exitCode(), c::both);
    }
  }

  @Test
  void aCommandLineWithBlocksIsExeclines() throws IOException {
    Container.Builder builder = container();
    define(builder, "blocks", "oneshot")
        .file(DEFINITIONS + "blocks/up", "foreground { echo \"a  block\" }\necho two\n");
    longrun(builder, "app", "echo up; exec sleep 1000", "blocks");
    try (Container c = builder.start()) {
      c.awaitText("app/run: up");
      c.signal("INT");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(
          List.of("blocks/run: a  block", "blocks/run: two", "app/run: up"), said(c), c::both);
    }
  }

  @Test
  void servicesBesideTheDefinitionsComeAfterThem() throws IOException {
    Container.Builder builder = container();
    longrun(builder, "app", "sleep 0.2; echo >&3; echo ready; exec sleep 1000")
        .file(DEFINITIONS + "app/notification-fd", "3\n");
    builder.script("cont-init.d/10", "sleep 0.1; echo first");
    builder.service("services.d/old", "echo old; exec sleep 1000");
    builder.script("cont-finish.d/10", "echo last");
    try (Container c = builder.start()) {
      c.awaitText("old/run: old");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      assertEquals(
          List.of("10/first: first", "app/run: ready", "old/run: old", "10/last: last"),
          said(c),
          c::both);
    }
  }

  @Test
  void aDefinitionThatIsWrongStartsNothing() throws IOException {
    Container.Builder builder = container();
    longrun(builder, "app", "echo never", "gone");
    try (Container c = builder.start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("there is no definition of gone"), c::both);
      assertEquals("", c.stdout(), c::both);
    }
  }
}
