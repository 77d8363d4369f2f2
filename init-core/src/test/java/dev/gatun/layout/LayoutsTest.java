package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsTest {
  @TempDir Path root;

  private RootedFiles files() {
    return new RootedFiles(root).directory("/etc/service");
  }

  private static Setup read(RootedFiles files, String... variables) throws LayoutException {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    return new Layouts(files, environment, OsString.of("/home")).read();
  }

  private static String complaint(RootedFiles files, String... variables) {
    return assertThrows(LayoutException.class, () -> read(files, variables)).getMessage();
  }

  /** The programs that are wanted in that span, in the order in which they are run. */
  private static List<String> programs(Setup chosen, Span span) {
    return services(chosen, span).stream().map(s -> s.program().path().toString()).toList();
  }

  private static List<Service> services(Setup chosen, Span span) {
    List<Service> left = new ArrayList<>(chosen.plan().services());
    left.removeIf(service -> !service.span().equals(span));
    List<Service> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Service next =
          left.stream()
              .filter(s -> s.after().stream().allMatch(a -> left.stream().noneMatch(isIt(a))))
              .findFirst()
              .orElseThrow();
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  private static Predicate<Service> isIt(After after) {
    return service -> service.id().equals(after.service());
  }

  private static long killAfterNanos(Setup chosen) {
    return services(chosen, Span.START).getFirst().stop().killAfterNanos();
  }

  private static Meaning.Oneshot meaningOfFirst(Setup chosen) {
    return (Meaning.Oneshot) services(chosen, Span.START).getFirst().meaning();
  }

  @Test
  void dinit_is_the_one_where_there_is_nothing_else() throws LayoutException {
    Setup chosen = read(files());
    assertEquals("the layout is dinit: there are no files of another one", chosen.reason());
    assertFalse(chosen.isReasonTold());
    assertFalse(chosen.services().isPresent());
    assertFalse(chosen.plan().findsServices());
  }

  @Test
  void stage_2_means_runit() throws LayoutException {
    Setup chosen = read(files().program("/etc/runit/2", "#!/bin/sh\nexec runsvdir /srv\n"));
    assertEquals("the layout is runit: there is /etc/runit/2", chosen.reason());
    assertEquals(OsString.of("/srv"), chosen.services().orElseThrow().directory());
  }

  @Test
  void programs_in_init_mean_klein_and_other_files_do_not() throws LayoutException {
    assertEquals(
        "the layout is dinit: there are no files of another one",
        read(files().file("/etc/init/README")).reason());
    Setup chosen = read(files().program("/etc/init/10-ssh"));
    assertEquals("the layout is klein: there are programs in /etc/init", chosen.reason());
    assertEquals(OsString.of("/etc/service"), chosen.services().orElseThrow().directory());
  }

  @Test
  void what_my_init_reads_means_baseimage_whatever_runit_brings() throws LayoutException {
    assertEquals(
        "the layout is baseimage: there is /etc/container_environment",
        read(files().directory("/etc/container_environment")).reason());
    RootedFiles files = files().directory("/etc/my_init.d").program("/etc/runit/2");
    assertEquals("the layout is baseimage: there is /etc/my_init.d", read(files).reason());
    assertTrue(
        complaint(files.program("/etc/init/a")).contains("/etc/my_init.d, for baseimage, and"));
  }

  @Test
  void baseimage_has_programs_before_and_after_and_an_environment() throws LayoutException {
    RootedFiles files =
        files()
            .program("/etc/my_init.d/20")
            .program("/etc/my_init.d/10")
            .file("/etc/my_init.d/README")
            .program("/etc/rc.local")
            .program("/etc/my_init.pre_shutdown.d/a")
            .program("/etc/my_init.post_shutdown.d/a");
    Setup chosen = read(files);
    assertEquals(
        List.of("/etc/my_init.d/10", "/etc/my_init.d/20", "/etc/rc.local"),
        programs(chosen, Span.START));
    assertEquals(new Meaning.Oneshot(Meaning.Failure.ENDS, true), meaningOfFirst(chosen));
    assertEquals(List.of("/etc/my_init.pre_shutdown.d/a"), programs(chosen, Span.CLOSING));
    assertEquals(List.of("/etc/my_init.post_shutdown.d/a"), programs(chosen, Span.LAST));
    assertEquals("a-2/last", services(chosen, Span.LAST).getFirst().id().toString());
    assertTrue(chosen.environment().isPresent());
    assertEquals(30_000_000_000L, killAfterNanos(chosen));
    assertEquals(5_000_000_000L, killAfterNanos(read(files, "KILL_PROCESS_TIMEOUT=5")));
    assertEquals(
        List.of("/r/x", "/etc/rc.local"),
        programs(read(files.program("/r/x"), "ENV_INIT_DIRECTORY=/r"), Span.START));
  }

  @Test
  void variables_in_files_count_where_they_are_not_set() throws LayoutException {
    RootedFiles files =
        files()
            .program("/etc/my_init.d/10")
            .program("/etc/container_environment/KILL_PROCESS_TIMEOUT", "7\n")
            .program("/etc/container_environment/DINIT_KILL_TIMEOUT", "8");
    Setup chosen = read(files, "DINIT_KILL_TIMEOUT=9");
    assertEquals(7_000_000_000L, killAfterNanos(chosen));
    assertEquals(9_000_000_000L, chosen.plan().orphans().killAfterNanos());
    assertEquals(OsString.of("7"), chosen.plan().environment().get("KILL_PROCESS_TIMEOUT"));
  }

  @Test
  void a_command_layout_without_a_command_says_what_to_do() {
    assertEquals(
        "cannot run a command: GATUN_LAYOUT=command, and none is named: give one, as in gatun --"
            + " COMMAND, or set it to another layout",
        complaint(files(), "GATUN_LAYOUT=command"));
  }

  @Test
  void a_variable_for_the_files_of_one_means_that_one() throws LayoutException {
    RootedFiles files = files().program("/etc/runit/2").program("/etc/init/a");
    assertEquals(
        "the layout is dinit: DINIT_DIR is set", read(files, "DINIT_DIR=/etc/service").reason());
    assertEquals("the layout is runit: RUNIT_DIR is set", read(files, "RUNIT_DIR=/x").reason());
  }

  @Test
  void the_reason_is_told_where_one_was_named_or_another_might_have_been_taken()
      throws LayoutException {
    RootedFiles files = files();
    assertTrue(read(files, "GATUN_LAYOUT=dinit").isReasonTold());
    assertFalse(read(files, "DINIT_DIR=/etc/service", "DINIT_LOG_LEVEL=info").isReasonTold());
    files.program("/etc/runit/2");
    assertTrue(read(files, "DINIT_DIR=/etc/service", "DINIT_LOG_LEVEL=info").isReasonTold());
    assertTrue(read(files).isReasonTold());
  }

  @Test
  void a_name_wins_over_everything() throws LayoutException {
    RootedFiles files = files().program("/etc/runit/2").program("/etc/init/a");
    for (String name : List.of("dinit", "runit", "klein", "baseimage")) {
      assertEquals(
          "the layout is " + name + ": GATUN_LAYOUT says so",
          read(files, "GATUN_LAYOUT=" + name, "DINIT_DIR=/etc/service", "RUNIT_DIR=/x").reason());
    }
    assertEquals(
        "cannot use GATUN_LAYOUT=upstart: set it to one of dinit, runit, klein, baseimage,"
            + " s6, sysv, command, or unset it",
        complaint(files, "GATUN_LAYOUT=upstart"));
  }

  @Test
  void what_cannot_be_decided_is_an_error_that_names_both() {
    assertEquals(
        "cannot decide between two layouts: there is /etc/runit/2, for runit, and programs in"
            + " /etc/init, for klein: set GATUN_LAYOUT to one of dinit, runit, klein, baseimage,"
            + " s6, sysv",
        complaint(files().program("/etc/runit/2").program("/etc/init/a")));
    assertEquals(
        "cannot decide between two layouts: DINIT_DIR is set, for dinit, and RUNIT_DIR, for runit:"
            + " set GATUN_LAYOUT to one of dinit, runit, klein, baseimage, s6, sysv",
        complaint(files(), "DINIT_DIR=/a", "RUNIT_DIR=/b"));
  }

  @Test
  void runit_has_its_stages_run_around_the_services() throws LayoutException {
    RootedFiles files =
        files()
            .program("/r/1")
            .program("/r/2", "#!/bin/sh\nmkdir -p /run/x\nexec runsvdir -P /etc/service\n")
            .program("/r/3")
            .program("/r/ctrlaltdel");
    Setup chosen = read(files, "RUNIT_DIR=/r");
    assertEquals(List.of("/r/1", "/bin/sh"), programs(chosen, Span.START));
    assertEquals(List.of("/r/3"), programs(chosen, Span.LAST));
    assertEquals(List.of(), programs(chosen, Span.UP));
    Service script = services(chosen, Span.START_AND_UP).getFirst();
    assertEquals(OsString.of("/r/ctrlaltdel"), script.program().path());
    assertFalse(script.startsAutomatically());
    OsString permit = OsString.of("/r/stopit");
    assertEquals(
        List.of(
            new SignalRule(Signal.CONT, Optional.empty(), permit),
            new SignalRule(Signal.INT, Optional.of(script.id()), permit)),
        chosen.plan().signals().rules());
  }

  @Test
  void a_stage_2_of_ones_own_is_run_and_nothing_beside_it() throws LayoutException {
    Setup chosen = read(files().program("/r/2", "#!/bin/sh\nexec my-server\n"), "RUNIT_DIR=/r");
    Service main = services(chosen, Span.UP).getFirst();
    assertEquals(OsString.of("/r/2"), main.program().path());
    assertEquals(Restart.afterCrash(111, 1_000_000_000), main.restart());
    assertEquals(new Meaning.EndsContainer(new ExitCode.Table(0, 0)), main.meaning());
    assertTrue(main.stop().killsGroup());
    assertFalse(chosen.services().isPresent());
  }

  @Test
  void without_stages_there_are_just_the_services() throws LayoutException {
    Setup chosen = read(files(), "GATUN_LAYOUT=runit");
    assertEquals(List.of(), chosen.plan().services());
    assertTrue(chosen.plan().findsServices());
    assertEquals(OsString.of("/etc/service"), chosen.services().orElseThrow().directory());
  }

  @Test
  void svdir_has_the_services_elsewhere() throws LayoutException {
    RootedFiles files = files().program("/r/2", "#!/bin/sh\nexec runsvdir -P /etc/service\n");
    assertEquals(
        OsString.of("/home/here"),
        read(files, "RUNIT_DIR=/r", "SVDIR=here").services().orElseThrow().directory());
  }

  @Test
  void supervised_services_write_text_and_their_orphans_are_left_alone() throws LayoutException {
    Setup chosen = read(files(), "GATUN_LAYOUT=runit");
    assertEquals(OutputFormat.PLAIN, chosen.output().stdout());
    assertEquals(OrphanPolicy.Kind.IGNORE, chosen.plan().orphans().kind());
    assertEquals(
        OutputFormat.JSON,
        read(files(), "GATUN_LAYOUT=runit", "DINIT_JSON_STDOUT=1").output().stdout());
  }

  @Test
  void klein_runs_its_programs_in_bytewise_order_and_stops_when_one_fails() throws LayoutException {
    RootedFiles files =
        files()
            .program("/etc/init/b")
            .program("/etc/init/B")
            .program("/etc/init/10")
            .program("/etc/init/.hidden")
            .directory("/etc/init/conf.d")
            .file("/etc/init/README");
    assertEquals(
        List.of("/etc/init/10", "/etc/init/B", "/etc/init/b"), programs(read(files), Span.START));
    assertEquals(new Meaning.Oneshot(Meaning.Failure.ENDS), meaningOfFirst(read(files)));
    assertEquals(
        new Meaning.Oneshot(Meaning.Failure.IS_SAID),
        meaningOfFirst(read(files, "GATUN_INIT_FAILURE=continue")));
    assertTrue(complaint(files, "GATUN_INIT_FAILURE=perhaps").contains("stop, continue"));
  }

  @Test
  void names_that_end_the_container_are_names() {
    for (String value : List.of(",", "a,,b", "a/b")) {
      assertEquals(
          "cannot use GATUN_EXIT_ON="
              + value
              + ": set it to names of services with commas between them, or unset it",
          complaint(files(), "GATUN_LAYOUT=runit", "GATUN_EXIT_ON=" + value));
    }
  }
}
