package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.After;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import dev.gatun.plan.Signals;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DinitLayoutTest {
  private static final long SECOND = 1_000_000_000;
  private static final FakeFiles NO_SERVICES = new FakeFiles("/etc/service/");

  private static Setup read(FakeFiles files, String... variables) throws LayoutException {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    Variables all = new Variables(environment, OsString.of("/home"), Findings.AT_START);
    return new DinitLayout(files, all).read();
  }

  private static String complaint(String... variables) {
    return assertThrows(LayoutException.class, () -> read(NO_SERVICES, variables)).getMessage();
  }

  private static List<String> names(Setup setup) {
    return setup.plan().services().stream().map(s -> s.id().name().toString()).toList();
  }

  private static Program program(String directory, String file) {
    return Program.of(OsString.of(directory + "/" + file), OsString.of(directory));
  }

  @Test
  void every_subdirectory_is_a_service_in_bytewise_order_and_other_entries_are_not()
      throws LayoutException {
    FakeFiles files =
        new FakeFiles(
            "/etc/service/web/run",
            "/etc/service/Zoo/run",
            "/etc/service/api/run",
            "/etc/service/zoë/run",
            "/etc/service/zoz/run",
            "/etc/service/empty/",
            "/etc/service/.git/run",
            "/etc/service/README",
            "/etc/other/run");
    assertEquals(List.of("Zoo", "api", "empty", "web", "zoz", "zoë"), names(read(files)));
  }

  @Test
  void a_name_need_not_be_text() throws LayoutException {
    OsString odd = OsString.ofBytes(new byte[] {'a', (byte) 0xff, '\n'});
    FakeFiles files = new FakeFiles();
    files.add(OsString.of("/etc/service").resolve(odd).resolve("run"));
    assertEquals(odd, read(files).plan().services().getFirst().id().name().value());
  }

  @Test
  void a_service_is_run_in_its_directory_and_its_log_program_in_its_own() throws LayoutException {
    FakeFiles files =
        new FakeFiles(
            "/etc/service/api/run", "/etc/service/api/log/run", "/etc/service/api/terminate");
    Service api = read(files).plan().services().getFirst();
    assertEquals(program("/etc/service/api", "run"), api.program());
    assertEquals(program("/etc/service/api", "terminate"), stopProgram(files).program());
    assertEquals("DINIT_PID", stopProgram(files).pidVariable());
    Service log = read(files).plan().services().getLast();
    assertEquals(program("/etc/service/api/log", "run"), log.program());
    assertEquals(Wiring.writingTo(log.id()), api.wiring());
    assertEquals(Wiring.readingFrom(api.id()), log.wiring());
    assertEquals(List.of(After.started(api.id())), log.after());
    ExitCode code = new ExitCode.Table(0, 3);
    assertEquals(new Meaning.EndsContainer(code, 115, 0), api.meaning());
    assertEquals(new Meaning.EndsContainer(code, ExitCode.NONE, 10_000_000), log.meaning());
  }

  @Test
  void a_service_with_only_a_run_has_neither_log_program_nor_stop_script() throws LayoutException {
    FakeFiles files = new FakeFiles("/etc/service/api/run", "/etc/service/api/log/");
    Service api = read(files).plan().services().getFirst();
    assertEquals(1, read(files).plan().services().size());
    assertEquals(Wiring.LINES, api.wiring());
    assertTrue(api.stop().program().isEmpty());
  }

  @Test
  void finish_is_used_like_terminate_and_only_in_its_absence() throws LayoutException {
    FakeFiles one = new FakeFiles("/etc/service/api/run", "/etc/service/api/finish");
    FakeFiles both = new FakeFiles("/etc/service/api/finish", "/etc/service/api/terminate");
    assertEquals(program("/etc/service/api", "finish"), stopProgram(one).program());
    assertEquals(program("/etc/service/api", "terminate"), stopProgram(both).program());
  }

  private static Stop.StopProgram stopProgram(FakeFiles files) throws LayoutException {
    return read(files).plan().services().getFirst().stop().program().orElseThrow();
  }

  private static long killAfterNanos(String... variables) throws LayoutException {
    FakeFiles files = new FakeFiles("/etc/service/api/run");
    return read(files, variables).plan().services().getFirst().stop().killAfterNanos();
  }

  @ParameterizedTest
  @CsvSource({"DINIT_DIR=/srv/s,/srv/s", "DINIT_DIR=s,/home/s", "DINIT_DIR=,/etc/service"})
  void the_directory_can_be_another_one(String variable, String directory) throws LayoutException {
    FakeFiles files = new FakeFiles(directory + "/api/run", "/etc/service/");
    assertEquals(List.of("api"), names(read(files, variable)));
  }

  @Test
  void a_missing_directory_is_named_with_the_cause_and_the_variable() {
    String message =
        assertThrows(LayoutException.class, () -> read(new FakeFiles("/etc/x"), "DINIT_DIR=/srv"))
            .getMessage();
    assertTrue(message.contains("/srv: No such file or directory"), message);
    assertTrue(message.contains("DINIT_DIR"), message);
  }

  @Test
  void without_variables_everything_is_as_the_contract_says() throws LayoutException {
    Setup setup = read(new FakeFiles("/etc/service/api/run"));
    Plan plan = setup.plan();
    assertEquals(OutputFormat.JSON, setup.output().stdout());
    assertEquals(Verbosity.WARN, setup.output().verbosity());
    assertEquals(
        new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 10_000_000, 30_000_000_000L), plan.orphans());
    assertEquals(Stop.NO_KILL, killAfterNanos());
    for (Signal stop : new Signal[] {Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3}) {
      assertTrue(plan.signals().stopsOn(stop), stop.toString());
    }
    for (Signal other : new Signal[] {Signal.HUP, Signal.USR1, Signal.USR2, new Signal(28)}) {
      assertTrue(!plan.signals().stopsOn(other), other.toString());
    }
  }

  @Test
  void variables_change_that() throws LayoutException {
    Setup setup =
        read(
            NO_SERVICES,
            "DINIT_JSON_STDOUT=0",
            "DINIT_LOG_LEVEL=debug",
            "DINIT_REPARENTING_POLICY=ignore",
            "DINIT_KILL_TIMEOUT=5",
            "GATUN_KILL_TIMEOUT=0");
    assertEquals(OutputFormat.PLAIN, setup.output().stdout());
    assertEquals(Verbosity.DEBUG, setup.output().verbosity());
    assertEquals(OrphanPolicy.Kind.IGNORE, setup.plan().orphans().kind());
    assertEquals(5_000_000_000L, setup.plan().orphans().killAfterNanos());
    assertEquals(0, killAfterNanos("GATUN_KILL_TIMEOUT=0"));
  }

  @Test
  void a_variable_that_is_set_but_empty_counts_as_unset() throws LayoutException {
    Setup unset = read(NO_SERVICES);
    Setup empty =
        read(
            NO_SERVICES,
            "DINIT_LOG_LEVEL=",
            "DINIT_JSON_STDOUT=",
            "DINIT_REPARENTING_POLICY=",
            "DINIT_KILL_TIMEOUT=",
            "GATUN_KILL_TIMEOUT=");
    assertEquals(unset.output(), empty.output());
    assertEquals(unset.plan().orphans(), empty.plan().orphans());
    assertEquals(killAfterNanos(), killAfterNanos("GATUN_KILL_TIMEOUT="));
  }

  @ParameterizedTest
  @CsvSource({"none,NONE", "error,ERROR", "warn,WARN", "info,INFO", "debug,DEBUG"})
  void every_log_level_is_known(String value, Verbosity verbosity) throws LayoutException {
    assertEquals(verbosity, read(NO_SERVICES, "DINIT_LOG_LEVEL=" + value).output().verbosity());
  }

  @ParameterizedTest
  @CsvSource({
    "DINIT_LOG_LEVEL,loud,'none, error, warn, info, debug'",
    "DINIT_LOG_LEVEL,WARN,'none, error, warn, info, debug'",
    "DINIT_REPARENTING_POLICY,kill,'terminate'",
    "DINIT_KILL_TIMEOUT,soon,'whole number of seconds'",
    "DINIT_KILL_TIMEOUT,-1,'whole number of seconds'",
    "DINIT_KILL_TIMEOUT,1.5,'whole number of seconds'",
    "DINIT_KILL_TIMEOUT,' 1','whole number of seconds'",
    "DINIT_KILL_TIMEOUT,1000000000,'whole number of seconds'",
    "GATUN_KILL_TIMEOUT,99999999999999999999,'whole number of seconds'",
    "GATUN_FORWARD,HUPP,'names of signals'",
    "GATUN_FORWARD,'HUP,USR1','names of signals'",
    "GATUN_FORWARD,HUP KILL,'names of signals'",
    "GATUN_FORWARD,HUP TERM,'signals that do not end the container, as TERM does'",
    "GATUN_STOP_SIGNALS,WINCH SEGV,'names of signals'",
    "GATUN_STOP_SIGNALS,0,'names of signals'"
  })
  void a_bad_value_is_named_with_its_variable_and_what_would_do(
      String variable, String value, String allowed) {
    String message = complaint(variable + "=" + value);
    assertTrue(message.startsWith("cannot use " + variable + "=" + value + ":"), message);
    assertTrue(message.contains(allowed), message);
  }

  @Test
  void what_services_leave_has_their_time_to_stop_unless_it_has_one_of_its_own()
      throws LayoutException {
    assertEquals(30 * SECOND, orphanKillAfterNanos());
    assertEquals(2 * SECOND, orphanKillAfterNanos("GATUN_KILL_TIMEOUT=2"));
    assertEquals(9 * SECOND, orphanKillAfterNanos("GATUN_KILL_TIMEOUT=2", "DINIT_KILL_TIMEOUT=9"));
  }

  private static long orphanKillAfterNanos(String... variables) throws LayoutException {
    return read(NO_SERVICES, variables).plan().orphans().killAfterNanos();
  }

  @Test
  void signals_that_end_the_container_or_are_passed_on_are_added() throws LayoutException {
    Signals plain = read(NO_SERVICES).plan().signals();
    assertEquals(List.of(), plain.passedOn());
    Signals signals =
        read(NO_SERVICES, "GATUN_STOP_SIGNALS=WINCH  SIGUSR2 30", "GATUN_FORWARD= HUP RTMIN+1")
            .plan()
            .signals();
    assertEquals(List.of(Signal.HUP, new Signal(35)), signals.passedOn());
    List<Signal> stop = new ArrayList<>(plain.stop());
    stop.addAll(List.of(new Signal(28), Signal.USR2, Signal.PWR));
    assertEquals(stop, signals.stop());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 30, 999_999_999})
  void whole_seconds_are_taken(long seconds) throws LayoutException {
    assertEquals(seconds * 1_000_000_000L, killAfterNanos("GATUN_KILL_TIMEOUT=" + seconds));
  }
}
