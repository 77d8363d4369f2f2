package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the files of runit and Klein. */
class LintKeptTest {
  @TempDir Path root;

  private List<String> findings(String... variables) throws LayoutException {
    List<OsString> entries =
        List.of(variables).stream().map(v -> OsString.of(v.replace("ROOT", "" + root))).toList();
    Environment environment = new Environment(entries);
    LinuxFiles files = new LinuxFiles();
    Layouts layouts = new Layouts(files, environment, OsString.of("/"));
    Programs programs = new Programs(files, OsString.of("/bin:/usr/bin"));
    return Lint.check(files, programs, environment, layouts.files(null).orElseThrow())
        .findings()
        .stream()
        .map(f -> f.code() + " " + f.where().toString().replace("" + root, ""))
        .toList();
  }

  @Test
  void a_sound_container_of_runit_is_left_in_peace() throws LayoutException {
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
  void every_script_that_runit_would_run_is_looked_at() throws LayoutException {
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
  void what_klein_runs_first_is_looked_at() throws LayoutException {
    new RootedFiles(root).program("/init/10", "#!/no/such\n").program("/services/a/run");
    assertEquals(
        List.of("interpreter-missing /init/10"),
        findings("GATUN_LAYOUT=klein", "GATUN_INIT_DIR=ROOT/init", "SVDIR=ROOT/services"));
  }
}
