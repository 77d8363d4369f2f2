package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a supervise directory, on the real kernel. */
class LinuxSuperviseDirectoryTest {
  @TempDir Path directory;

  private LinuxSuperviseDirectory at(Path path) {
    return new LinuxSuperviseDirectory(OsString.of(path.toString()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Opens the pipe as a client does, who must not wait; the descriptor or a negative errno. */
  private static int openAsClient(Path pipe) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = CStrings.allocate(arena, pipe.toString());
      return SystemCalls.result(Libc.open(path, Libc.O_WRONLY() | Libc.O_NONBLOCK(), 0));
    }
  }

  private static String readControl(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(16);
      long count = SystemCalls.result(Libc.read(descriptor, buffer, 16));
      return count < 0 ? "errno " + -count : CStrings.read(buffer.address()).toString();
    }
  }

  @Test
  void hasWhatClientsLookFor() throws IOException {
    Path path = directory.resolve("supervise");
    LinuxSuperviseDirectory supervise = at(path);
    assertTrue(supervise.open() >= 0);
    assertEquals("rwx------", permissions(path));
    for (String name : new String[] {"lock", "control", "ok"}) {
      assertEquals("rw-------", permissions(path.resolve(name)), name);
    }
    supervise.close();
  }

  @Test
  void whatClientsWriteComesOutAndItsEndIsNone() {
    Path path = directory.resolve("supervise");
    LinuxSuperviseDirectory supervise = at(path);
    int control = supervise.open();
    assertEquals("errno " + Errno.EAGAIN, readControl(control));
    for (String word : new String[] {"d", "tcu"}) {
      int client = openAsClient(path.resolve("control"));
      try (Arena arena = Arena.ofConfined()) {
        Libc.write(client, CStrings.allocate(arena, word), word.length());
      }
      Libc.close(client);
      assertEquals(word, readControl(control));
      assertEquals("errno " + Errno.EAGAIN, readControl(control));
    }
    supervise.close();
  }

  @Test
  void clientsSeeWhetherAnybodySupervises() {
    Path path = directory.resolve("supervise");
    LinuxSuperviseDirectory supervise = at(path);
    supervise.open();
    int client = openAsClient(path.resolve("ok"));
    assertTrue(client >= 0, () -> "" + client);
    Libc.close(client);
    supervise.close();
    assertEquals(-Errno.ENXIO, openAsClient(path.resolve("ok")));
    assertEquals(-Errno.ENXIO, openAsClient(path.resolve("control")));
  }

  @Test
  void onlyOneCanSupervise() {
    LinuxSuperviseDirectory first = at(directory.resolve("supervise"));
    first.open();
    assertEquals(-Errno.EAGAIN, at(directory.resolve("supervise")).open());
    first.close();
    LinuxSuperviseDirectory next = at(directory.resolve("supervise"));
    assertTrue(next.open() >= 0);
    next.close();
  }

  @Test
  void whatAnEarlierContainerHasLeftIsTakenOver() throws IOException {
    Path path = directory.resolve("supervise");
    LinuxSuperviseDirectory killed = at(path);
    assertTrue(killed.open() >= 0);
    assertEquals(0, killed.replace("stat", bytes("run\n")));
    killed.close();
    Files.writeString(path.resolve("stat.new"), "half");
    LinuxSuperviseDirectory next = at(path);
    assertTrue(next.open() >= 0);
    assertEquals(0, next.replace("stat", bytes("down\n")));
    assertEquals("down\n", Files.readString(path.resolve("stat")));
    assertFalse(Files.exists(path.resolve("stat.new")));
    next.close();
  }

  @Test
  void filesAreReplacedAsAWhole() throws IOException {
    Path path = directory.resolve("supervise");
    LinuxSuperviseDirectory supervise = at(path);
    supervise.open();
    assertEquals(0, supervise.replace("stat", bytes("run\n")));
    Object before = Files.getAttribute(path.resolve("stat"), "unix:ino");
    assertEquals(0, supervise.replace("stat", bytes("down\n")));
    assertEquals("down\n", Files.readString(path.resolve("stat")));
    assertFalse(before.equals(Files.getAttribute(path.resolve("stat"), "unix:ino")));
    assertFalse(Files.exists(path.resolve("stat.new")));
    assertEquals(0, supervise.replace("pid", new byte[0]));
    assertEquals(0, Files.size(path.resolve("pid")));
    supervise.close();
  }

  @Test
  void aLinkLeadsToADirectoryThatIsMadeWithThoseAbove() throws IOException {
    Path target = directory.resolve("run/runit/supervise/a");
    Path path = directory.resolve("supervise");
    Files.createSymbolicLink(path, target);
    LinuxSuperviseDirectory supervise = at(path);
    assertTrue(supervise.open() >= 0);
    assertTrue(Files.exists(target.resolve("control")));
    supervise.close();
    Path relative = directory.resolve("relative");
    Files.createSymbolicLink(relative, Path.of("there/b"));
    LinuxSuperviseDirectory other = at(relative);
    assertTrue(other.open() >= 0);
    assertTrue(Files.exists(directory.resolve("there/b/ok")));
    other.close();
  }

  @Test
  void whatIsNoPipeIsRefused() throws IOException {
    Path path = directory.resolve("supervise");
    Files.createDirectory(path);
    Files.createDirectory(path.resolve("control"));
    int result = at(path).open();
    assertEquals(-Errno.EISDIR, result);
    Files.delete(path.resolve("control"));
    LinuxSuperviseDirectory again = at(path);
    assertTrue(again.open() >= 0, "the lock was given back");
    again.close();
  }
}
