package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.linux.LinuxFileWriter;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs find below /run, and what is read of what they have left there. */
class S6RunDirectoryTest {
  private static final Environment GIVEN = environment("A=one", "LINES=a\nb\n", "EMPTY=", "odd");

  @TempDir Path run;
  private Path variables;

  @BeforeEach
  void nameTheDirectoryOfVariables() {
    variables = run.resolve("s6/container_environment");
  }

  private static Environment environment(String... entries) {
    return new Environment(List.of(entries).stream().map(OsString::of).toList());
  }

  private S6RunDirectory directory(boolean isThird) {
    OsString nowhere = OsString.of("/nowhere");
    OsString here = OsString.of(run.toString());
    return new S6RunDirectory(
        new LinuxFiles(), new S6Places(nowhere, nowhere, nowhere, here, isThird));
  }

  private EnvironmentDirectory.Result begin(boolean isThird) {
    OsString distribution = OsString.of("/opt/gatun");
    return directory(isThird).begin(GIVEN, new LinuxFileWriter(), distribution);
  }

  private List<String> refreshed(boolean isThird) {
    EnvironmentDirectory.Result read = directory(isThird).refresh(GIVEN, new LinuxFileWriter());
    assertEquals(List.of(), read.problems());
    return read.environment().entries().stream().map(OsString::toString).toList();
  }

  private static List<String> texts(Environment environment) {
    return environment.entries().stream().map(OsString::toString).toList();
  }

  @Test
  void what_is_given_is_in_files_and_comes_back_as_it_was() throws IOException {
    for (boolean isThird : List.of(false, true)) {
      assertEquals(GIVEN, begin(isThird).environment());
      assertEquals(texts(GIVEN), refreshed(isThird), "generation 3: " + isThird);
    }
    assertEquals("one", Files.readString(variables.resolve("A")));
    assertEquals("a\0b\0", Files.readString(variables.resolve("LINES")));
    assertEquals("\n", Files.readString(variables.resolve("EMPTY")));
    assertFalse(Files.exists(variables.resolve("odd")));
  }

  @Test
  void a_newline_at_the_end_does_not_count_and_an_empty_file_removes_in_generation_3()
      throws IOException {
    begin(true);
    Files.writeString(variables.resolve("A"), "two\n");
    Files.writeString(variables.resolve("EMPTY"), "");
    Files.writeString(variables.resolve("NEW"), "new\n\n");
    Files.writeString(variables.resolve(".hidden"), "x");
    Files.writeString(variables.resolve("N=O"), "x");
    Files.delete(variables.resolve("LINES"));
    assertEquals(List.of("A=two", "odd", "NEW=new\\x0a"), refreshed(true));
  }

  @Test
  void generation_2_takes_all_up_to_the_first_nul() throws IOException {
    begin(false);
    Files.writeString(variables.resolve("A"), "two\n");
    Files.writeString(variables.resolve("LINES"), "");
    Files.writeString(variables.resolve("EMPTY"), "a\0b");
    assertEquals(List.of("A=two\\x0a", "LINES=", "EMPTY=a", "odd"), refreshed(false));
  }

  @Test
  void what_an_earlier_start_has_left_is_gone_and_links_lead_to_programs_and_services()
      throws IOException {
    Files.createDirectories(variables);
    Files.writeString(variables.resolve("STALE"), "x");
    Files.createDirectories(run.resolve("s6-linux-init-container-results"));
    Path code = run.resolve("s6-linux-init-container-results/exitcode");
    Files.writeString(code, "7\n");
    begin(true);
    assertFalse(Files.exists(variables.resolve("STALE")));
    assertEquals("0\n", Files.readString(code));
    assertEquals(
        Path.of("/opt/gatun/s6/halt"), Files.readSymbolicLink(run.resolve("s6/basedir/bin/halt")));
    assertEquals(run.resolve("service"), Files.readSymbolicLink(run.resolve("s6/services")));
  }
}
