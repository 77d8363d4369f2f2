package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Command;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceDirectoryTest {
  @TempDir Path root;

  private RootedFiles files;

  @BeforeEach
  void makeDirectory() {
    files = new RootedFiles(root).directory("/etc/service");
  }

  private ServiceScan scan() {
    return new ServiceDirectory(
            files, OsString.of("/etc/service"), Set.of(ServiceName.of("db"), ServiceName.of("x")))
        .scan();
  }

  private ServiceSpec only() {
    assertEquals(List.of(), scan().problems());
    return scan().services().getFirst().spec();
  }

  private static List<String> names(ServiceScan scan) {
    return scan.services().stream().map(found -> found.spec().name().toString()).toList();
  }

  private static List<String> watched(ServiceScan scan) {
    return scan.watched().stream().map(OsString::toString).toList();
  }

  @Test
  void a_plain_service_is_kept_and_started() {
    files.program("/etc/service/web/run");
    ServiceSpec web = only();
    Keeping keeping = web.keeping().orElseThrow();
    assertEquals(
        Command.of(OsString.of("/etc/service/web/run"), OsString.of("/etc/service/web")),
        web.run());
    assertTrue(keeping.service().startsUntold());
    assertTrue(keeping.service().restarts().restarts());
    assertFalse(keeping.endsContainer());
    assertEquals(
        Optional.of(OsString.of("/etc/service/web/finish")),
        keeping.service().finish().map(Command::program));
    assertEquals(
        Optional.of(OsString.of("/etc/service/web/control")), keeping.service().controls());
    assertFalse(web.log().isPresent());
  }

  @Test
  void down_keeps_either_part_from_being_started() {
    files
        .program("/etc/service/a/run")
        .file("/etc/service/a/down")
        .program("/etc/service/a/log/run")
        .file("/etc/service/a/log/down");
    Keeping keeping = only().keeping().orElseThrow();
    assertFalse(keeping.service().startsUntold());
    assertFalse(keeping.log().orElseThrow().startsUntold());
  }

  @Test
  void links_are_followed_to_where_the_service_is() {
    files.program("/etc/sv/web/run").program("/var/log-of-web/run");
    files.link("/etc/sv/web/log", "../../../var/log-of-web");
    files.link("/etc/service/www", "../sv/web");
    ServiceSpec www = only();
    assertEquals(ServiceName.of("www"), www.name());
    assertEquals(OsString.of("/etc/sv/web"), www.run().directory());
    assertEquals(OsString.of("/var/log-of-web"), www.log().orElseThrow().directory());
  }

  @Test
  void names_with_a_dot_in_front_and_files_are_left_out() {
    files
        .program("/etc/service/.hidden/run")
        .file("/etc/service/README")
        .link("/etc/service/gone", "nowhere")
        .program("/etc/service/b/run")
        .program("/etc/service/A/run");
    assertEquals(List.of("A", "b"), names(scan()));
  }

  @Test
  void the_named_ones_end_the_container() {
    files.program("/etc/service/db/run");
    assertTrue(only().keeping().orElseThrow().endsContainer());
  }

  @Test
  void a_service_that_is_not_complete_is_watched_until_it_is() {
    files.directory("/etc/service/a").file("/etc/service/b/run");
    ServiceScan scan = scan();
    assertEquals(List.of(), names(scan));
    assertTrue(watched(scan).containsAll(List.of("/etc/service/a", "/etc/service/b")));
    assertEquals(
        List.of(
            "service a is not started: /etc/service/a/run is missing; it is started as soon as"
                + " that is put right",
            "service b is not started: /etc/service/b/run is not executable: run chmod +x on it;"
                + " it is started as soon as that is put right"),
        scan.problems());
    files.program("/etc/service/a/run").program("/etc/service/b/run");
    assertEquals(List.of("a", "b"), names(scan()));
  }

  @Test
  void every_directory_with_a_link_on_the_way_is_watched() throws IOException {
    Files.delete(root.resolve("etc/service"));
    files
        .link("/etc/service", "runit/runsvdir/current")
        .link("/etc/runit/runsvdir/current", "default")
        .program("/etc/runit/runsvdir/default/a/run");
    assertEquals(
        List.of("/etc", "/etc/runit/runsvdir", "/etc/runit/runsvdir", "/etc/service"),
        watched(scan()));
    assertEquals(List.of("a"), names(scan()));
  }

  @Test
  void a_missing_directory_is_a_problem_and_is_waited_for() throws IOException {
    Files.delete(root.resolve("etc/service"));
    assertEquals(
        List.of(
            "cannot read the service directory /etc/service: No such file or directory: create it,"
                + " or set SVDIR to the directory of the services"),
        scan().problems());
    assertEquals(List.of("/etc"), watched(scan()));
  }

  @Test
  void another_directory_of_the_same_name_is_another_service() throws IOException {
    files.program("/etc/service/a/run");
    String before = scan().services().getFirst().identity();
    assertEquals(before, scan().services().getFirst().identity());
    Files.move(root.resolve("etc/service/a"), root.resolve("etc/old"));
    files.program("/etc/service/a/run");
    assertNotEquals(before, scan().services().getFirst().identity());
  }
}
