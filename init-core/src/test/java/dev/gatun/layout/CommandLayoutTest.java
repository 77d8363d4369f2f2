package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLayoutTest {
  private static final FakePrograms FILES =
      new FakePrograms()
          .file("/a/make", "text")
          .program("/b/make", "program")
          .directory("/c/make")
          .file("/c/plain", "text");

  private static List<OsString> words(String line) {
    return Arrays.stream(line.split(" ")).filter(w -> !w.isEmpty()).map(OsString::of).toList();
  }

  private static Environment environment(String... variables) {
    return new Environment(Arrays.stream(variables).map(OsString::of).toList());
  }

  private static CommandRequest request(Dialect dialect, String line, String... variables)
      throws LayoutException {
    return dialect.read(words(line), environment(variables));
  }

  private static Setup read(FakePrograms files, String line, String... variables)
      throws LayoutException {
    String[] all = Arrays.copyOf(variables, variables.length + 1);
    all[variables.length] = "PATH=/c:/a:/b";
    CommandRequest request = request(Dialect.GATUN, line, variables);
    return new CommandLayout(files, environment(all), OsString.of("/work"))
        .read(request, Dialect.GATUN);
  }

  private static LayoutException complaint(Dialect dialect, String line) {
    return assertThrows(LayoutException.class, () -> request(dialect, line));
  }

  @Test
  void a_command_is_found_as_execvp_finds_it_and_keeps_the_name_that_was_typed()
      throws LayoutException {
    Plan plan = read(FILES, "--log -- make -j --log").plan();
    Service command = plan.services().getFirst();
    assertEquals("make", command.id().name().toString());
    assertEquals(OsString.of("/b/make"), command.program().path());
    assertEquals(words("-j --log"), command.program().arguments());
    assertEquals(OsString.of("make"), command.program().job().get().name());
    assertFalse(command.program().job().get().inheritsOutput());
    assertEquals(List.of(), plan.signals().stop());
    assertEquals(OrphanPolicy.Kind.IGNORE, plan.orphans().kind());
    assertEquals(5_000_000_000L, plan.orphans().killAfterNanos());
    assertEquals(
        Optional.of(new Forwarding(command.id(), true, List.of())), plan.signals().forwarding());
    assertEquals(new Meaning.EndsContainer(new ExitCode.PassedOn(List.of())), command.meaning());
  }

  @ParameterizedTest
  @CsvSource({"nothing,127", "plain,126"})
  void what_cannot_be_run_says_so_with_a_shells_code(String name, int code) {
    LayoutException e = assertThrows(LayoutException.class, () -> read(FILES, name));
    assertEquals(code, e.exitCode());
    assertTrue(e.getMessage().startsWith("cannot run " + name + ": "), e::getMessage);
  }

  @Test
  void services_run_beside_it_when_their_directory_is_there_and_no_layout_is_named()
      throws LayoutException {
    FakePrograms files =
        new FakePrograms().program("/b/make", "x").program("/etc/service/make/run", "x");
    Plan both = read(files, "make").plan();
    assertEquals(
        List.of("make", "make-command"),
        both.services().stream().map(s -> s.id().name().toString()).toList());
    assertEquals("make-command/run", both.signals().forwarding().get().to().toString());
    assertEquals(
        List.of(After.started(both.services().getFirst().id())), both.services().getLast().after());
    assertEquals(1, read(files, "make", "GATUN_LAYOUT=command").plan().services().size());
    assertEquals(
        1,
        new CommandLayout(files, environment(), OsString.of("/work"))
            .read(request(Dialect.TINI, "/b/make"), Dialect.TINI)
            .plan()
            .services()
            .size());
  }

  @Test
  void it_runs_beside_supervised_services_where_their_layout_is_named() throws LayoutException {
    FakePrograms files = new FakePrograms().program("/b/make", "x").program("/etc/init/10", "x");
    assertEquals(1, read(files, "make").plan().services().size());
    Plan plan = read(files, "make", "GATUN_LAYOUT=klein").plan();
    assertEquals(
        List.of("10/first", "make/run"),
        plan.services().stream().map(s -> s.id().toString()).toList());
    assertEquals("make/run", plan.signals().forwarding().orElseThrow().to().toString());
    assertTrue(plan.signals().stopsOn(Signal.TERM));
    files.program("/etc/service/make/run", "x");
    assertEquals(
        "make-command/run",
        read(files, "make", "GATUN_LAYOUT=klein").plan().services().getLast().id().toString());
  }

  @Test
  void my_init_runs_what_is_there_with_or_without_a_command() throws LayoutException {
    FakePrograms files =
        new FakePrograms()
            .program("/b/make", "x")
            .program("/etc/my_init.d/10", "x")
            .program("/etc/my_init.pre_shutdown.d/20", "x");
    assertEquals(Optional.empty(), myInit(files, "--quiet").signals().forwarding());
    Plan all = myInit(files, "--no-kill-all-on-exit -- make --quiet");
    assertEquals(words("--quiet"), services(all, Span.UP).getFirst().program().arguments());
    assertEquals(1, services(all, Span.START).size());
    assertEquals(1, services(all, Span.CLOSING).size());
    Plan less = myInit(files, "--skip-startup-files --skip-runit make");
    assertEquals(List.of(), services(less, Span.START));
    assertEquals(List.of(), services(less, Span.CLOSING));
    assertEquals(
        "cannot leave the services out without a command: name one behind --skip-runit --",
        complaint(Dialect.MY_INIT, "--skip-runit").getMessage());
    assertTrue(
        complaint(Dialect.MY_INIT, "--enable-insecure-key").getMessage().contains("no such"));
  }

  private static List<Service> services(Plan plan, Span span) {
    return plan.services().stream().filter(s -> s.span().equals(span)).toList();
  }

  private static Plan myInit(FakePrograms files, String line) throws LayoutException {
    return new CommandLayout(files, environment("PATH=/b"), OsString.of("/work"))
        .read(request(Dialect.MY_INIT, line), Dialect.MY_INIT)
        .plan();
  }

  @Test
  void catatonit_may_run_nothing_and_waits_for_a_signal() throws LayoutException {
    Plan plan =
        new CommandLayout(FILES, environment(), OsString.of("/work"))
            .read(request(Dialect.CATATONIT, "-P"), Dialect.CATATONIT)
            .plan();
    assertEquals(List.of(), plan.services());
    assertTrue(plan.findsServices());
    assertEquals(List.of(Signal.TERM, Signal.INT), plan.signals().stop());
  }

  @Test
  void gatuns_own_options_are_read() throws LayoutException {
    CommandRequest all =
        request(
            Dialect.GATUN,
            "--single-child --rewrite TERM:SIGRTMIN+3 --rewrite=1:0 --remap-exit 143"
                + " --parent-death-signal KILL --verbose make --rewrite");
    assertFalse(all.wholeGroup());
    assertEquals(
        List.of(
            new Forwarding.Rewrite(Signal.TERM, Optional.of(Signal.RTMIN_3)),
            new Forwarding.Rewrite(Signal.HUP, Optional.empty())),
        all.rewrites());
    assertEquals(List.of(143), all.forgiven());
    assertEquals(Optional.of(Signal.KILL), all.parentDeath());
    assertEquals(1, all.louder());
    assertEquals(words("make --rewrite"), all.words());
  }

  @Test
  void other_inits_options_are_read_as_they_read_them() throws LayoutException {
    CommandRequest tini = request(Dialect.TINI, "-gvvs make -e143 -e 1 -- -v");
    assertTrue(tini.wholeGroup());
    assertEquals(2, tini.louder());
    assertEquals(List.of(143, 1), tini.forgiven());
    assertEquals(words("make -v"), tini.words());
    assertFalse(request(Dialect.TINI, "make").wholeGroup());
    assertTrue(request(Dialect.TINI, "make", "TINI_KILL_PROCESS_GROUP=1").wholeGroup());

    CommandRequest dumb = request(Dialect.DUMB_INIT, "-vr15:2 --single make -c");
    assertFalse(dumb.wholeGroup());
    assertEquals(words("make -c"), dumb.words());
    assertTrue(request(Dialect.DUMB_INIT, "make").wholeGroup());
    assertFalse(request(Dialect.DUMB_INIT, "make", "DUMB_INIT_SETSID=0").wholeGroup());

    assertFalse(request(Dialect.CATATONIT, "-- make -g").wholeGroup());
    assertTrue(request(Dialect.CATATONIT, "make -g").wholeGroup());
    assertEquals(CommandRequest.Action.LICENSE, request(Dialect.TINI, "-l").action());
    assertEquals(CommandRequest.Action.VERSION, request(Dialect.DUMB_INIT, "-V").action());
    assertEquals(CommandRequest.Action.HELP, request(Dialect.CATATONIT, "-gh x").action());
  }

  @ParameterizedTest
  @CsvSource({
    "GATUN,--nope make,--nope",
    "GATUN,--log=1 make,--log=1",
    "GATUN,--re 1:2 make,--re",
    "GATUN,--rewrite,--rewrite",
    "GATUN,--rewrite 15 make,15",
    "GATUN,--rewrite 15:65 make,15:65",
    "GATUN,--remap-exit 256 make,256",
    "GATUN,--single-child,none is named",
    "TINI,-p TREM make,TREM",
    "TINI,-xg make,-xg",
    "TINI,-e,-e",
    "DUMB_INIT,-r 0:1 make,0:1",
    "DUMB_INIT,-r 1:32 make,1:32",
    "DUMB_INIT,-r 64:1 make,64:1",
    "CATATONIT,--version=1 x,--version=1"
  })
  void what_cannot_be_used_is_named(Dialect dialect, String line, String named) {
    LayoutException e = complaint(dialect, line);
    assertEquals(1, e.exitCode());
    assertTrue(e.getMessage().contains(named), e::getMessage);
  }

  @Test
  void posix_ends_the_options_where_getopt_does() throws LayoutException {
    String posix = "POSIXLY_CORRECT=";
    assertEquals(words("make -g"), request(Dialect.TINI, "-s make -g", posix).words());
    assertFalse(request(Dialect.CATATONIT, "make -g", posix).wholeGroup());
    assertTrue(request(Dialect.CATATONIT, "make -g").wholeGroup());
    assertEquals(words("make"), request(Dialect.MY_INIT, "make --quiet", posix).words());
  }

  @Test
  void variables_of_other_inits_set_what_is_said() throws LayoutException {
    assertEquals(Verbosity.WARN, read(FILES, "make").output().verbosity());
    assertEquals(Verbosity.INFO, read(FILES, "--verbose make").output().verbosity());
    assertEquals(Verbosity.ERROR, read(FILES, "make", "TINI_VERBOSITY=0").output().verbosity());
    assertEquals(Verbosity.DEBUG, read(FILES, "make", "TINI_VERBOSITY=3").output().verbosity());
    assertEquals(Verbosity.DEBUG, read(FILES, "make", "DUMB_INIT_DEBUG=1").output().verbosity());
    assertEquals(
        Verbosity.NONE,
        read(FILES, "make", "DUMB_INIT_DEBUG=1", "DINIT_LOG_LEVEL=none").output().verbosity());
  }
}
