package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are given, on the real kernel. */
class SpawnerTest {
  private static final OsString PRINTS_ENVIRONMENT = OsString.of("/usr/bin/env");
  private static final int MAX_BYTES = 4096;

  private final LinuxKernel kernel = new LinuxKernel();

  @TempDir Path directory;

  private static Environment environment(String... entries) {
    return new Environment(Stream.of(entries).map(OsString::of).toList());
  }

  private static SpawnRequest printing(Environment environment, String... added) {
    return new SpawnRequest(PRINTS_ENVIRONMENT, List.of(), OsString.of("/"), environment)
        .adding(Stream.of(added).map(OsString::of).toList());
  }

  private String output(SpawnRequest request) {
    int[] ends = new int[2];
    assertEquals(0, kernel.logPipe(ends));
    int pid = kernel.spawn(request.with(SpawnRequest.NOTHING, ends[1], ends[1]));
    kernel.close(ends[1]);
    assertTrue(pid > 0, () -> kernel.explain(-pid));
    long buffer = kernel.memory().allocate(MAX_BYTES);
    long count = kernel.read(ends[0], buffer, MAX_BYTES);
    String text = new String(kernel.memory().bytes(buffer, (int) count));
    kernel.memory().free(buffer, MAX_BYTES);
    kernel.close(ends[0]);
    while (kernel.reap(pid, new Exit()) == 0) {
      Thread.onSpinWait();
    }
    return text;
  }

  @Test
  void each_program_gets_the_environment_that_it_is_started_with() {
    Environment one = environment("A=1", "B=2");
    Environment other = environment("C=3");
    assertEquals("A=1\nB=2\n", output(printing(one)));
    assertEquals("A=1\nB=2\n", output(printing(one)));
    assertEquals("C=3\n", output(printing(other)));
    assertEquals("A=1\nB=2\n", output(printing(one)));
  }

  /**
   * Whatever its number is here: the pipe for its output may have the number that it is to have.
   */
  @Test
  void a_program_gets_one_more_descriptor_of_the_number_that_it_is_to_have() {
    for (int number = 3; number < 40; number++) {
      int[] ends = new int[2];
      assertEquals(0, kernel.logPipe(ends));
      int as = number;
      OsString script = OsString.of("echo said; echo ready >&" + as);
      SpawnRequest request =
          new SpawnRequest(
              OsString.of("/bin/bash"),
              List.of(OsString.of("-c"), script),
              OsString.of("/"),
              environment());
      assertEquals("said\n", output(request.giving(ends[1], as)), () -> "descriptor " + as);
      kernel.close(ends[1]);
      long buffer = kernel.memory().allocate(MAX_BYTES);
      long count = kernel.read(ends[0], buffer, MAX_BYTES);
      assertEquals("ready\n", new String(kernel.memory().bytes(buffer, (int) count)));
      kernel.memory().free(buffer, MAX_BYTES);
      kernel.close(ends[0]);
    }
  }

  @Test
  void what_is_added_stands_for_an_entry_of_the_same_name_and_for_that_one_start() {
    Environment one = environment("A=1", "AB=2");
    assertEquals("AB=2\nA=other\nC=3\n", output(printing(one, "A=other", "C=3")));
    assertEquals("A=1\nAB=2\n", output(printing(one)));
  }

  @Test
  void only_a_file_with_the_permission_may_be_executed() throws IOException {
    Map<String, Boolean> expected =
        Map.of("rwxr-xr-x", true, "rw-r--r--", false, "--x------", true);
    for (Map.Entry<String, Boolean> entry : expected.entrySet()) {
      Path file = Files.createFile(directory.resolve(entry.getKey()));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(entry.getKey()));
      assertEquals(entry.getValue(), mayExecute(file), entry.getKey());
    }
    assertEquals(false, mayExecute(directory));
    assertEquals(false, mayExecute(directory.resolve("nothing")));
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("rwxr-xr-x"));
    assertEquals(true, mayExecute(link));
  }

  private boolean mayExecute(Path path) {
    return kernel.mayExecute(OsString.of(path.toString()));
  }

  @Test
  void a_program_that_is_not_there_is_not_started() {
    SpawnRequest request =
        new SpawnRequest(
            OsString.of(directory.resolve("nothing").toString()),
            List.of(),
            OsString.of("/"),
            environment());
    assertEquals(-Errno.ENOENT, kernel.spawn(request));
  }
}
