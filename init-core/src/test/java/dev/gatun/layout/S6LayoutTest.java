package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the files of s6-overlay, of either generation. */
class S6LayoutTest {
  private static final String DEFINITIONS = "/etc/s6-overlay/s6-rc.d/";

  @TempDir Path root;

  private static Setup read(RootedFiles files, String... variables) throws LayoutException {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    return new Layouts(files, environment, OsString.of("/home")).read();
  }

  private static String complaint(RootedFiles files, String... variables) {
    return assertThrows(LayoutException.class, () -> read(files, variables)).getMessage();
  }

  /** Each service in a line: what it is, what it runs, and what it comes after. */
  private static List<String> services(Setup setup) {
    return setup.plan().services().stream().map(S6LayoutTest::line).toList();
  }

  private static String line(Service service) {
    String arguments =
        service.program().arguments().stream().map(a -> " " + a).collect(Collectors.joining());
    String after =
        service.after().stream().map(S6LayoutTest::text).collect(Collectors.joining(", "));
    return service.id()
        + " "
        + service.kind().name().toLowerCase()
        + ": "
        + service.program().path()
        + arguments
        + (after.isEmpty() ? "" : " after " + after);
  }

  private static String text(After after) {
    return after.condition().name().toLowerCase() + " " + after.service();
  }

  private RootedFiles files() {
    return new RootedFiles(root);
  }

  private RootedFiles longrun(RootedFiles files, String name, String... needs) {
    files.file(DEFINITIONS + name + "/type", "longrun\n").program(DEFINITIONS + name + "/run");
    return needing(files, name, needs);
  }

  private RootedFiles oneshot(RootedFiles files, String name, String up, String... needs) {
    files.file(DEFINITIONS + name + "/type", "oneshot\n").file(DEFINITIONS + name + "/up", up);
    return needing(files, name, needs);
  }

  private RootedFiles needing(RootedFiles files, String name, String... needs) {
    for (String other : needs) {
      files.file(DEFINITIONS + name + "/dependencies.d/" + other);
    }
    return files;
  }

  private RootedFiles user(RootedFiles files, String... names) {
    for (String name : names) {
      files.file(DEFINITIONS + "user/contents.d/" + name);
    }
    return files.file(DEFINITIONS + "user/type", "bundle\n");
  }

  @Test
  void generation_2_runs_programs_and_then_services_of_a_directory() throws LayoutException {
    RootedFiles files =
        files()
            .program("/etc/cont-init.d/10")
            .program("/etc/cont-init.d/20")
            .file("/etc/cont-init.d/notes")
            .program("/etc/cont-init.d/.hidden")
            .program("/etc/cont-finish.d/90")
            .program("/etc/services.d/a/run")
            .program("/etc/services.d/a/finish")
            .program("/etc/services.d/a/log/run");
    Setup setup = read(files);
    assertEquals("the layout is s6: there is /etc/services.d", setup.reason());
    assertEquals(
        List.of(
            "10/first oneshot: /etc/cont-init.d/10",
            "20/first oneshot: /etc/cont-init.d/20 after ended 10/first",
            "90/last oneshot: /etc/cont-finish.d/90"),
        services(setup));
    List<ServiceScan.Found> found = setup.services().orElseThrow().scan().services();
    assertEquals(
        List.of(
            "a/run longrun: /etc/services.d/a/run a",
            "a/log longrun: /etc/services.d/a/log/run a/log"),
        found.getFirst().services().stream().map(S6LayoutTest::line).toList());
  }

  @Test
  void a_tree_as_images_have_it_is_read_as_s6_rc_reads_it() throws LayoutException {
    RootedFiles files = files().program("/usr/bin/true").program("/etc/cont-init.d/10");
    oneshot(files, "init-a", "/scripts/a", "base");
    oneshot(files, "init-b", "/scripts/b one \"two words\" # and a comment\n", "init-a");
    oneshot(files, "init-done", "# nothing to be done\n", "init-b");
    longrun(files, "svc-log").file(DEFINITIONS + "svc-log/consumer-for", "svc\n");
    longrun(files, "svc", "init-done")
        .file(DEFINITIONS + "svc/producer-for", "svc-log\n")
        .file(DEFINITIONS + "svc-log/pipeline-name", "svc-pipeline\n")
        .file(DEFINITIONS + "svc/notification-fd", "3\n");
    longrun(files, "alone");
    longrun(files, "unused");
    user(files, "svc-pipeline", "alone");
    Setup setup = read(files, "PATH=/usr/bin");
    assertEquals("the layout is s6: there is /etc/s6-overlay", setup.reason());
    assertEquals(
        List.of(
            "10/first oneshot: /etc/cont-init.d/10",
            "alone/run longrun: /etc/s6-overlay/s6-rc.d/alone/run alone",
            "init-a/run oneshot: /scripts/a after settled 10/first",
            "init-b/run oneshot: /scripts/b one two words after ready init-a/run",
            "svc/run longrun: /etc/s6-overlay/s6-rc.d/svc/run svc after ready init-b/run, ready"
                + " svc-log/run",
            "svc-log/run longrun: /etc/s6-overlay/s6-rc.d/svc-log/run svc-log"),
        services(setup));
  }

