package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Signal;
import dev.gatun.model.Verbosity;
import dev.gatun.plan.Command;
import dev.gatun.plan.Configuration;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DinitLayoutTest {
  private static final FakeFiles NO_SERVICES = new FakeFiles("/etc/service/");

  private static Configuration read(FakeFiles files, String... variables) throws LayoutException {
    Environment environment =
        new Environment(List.of(variables).stream().map(OsString::of).toList());
    return new DinitLayout(files, environment, OsString.of("/home")).read();
  }

  private static String complaint(String... variables) {
    return assertThrows(LayoutException.class, () -> read(NO_SERVICES, variables)).getMessage();
  }

  private static List<String> names(Configuration configuration) {
    return configuration.plan().services().stream().map(s -> s.name().toString()).toList();
  }

  private static Command command(String directory, String file) {
    return Command.of(OsString.of(directory + "/" + file), OsString.of(directory));
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
    assertEquals(odd, read(files).plan().services().getFirst().name().value());
  }

  @Test
  void a_service_is_run_in_its_directory_and_its_log_program_in_its_own() throws LayoutException {
    FakeFiles files =
        new FakeFiles(
            "/etc/service/api/run", "/etc/service/api/log/run", "/etc/service/api/terminate");
    ServiceSpec api = read(files).plan().services().getFirst();
    assertEquals(command("/etc/service/api", "run"), api.run());
    assertEquals(Optional.of(command("/etc/service/api/log", "run")), api.log());
    assertEquals(command("/etc/service/api", "terminate"), api.terminate().get().command());
    assertEquals("DINIT_PID", api.terminate().get().pidVariable());
  }

  @Test
  void a_service_with_only_a_run_has_neither_log_program_nor_stop_script() throws LayoutException {
    ServiceSpec api =
        read(new FakeFiles("/etc/service/api/run", "/etc/service/api/log/"))
            .plan()
            .services()
            .getFirst();
    assertTrue(api.log().isEmpty());
    assertTrue(api.terminate().isEmpty());
  }

  @Test
  void finish_is_used_like_terminate_and_only_in_its_absence() throws LayoutException {
    FakeFiles one = new FakeFiles("/etc/service/api/run", "/etc/service/api/finish");
    FakeFiles both = new FakeFiles("/etc/service/api/finish", "/etc/service/api/terminate");
    assertEquals(
        command("/etc/service/api", "finish"),
        read(one).plan().services().getFirst().terminate().get().command());
    assertEquals(
        command("/etc/service/api", "terminate"),
        read(both).plan().services().getFirst().terminate().get().command());
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
    Configuration configuration = read(new FakeFiles("/etc/service/api/run"));
    Plan plan = configuration.plan();
    assertEquals(OutputFormat.JSON, configuration.stdout());
    assertEquals(Verbosity.WARN, configuration.verbosity());
    assertEquals(
        new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 10_000_000, 30_000_000_000L), plan.orphans());
    assertEquals(Plan.NO_KILL, plan.killAfterNanos());
    for (Signal stop : new Signal[] {Signal.TERM, Signal.INT, Signal.QUIT, Signal.RTMIN_3}) {
      assertTrue(plan.stopsOn(stop), stop.toString());
    }
    for (Signal other : new Signal[] {Signal.HUP, Signal.USR1, Signal.USR2, new Signal(28)}) {
      assertTrue(!plan.stopsOn(other), other.toString());
    }
  }

  @Test
  void variables_change_that() throws LayoutException {
    Configuration configuration =
        read(
            NO_SERVICES,
            "DINIT_JSON_STDOUT=0",
            "DINIT_LOG_LEVEL=debug",
            "DINIT_REPARENTING_POLICY=ignore",
            "DINIT_KILL_TIMEOUT=5",
            "GATUN_KILL_TIMEOUT=0");
    assertEquals(OutputFormat.PLAIN, configuration.stdout());
    assertEquals(Verbosity.DEBUG, configuration.verbosity());
    assertEquals(OrphanPolicy.Kind.IGNORE, configuration.plan().orphans().kind());
    assertEquals(5_000_000_000L, configuration.plan().orphans().killAfterNanos());
    assertEquals(0, configuration.plan().killAfterNanos());
  }

  @Test
  void a_variable_that_is_set_but_empty_counts_as_unset() throws LayoutException {
    assertEquals(
        read(NO_SERVICES),
        read(
            NO_SERVICES,
            "DINIT_LOG_LEVEL=",
            "DINIT_JSON_STDOUT=",
            "DINIT_REPARENTING_POLICY=",
            "DINIT_KILL_TIMEOUT=",
            "GATUN_KILL_TIMEOUT="));
  }

  @ParameterizedTest
  @CsvSource({"none,NONE", "error,ERROR", "warn,WARN", "info,INFO", "debug,DEBUG"})
  void every_log_level_is_known(String value, Verbosity verbosity) throws LayoutException {
    assertEquals(verbosity, read(NO_SERVICES, "DINIT_LOG_LEVEL=" + value).verbosity());
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
    "GATUN_KILL_TIMEOUT,99999999999999999999,'whole number of seconds'"
  })
  void a_bad_value_is_named_with_its_variable_and_what_would_do(
      String variable, String value, String allowed) {
    String message = complaint(variable + "=" + value);
    assertTrue(message.startsWith("cannot use " + variable + "=" + value + ":"), message);
    assertTrue(message.contains(allowed), message);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 30, 999_999_999})
  void whole_seconds_are_taken(long seconds) throws LayoutException {
    assertEquals(
        seconds * 1_000_000_000L,
        read(NO_SERVICES, "GATUN_KILL_TIMEOUT=" + seconds).plan().killAfterNanos());
  }
}
