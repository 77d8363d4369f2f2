package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.linux.LinuxFileWriter;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerEnvironmentTest {
  private static final OsString GATUN = OsString.of("/opt/gatun");

  @TempDir Path etc;

  private ContainerEnvironment files() throws IOException {
    Files.createDirectories(etc.resolve("container_environment"));
    return new ContainerEnvironment(new LinuxFiles(), OsString.of(etc.toString()));
  }

  private void write(String name, String value) throws IOException {
    Files.writeString(etc.resolve("container_environment").resolve(name), value);
  }

  private String text(String name) throws IOException {
    return Files.readString(etc.resolve(name));
  }

  private static Environment environment(String... entries) {
    return new Environment(Stream.of(entries).map(OsString::of).toList());
  }

  private static List<String> texts(EnvironmentDirectory.Result result) {
    return result.environment().entries().stream()
        .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void at_the_start_what_is_given_counts_and_all_of_it_is_written_down() throws IOException {
    ContainerEnvironment files = files();
    write("GIVEN", "of the file");
    write("ADDED", "two\nlines\n");
    write("ENDS", "newline\n\n");
    EnvironmentDirectory.Result begun =
        files.begin(
            environment("GIVEN=of the container", "HOME=/root", "odd", "EMPTY="),
            new LinuxFileWriter(),
            GATUN);
    assertEquals(
        List.of(
            "GIVEN=of the container",
            "HOME=/root",
            "odd",
            "EMPTY=",
            "ADDED=two\nlines",
            "ENDS=newline\n"),
        texts(begun));
    assertEquals(List.of(), begun.problems());
    assertEquals("of the container", text("container_environment/GIVEN"));
    assertEquals("", text("container_environment/EMPTY"));
    assertEquals("two\nlines\n", text("container_environment/ADDED"));
    assertFalse(Files.exists(etc.resolve("container_environment/HOME")));
  }

  @Test
  void later_nothing_but_the_files_counts() throws IOException {
    ContainerEnvironment files = files();
    Environment given = environment("A=1", "B=2", "HOME=/root");
    Environment first = files.begin(given, new LinuxFileWriter(), GATUN).environment();
    Files.delete(etc.resolve("container_environment/A"));
    write("C", "3");
    assertEquals(List.of("B=2", "C=3"), texts(files.refresh(first, new LinuxFileWriter())));
    assertEquals("export B=2\nexport C=3\n", text("container_environment.sh"));
  }

  @Test
  void shells_and_readers_of_json_get_every_value_as_it_is() throws Exception {
    String value = "it's \"so\" $HOME `x` \\ \u00e9\nand\tmore";
    Environment given = environment("V=" + value, "odd-name=1", "EMPTY=", "HOME=/root");
    files().begin(given, new LinuxFileWriter(), GATUN);
    Process shell =
        new ProcessBuilder("sh", "-c", ". ./container_environment.sh; printf %s \"$V\"")
            .directory(etc.toFile())
            .start();
    assertEquals(value, new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(text("container_environment.sh").contains("export odd_name=1\nexport EMPTY=''\n"));
    assertFalse(text("container_environment.sh").contains("HOME=/root"));
    assertEquals(
        "{\"V\": \"it's \\\"so\\\" $HOME `x` \\\\ \u00e9\\u000aand\\u0009more\","
            + " \"odd-name\": \"1\", \"EMPTY\": \"\", \"HOME\": \"/root\"}",
        text("container_environment.json"));
  }

  @Test
  void files_keep_their_mode_and_new_ones_are_not_for_everybody() throws IOException {
    ContainerEnvironment files = files();
    Path json = Files.writeString(etc.resolve("container_environment.json"), "long ago, and long");
    Files.setPosixFilePermissions(json, PosixFilePermissions.fromString("rw-rw----"));
    files.begin(environment("A=1"), new LinuxFileWriter(), GATUN);
    assertEquals("{\"A\": \"1\"}", text("container_environment.json"));
    assertEquals("rw-rw----", mode("container_environment.json"));
    assertEquals("rw-r-----", mode("container_environment.sh"));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(etc.resolve(name)));
  }

  @Test
  void what_cannot_be_a_variable_is_said_and_left_out() throws IOException {
    ContainerEnvironment files = files();
    write("A=B", "x");
    write("NUL", "a\0b");
    write("LONG", "x".repeat(128 * 1024));
    write(".keep", "");
    Files.createDirectories(etc.resolve("container_environment/..data"));
    Files.createDirectories(etc.resolve("container_environment/directory"));
    EnvironmentDirectory.Result read = files.refresh(environment("A=1"), new LinuxFileWriter());
    assertEquals(List.of(), texts(read));
    assertEquals(3, read.problems().size(), read::toString);
    assertTrue(read.problems().getFirst().contains("container_environment/A=B"), read::toString);
  }

  @Test
  void what_cannot_be_written_is_said_and_nothing_else_is_lost() throws IOException {
    ContainerEnvironment files = files();
    Files.createDirectories(etc.resolve("container_environment.sh"));
    EnvironmentDirectory.Result begun =
        files.begin(environment("A=1"), new LinuxFileWriter(), GATUN);
    assertEquals(List.of("A=1"), texts(begun));
    assertEquals(
        List.of("cannot write " + etc + "/container_environment.sh: Is a directory"),
        begun.problems());
    assertEquals("1", text("container_environment/A"));
  }

  @Test
  void without_the_directory_nothing_is_touched() {
    ContainerEnvironment files =
        new ContainerEnvironment(new LinuxFiles(), OsString.of(etc.toString()));
    Environment given = environment("A=1", "HOME=/root");
    assertEquals(given, files.begin(given, new LinuxFileWriter(), GATUN).environment());
    assertEquals(given, files.refresh(given, new LinuxFileWriter()).environment());
    assertFalse(Files.exists(etc.resolve("container_environment.sh")));
  }

  @Test
  void a_directory_that_this_user_may_not_read_costs_no_variable() throws IOException {
    files();
    ProgramFiles closed =
        (ProgramFiles)
            Proxy.newProxyInstance(
                ProgramFiles.class.getClassLoader(),
                new Class<?>[] {ProgramFiles.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("list")) {
                    throw new IOException("Permission denied");
                  }
                  return method.invoke(new LinuxFiles(), arguments);
                });
    ContainerEnvironment files = new ContainerEnvironment(closed, OsString.of(etc.toString()));
    Environment given = environment("A=1", "HOME=/root");
    assertEquals(given, files.begin(given, new LinuxFileWriter(), GATUN).environment());
    EnvironmentDirectory.Result later = files.refresh(given, new LinuxFileWriter());
    assertEquals(given, later.environment());
    assertEquals(
        List.of("cannot read " + etc + "/container_environment: Permission denied"),
        later.problems());
  }
}
