package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.ExitArguments;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
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
    return directory().scan();
  }

  private ServiceDirectory directory() {
    return directory(Set.of());
  }

  private ServiceDirectory directory(Set<ServiceName> ending) {
    return new ServiceDirectory(files, OsString.of("/etc/service"), ending, 7);
  }

  @Test
  void a_service_that_would_end_the_container_and_is_not_there_is_said() {
    files.program("/etc/service/db/run");
    Set<ServiceName> ending = Set.of(ServiceName.of("db"), ServiceName.of("x"));
    assertEquals(
        List.of(
            "of GATUN_EXIT_ON: it names x, and there is no such service: correct it, unless the"
                + " service is made later"),
        directory(ending).scan().problems());
  }

  private Service only() {
    return both().getFirst();
  }

  private List<Service> both() {
    assertEquals(List.of(), scan().problems());
    return scan().services().getFirst().services();
  }

  private static Program script(String path) {
    OsString directory = OsString.of("/etc/service/web");
    return Program.of(directory.resolve(path), directory).optional();
  }

  private static List<String> names(ServiceScan scan) {
    return scan.services().stream().map(found -> found.service().id().name().toString()).toList();
  }

  private static List<String> watched(ServiceScan scan) {
    return scan.watched().stream().map(OsString::toString).toList();
  }

  @Test
  void a_plain_service_is_started_and_started_again() {
    files.program("/etc/service/web/run");
    Service web = only();
    assertEquals(
        Program.of(OsString.of("/etc/service/web/run"), OsString.of("/etc/service/web")),
        web.program());
    assertTrue(web.startsAutomatically());
    assertTrue(web.takesOrders());
    assertEquals(Span.UP_AND_CLOSING, web.span());
    assertEquals(Restart.always(1_000_000_000), web.restart());
    assertEquals(Stop.bySignal(7), web.stop());
    assertEquals(Meaning.Nothing.IT, web.meaning());
    assertEquals(Hooks.NONE, web.hooks());
    assertEquals(Wiring.LINES, web.wiring());
    assertEquals(1, both().size());
  }

  @Test
  void the_scripts_that_are_there_are_its_hooks() {
    files
        .program("/etc/service/web/run")
        .program("/etc/service/web/finish")
        .program("/etc/service/web/control/x")
        .file("/etc/service/web/control/t")
        .file("/etc/service/web/control/other");
    Hooks hooks = only().hooks();
    List<OsString> notExecuted = List.of(OsString.of("111"), OsString.of("0"));
    assertEquals(
        Optional.of(new Hooks.Finish(script("finish"), new ExitArguments(-1, 128, notExecuted))),
        hooks.finish());
    assertEquals(
        List.of(
            new Hooks.StandIn(Order.TERMINATE, script("control/t")),
            new Hooks.StandIn(Order.EXIT, script("control/x"))),
        hooks.standIns());
    files.program("/etc/service/web/control/u");
    assertEquals(
        Optional.of(script("control/u")),
        directory().hooks(OsString.of("/etc/service/web")).standIn(Order.UP));
  }

  @Test
  void lines_are_converted_by_a_pattern() {
    files.program("/etc/service/web/run").file("/etc/service/web/log/pattern", "(?P<a>x)\n");
    OsString pattern = OsString.of("/etc/service/web/log/pattern");
    assertEquals(Wiring.convertedBy(new LinePattern("(?P<a>x)", pattern, 1)), only().wiring());
  }

  @Test
  void a_service_whose_pattern_cannot_be_used_waits_for_a_better_one() {
    files
        .program("/etc/service/a/run")
        .file("/etc/service/a/log/pattern", "(?P<a>x")
        .program("/etc/service/b/run")
        .program("/etc/service/b/log/run")
        .file("/etc/service/b/log/pattern", "(?P<a>x)");
    assertTrue(scan().services().stream().noneMatch(ServiceScan.Found::isComplete));
    assertEquals(
        List.of(
            "service a is not started: cannot use /etc/service/a/log/pattern:1: column 1: missing"
                + " closing ): correct the regular expression; its syntax is RE2's; it is started"
                + " as soon as that is put right",
            "service b is not started: cannot use /etc/service/b/log/pattern: there is run beside"
                + " it, and lines go through one of the two: remove one of the two; it is started"
                + " as soon as that is put right"),
        scan().problems());
    assertTrue(watched(scan()).containsAll(List.of("/etc/service/a/log", "/etc/service/b/log")));
  }

  @Test
  void down_keeps_either_part_from_being_started() {
    files
        .program("/etc/service/a/run")
        .file("/etc/service/a/down")
        .program("/etc/service/a/log/run")
        .file("/etc/service/a/log/down");
    assertFalse(both().getFirst().startsAutomatically());
    assertFalse(both().getLast().startsAutomatically());
  }

  @Test
  void links_are_followed_to_where_the_service_is() {
    files.program("/etc/sv/web/run").program("/var/log-of-web/run");
    files.link("/etc/sv/web/log", "../../../var/log-of-web");
    files.link("/etc/service/www", "../sv/web");
    Service www = only();
    Service log = both().getLast();
    assertEquals(ServiceName.of("www"), www.id().name());
    assertEquals(OsString.of("/etc/sv/web"), www.program().directory());
    assertEquals(OsString.of("/var/log-of-web"), log.program().directory());
    assertEquals(Wiring.writingTo(log.id()), www.wiring());
    assertEquals(Wiring.readingFrom(www.id()), log.wiring());
    assertEquals(Hooks.NONE, log.hooks());
    assertTrue(log.takesOrders());
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
    ServiceScan scan = directory(Set.of(ServiceName.of("db"))).scan();
    assertEquals(List.of(), scan.problems());
    assertEquals(
        new Meaning.EndsContainer(ExitCode.PassedOn.AS_IT_IS),
        scan.services().getFirst().service().meaning());
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
