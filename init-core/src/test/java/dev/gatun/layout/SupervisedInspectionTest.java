package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the files of runit, Klein and baseimage-docker. */
class SupervisedInspectionTest {
  @TempDir Path root;

  private List<String> findings(String... variables) {
    List<OsString> entries =
        List.of(variables).stream().map(v -> OsString.of(v.replace("ROOT", "" + root))).toList();
    Environment environment = new Environment(entries);
    LinuxFiles files = new LinuxFiles();
    Layouts layouts = new Layouts(files, environment, OsString.of("/"));
    Programs programs = new Programs(files, OsString.of("/bin:/usr/bin"));
    return layouts.check(programs, null).findings().stream()
        .map(f -> f.code() + " " + f.where().toString().replace("" + root, ""))
        .toList();
  }

  @Test
  void a_sound_container_of_runit_is_left_in_peace() {
    new RootedFiles(root)
        .program("/runit/1")
        .program("/runit/2", "#!/bin/sh\nexec runsvdir /x\n")
        .program("/services/a/run")
        .program("/services/a/finish")
        .program("/services/a/control/t")
        .program("/services/a/log/run");
    assertEquals(
        List.of(), findings("RUNIT_DIR=ROOT/runit", "SVDIR=ROOT/services", "GATUN_EXIT_ON=a"));
  }

  @Test
  void every_script_that_runit_would_run_is_looked_at() {
    new RootedFiles(root)
        .file("/runit/1")
        .program("/runit/2", "#!/bin/sh\nexec runsvdir /x\n")
        .program("/runit/3", "#!/no/such\n")
        .file("/services/a/run")
        .file("/services/a/finish")
        .file("/services/a/check")
        .file("/services/a/control/t")
        .file("/services/a/log/run")
        .directory("/services/b/log");
    assertEquals(
        List.of(
            "not-executable /runit/1",
            "interpreter-missing /runit/3",
            "not-executable /services/a/run",
            "not-executable /services/a/log/run",
            "not-executable /services/a/finish",
            "not-executable /services/a/check",
            "not-executable /services/a/control/t",
            "missing /services/b/run",
            "log-without-run /services/b/log",
            "variable GATUN_EXIT_ON"),
        findings("RUNIT_DIR=ROOT/runit", "SVDIR=ROOT/services", "GATUN_EXIT_ON=a,gone"));
  }

  @Test
  void what_klein_runs_first_is_looked_at() {
    new RootedFiles(root).program("/init/10", "#!/no/such\n").program("/services/a/run");
    assertEquals(
        List.of("interpreter-missing /init/10"),
        findings("GATUN_LAYOUT=klein", "GATUN_INIT_DIR=ROOT/init", "SVDIR=ROOT/services"));
  }

  @Test
  void what_baseimage_runs_before_and_after_is_looked_at() {
    new RootedFiles(root)
        .program("/etc/my_init.d/10", "#!/no/such\n")
        .program("/etc/rc.local", "#!/bin/sh\r\n")
        .program("/etc/my_init.pre_shutdown.d/a", "#!/no/such\n")
        .program("/etc/my_init.post_shutdown.d/b", "#!/no/such\n")
        .program("/services/a/run");
    assertEquals(
        List.of(
            "interpreter-missing /etc/my_init.d/10",
            "windows-line-ends /etc/rc.local",
            "interpreter-missing /etc/my_init.pre_shutdown.d/a",
            "interpreter-missing /etc/my_init.post_shutdown.d/b"),
        findings("GATUN_LAYOUT=baseimage", "GATUN_BASEIMAGE_DIR=ROOT/etc", "SVDIR=ROOT/services"));
  }

  @Test
  void all_wrong_variables_are_found_at_once() {
    new RootedFiles(root).program("/services/a/run");
    String[] variables = {
      "SVDIR=ROOT/services",
      "DINIT_LOG_LEVEL=loud",
      "GATUN_KILL_TIMEOUT=soon",
      "GATUN_EXIT_ON=a/b",
      "GATUN_LOG=json",
      "GATUN_INIT_FAILURE=perhaps",
      "KILL_PROCESS_TIMEOUT=never",
      "KILL_ALL_PROCESSES_TIMEOUT=-1"
    };
    List<String> ofAll =
        List.of(
            "variable GATUN_KILL_TIMEOUT",
            "variable DINIT_LOG_LEVEL",
            "variable GATUN_EXIT_ON",
            "variable GATUN_LOG");
    assertEquals(ofAll, findings(with("GATUN_LAYOUT=runit", variables)));
    List<String> ofKlein = new ArrayList<>(ofAll);
    ofKlein.add("variable GATUN_INIT_FAILURE");
    assertEquals(ofKlein, findings(with("GATUN_LAYOUT=klein", variables)));
    List<String> ofBaseimage = new ArrayList<>(ofKlein);
    ofBaseimage.add("variable KILL_PROCESS_TIMEOUT");
    ofBaseimage.add("variable KILL_ALL_PROCESSES_TIMEOUT");
    assertEquals(ofBaseimage, findings(with("GATUN_LAYOUT=baseimage", variables)));
  }

  private static String[] with(String layout, String... variables) {
    List<String> all = new ArrayList<>(List.of(variables));
    all.add(layout);
    all.add("RUNIT_DIR=/none");
    all.add("GATUN_BASEIMAGE_DIR=/none");
    all.add("GATUN_INIT_DIR=/none");
    return all.toArray(String[]::new);
  }
}