  @Test
  void services_of_the_directory_come_after_all_that_users_bundle_has() throws LayoutException {
    RootedFiles files = files().program("/etc/services.d/old/run");
    longrun(files, "a");
    longrun(files, "late", "legacy-services");
    user(files, "a").file("/etc/s6-overlay/user-bundles.d/user2/contents.d/late");
    Setup setup = read(files);
    ServiceScan.Found old = setup.services().orElseThrow().scan().services().getFirst();
    assertEquals(
        "old/run longrun: /etc/services.d/old/run old after ready a/run", line(old.service()));
    assertEquals(
        List.of(
            "a/run longrun: /etc/s6-overlay/s6-rc.d/a/run a",
            "late/run longrun: /etc/s6-overlay/s6-rc.d/late/run late after ready a/run"),
        services(setup));
  }

  @Test
  void what_cannot_be_started_starts_nothing_and_is_named() {
    RootedFiles unknown = user(longrun(files(), "a", "gone"), "a");
    assertEquals(
        "cannot use /etc/s6-overlay/s6-rc.d/a/dependencies.d/gone: there is no definition of gone:"
            + " make /etc/s6-overlay/s6-rc.d/gone with a file type in it, or remove the name",
        complaint(unknown));
  }

  @Test
  void a_circle_is_named_from_the_first_to_the_last() {
    RootedFiles files = user(longrun(longrun(files(), "a", "b"), "b", "bundle"), "a");
    files.file(DEFINITIONS + "bundle/type", "bundle\n").file(DEFINITIONS + "bundle/contents.d/a");
    assertEquals(
        "cannot use /etc/s6-overlay/s6-rc.d/a: a needs b needs bundle needs a: none of them can"
            + " be the first: remove one of these dependencies",
        complaint(files));
  }

  private List<String> findings(RootedFiles files, String... variables) {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    Layouts layouts = new Layouts(files, environment, OsString.of("/"));
    Programs programs = new Programs(files, OsString.of("/bin:/usr/bin"));
    List<String> found = new ArrayList<>();
    for (Finding finding : layouts.check(programs, null).findings()) {
      found.add(finding.code() + " " + finding.where().toString().replace(DEFINITIONS, ""));
    }
    return found;
  }

  @Test
  void a_check_finds_all_that_is_wrong() {
    RootedFiles files = files().program("/bin/sh");
    files
        .file(DEFINITIONS + "no-type/run")
        .file(DEFINITIONS + "bad-type/type", "daemon\n")
        .file(DEFINITIONS + "no-run/type", "longrun\n")
        .file(DEFINITIONS + "no-up/type", "oneshot\n");
    oneshot(files, "blocks", "foreground { echo } echo");
    oneshot(files, "absent", "chown-all /x");
    oneshot(files, "open", "echo \"open");
    longrun(files, "numbers")
        .file(DEFINITIONS + "numbers/notification-fd", "two\n")
        .file(DEFINITIONS + "numbers/timeout-kill", "-1\n")
        .file(DEFINITIONS + "numbers/down-signal", "SIGSTOPP\n");
    user(files, "no-run", "no-up", "blocks", "absent", "open", "numbers");
    assertEquals(
        List.of(
            "bad-type bad-type/type",
            "type-missing no-type",
            "program-missing absent/up",
            "execline-missing blocks/up",
            "up-missing no-up/up",
            "bad-command-line open/up",
            "run-missing no-run",
            "missing no-run/run",
            "bad-value numbers/notification-fd",
            "bad-value numbers/timeout-kill",
            "bad-value numbers/down-signal"),
        findings(files));
  }

  @Test
  void variables_that_mean_nothing_here_are_warned_of() {
    RootedFiles files = files().program("/etc/cont-init.d/10").program("/bin/sh");
    assertEquals(
        List.of("variable S6_KILL_GRACETIME", "variable S6_LOGGING"),
        findings(files, "S6_LOGGING=1", "S6_KILL_GRACETIME=soon", "S6_KEEP_ENV=1"));
  }
}
