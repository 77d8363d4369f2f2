package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.plan.Course;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsTest {
  @TempDir Path root;

  private RootedFiles files() {
    return new RootedFiles(root).directory("/etc/service");
  }

  private static Layouts.Chosen read(RootedFiles files, String... variables)
      throws LayoutException {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    return new Layouts(files, environment, OsString.of("/home")).read();
  }

  private static String complaint(RootedFiles files, String... variables) {
    return assertThrows(LayoutException.class, () -> read(files, variables)).getMessage();
  }

  private static Course course(Layouts.Chosen chosen) {
    return chosen.configuration().plan().course().orElseThrow();
  }

  private static List<String> programs(List<Step> steps) {
    return steps.stream().map(step -> step.command().program().toString()).toList();
  }

  @Test
  void dinit_is_the_one_where_there_is_nothing_else() throws LayoutException {
    Layouts.Chosen chosen = read(files());
    assertEquals("the layout is dinit: there are no files of another one", chosen.reason());
    assertFalse(chosen.kept().isPresent());
    assertFalse(chosen.configuration().plan().course().isPresent());
  }

  @Test
  void stage_2_means_runit() throws LayoutException {
    Layouts.Chosen chosen =
        read(files().program("/etc/runit/2", "#!/bin/sh\nexec runsvdir /srv\n"));
    assertEquals("the layout is runit: there is /etc/runit/2", chosen.reason());
    assertEquals(OsString.of("/srv"), chosen.kept().orElseThrow().directory());
  }

  @Test
  void programs_in_init_mean_klein_and_other_files_do_not() throws LayoutException {
    assertEquals(
        "the layout is dinit: there are no files of another one",
        read(files().file("/etc/init/README")).reason());
    Layouts.Chosen chosen = read(files().program("/etc/init/10-ssh"));
    assertEquals("the layout is klein: there are programs in /etc/init", chosen.reason());
    assertEquals(OsString.of("/etc/service"), chosen.kept().orElseThrow().directory());
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
            .program("/etc/my_init.post_shutdown.d/b");
    Layouts.Chosen chosen = read(files);
    Course course = course(chosen);
    assertEquals(
        List.of("/etc/my_init.d/10", "/etc/my_init.d/20", "/etc/rc.local"),
        programs(course.first()));
    assertTrue(course.first().stream().allMatch(Step::setsEnvironment));
    assertEquals(List.of("/etc/my_init.pre_shutdown.d/a"), programs(course.closing()));
    assertEquals(List.of("/etc/my_init.post_shutdown.d/b"), programs(course.last()));
    assertTrue(chosen.environment().isPresent());
    assertEquals(30_000_000_000L, chosen.configuration().plan().killAfterNanos());
    assertEquals(
        5_000_000_000L,
        read(files, "KILL_PROCESS_TIMEOUT=5").configuration().plan().killAfterNanos());
    assertEquals(
        List.of("/r/x", "/etc/rc.local"),
        programs(course(read(files.program("/r/x"), "ENV_INIT_DIRECTORY=/r")).first()));
  }

  @Test
  void variables_in_files_count_where_they_are_not_set() throws LayoutException {
    RootedFiles files =
        files()
            .program("/etc/container_environment/KILL_PROCESS_TIMEOUT", "7\n")
            .program("/etc/container_environment/DINIT_KILL_TIMEOUT", "8");
    Layouts.Chosen chosen = read(files, "DINIT_KILL_TIMEOUT=9");
    assertEquals(7_000_000_000L, chosen.configuration().plan().killAfterNanos());
    assertEquals(9_000_000_000L, chosen.configuration().plan().orphans().killAfterNanos());
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
  void a_name_wins_over_everything() throws LayoutException {
    RootedFiles files = files().program("/etc/runit/2").program("/etc/init/a");
    for (String name : List.of("dinit", "runit", "klein", "baseimage")) {
      assertEquals(
          "the layout is " + name + ": GATUN_LAYOUT says so",
          read(files, "GATUN_LAYOUT=" + name, "DINIT_DIR=/etc/service", "RUNIT_DIR=/x").reason());
    }
    assertEquals(
        "cannot use GATUN_LAYOUT=sysv: set it to one of dinit, runit, klein, baseimage,"
            + " command, or unset it",
        complaint(files, "GATUN_LAYOUT=sysv"));
  }

  @Test
  void what_cannot_be_decided_is_an_error_that_names_both() {
    assertEquals(
        "cannot decide between two layouts: there is /etc/runit/2, for runit, and programs in"
            + " /etc/init, for klein: set GATUN_LAYOUT to one of dinit, runit, klein, baseimage",
        complaint(files().program("/etc/runit/2").program("/etc/init/a")));
    assertEquals(
        "cannot decide between two layouts: DINIT_DIR is set, for dinit, and RUNIT_DIR, for runit:"
            + " set GATUN_LAYOUT to one of dinit, runit, klein, baseimage",
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
    Course course = course(read(files, "RUNIT_DIR=/r"));
    assertEquals(List.of("/r/1", "/bin/sh"), programs(course.first()));
    assertEquals(List.of("/r/3"), programs(course.last()));
    assertFalse(course.main().isPresent());
    assertEquals(2, course.signals().size());
    assertEquals(OsString.of("/r/stopit"), course.signals().getFirst().permit());
  }

  @Test
  void a_stage_2_of_ones_own_is_run_and_nothing_beside_it() throws LayoutException {
    Layouts.Chosen chosen =
        read(files().program("/r/2", "#!/bin/sh\nexec my-server\n"), "RUNIT_DIR=/r");
    assertEquals(OsString.of("/r/2"), course(chosen).main().orElseThrow().command().program());
    assertFalse(chosen.kept().isPresent());
  }

  @Test
  void without_stages_there_are_just_the_services() throws LayoutException {
    Layouts.Chosen chosen = read(files(), "GATUN_LAYOUT=runit");
    assertEquals(
        new Course(List.of(), course(chosen).main(), List.of(), course(chosen).signals()),
        course(chosen));
    assertEquals(OsString.of("/etc/service"), chosen.kept().orElseThrow().directory());
  }

  @Test
  void svdir_has_the_services_elsewhere() throws LayoutException {
    RootedFiles files = files().program("/r/2", "#!/bin/sh\nexec runsvdir -P /etc/service\n");
    assertEquals(
        OsString.of("/home/here"),
        read(files, "RUNIT_DIR=/r", "SVDIR=here").kept().orElseThrow().directory());
  }

  @Test
  void kept_services_write_text_and_their_orphans_are_left_alone() throws LayoutException {
    Layouts.Chosen chosen = read(files(), "GATUN_LAYOUT=runit");
    assertEquals(OutputFormat.PLAIN, chosen.configuration().stdout());
    assertEquals(OrphanPolicy.Kind.IGNORE, chosen.configuration().plan().orphans().kind());
    assertEquals(
        OutputFormat.JSON,
        read(files(), "GATUN_LAYOUT=runit", "DINIT_JSON_STDOUT=1").configuration().stdout());
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
    List<Step> first = course(read(files)).first();
    assertEquals(List.of("/etc/init/10", "/etc/init/B", "/etc/init/b"), programs(first));
    assertEquals(Step.Failure.ENDS, first.getFirst().failure());
    assertEquals(
        Step.Failure.IS_SAID,
        course(read(files, "GATUN_INIT_FAILURE=continue")).first().getFirst().failure());
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
