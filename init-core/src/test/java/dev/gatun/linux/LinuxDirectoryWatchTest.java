package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of directories, on the real kernel. */
class LinuxDirectoryWatchTest {
  @TempDir Path directory;

  private final LinuxDirectoryWatch watch = new LinuxDirectoryWatch();

  private int add(Path path) {
    return watch.add(OsString.of(path.toString()));
  }

  @Test
  void hearsOfAllThatMakesOrEndsAService() throws IOException {
    assertEquals(0, add(directory));
    assertFalse(watch.hasChanged());
    Path service = Files.createDirectory(directory.resolve("a"));
    assertTrue(watch.hasChanged());
    assertFalse(watch.hasChanged());
    assertEquals(0, add(service));
    Path run = Files.createFile(service.resolve("run"));
    assertTrue(watch.hasChanged());
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertTrue(watch.hasChanged());
    Files.move(service, directory.resolve("b"));
    assertTrue(watch.hasChanged());
    Files.delete(directory.resolve("b/run"));
    Files.delete(directory.resolve("b"));
    assertTrue(watch.hasChanged());
  }

  @Test
  void hearsOfALinkThatIsSwitched() throws IOException {
    Files.createSymbolicLink(directory.resolve("current"), Path.of("default"));
    assertEquals(0, add(directory));
    Path fresh = Files.createSymbolicLink(directory.resolve("current.new"), Path.of("single"));
    Files.move(fresh, directory.resolve("current"), StandardCopyOption.REPLACE_EXISTING);
    assertTrue(watch.hasChanged());
  }

  @Test
  void hearsOfAFileThatIsCorrectedInItsPlace() throws IOException {
    Path pattern = Files.writeString(directory.resolve("pattern"), "(");
    assertEquals(0, add(directory));
    Files.writeString(pattern, "(?P<a>x)");
    assertTrue(watch.hasChanged());
  }

  @Test
  void askingAgainChangesNothing() throws IOException {
    assertEquals(0, add(directory));
    assertEquals(0, add(directory));
    Files.createFile(directory.resolve("x"));
    assertTrue(watch.hasChanged());
    assertFalse(watch.hasChanged());
  }

  @Test
  void saysWhyItCannotWatch() throws IOException {
    assertEquals(-Errno.ENOENT, add(directory.resolve("none")));
    assertEquals(-Errno.ENOTDIR, add(Files.createFile(directory.resolve("file"))));
  }
}
