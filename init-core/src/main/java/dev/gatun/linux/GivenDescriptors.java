package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.pollfd;
import dev.gatun.model.OsString;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Tells the descriptors that this process was given, which are a job's too, from those that the JVM
 * has opened without having exec close them: its files, and the end of a pair of sockets whose
 * other end it has closed.
 */
final class GivenDescriptors {
  private static final OsString DIRECTORY = OsString.of("/proc/self/fd");
  private static final OsString SOCKET = OsString.of("socket:[");

  /** ioctl_tty(2): how many bytes could be read; the same number on x86-64 and AArch64. */
  private static final long FIONREAD = 0x541b;

  private static final int STDERR = 2;

  private GivenDescriptors() {}

  /**
   * Has exec close the JVM's own.
   *
   * @return whether they could be told apart, which takes /proc
   */
  static boolean keep() {
    List<OsString> numbers;
    OsString home;
    OsString jar;
    try {
      numbers = new LinuxFiles().list(DIRECTORY);
      home = canonical(System.getProperty("java.home"));
      jar = canonical(System.getProperty("java.class.path"));
    } catch (IOException e) {
      return false;
    }
    OsString libraries = jar.substring(0, jar.lastIndexOf('/')).resolve("lib/");
    for (OsString text : numbers) {
      int number = (int) ProcFile.number(text.toString(), 10, -1);
      OsString file = ProcFile.readLink(DIRECTORY.resolve(text));
      boolean own =
          file.equals(jar)
              || file.startsWith(libraries)
              || file.startsWith(home.resolve(""))
              || file.startsWith(SOCKET) && isDead(number);
      if (own && number > STDERR) {
        Libc.fcntl(number, Libc.F_SETFD(), Libc.FD_CLOEXEC());
      }
    }
    return true;
  }

  private static OsString canonical(String path) throws IOException {
    return OsString.of(new File(path).getCanonicalPath());
  }

  /** Whether nothing could ever be read from a socket, for the other end is gone. */
  private static boolean isDead(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = pollfd.allocate(arena);
      pollfd.fd(poll, socket);
      boolean hungUp = Libc.poll(poll, 1, 0) == 1 && (pollfd.revents(poll) & Libc.POLLHUP()) != 0;
      MemorySegment left = arena.allocate(Integer.BYTES, Integer.BYTES);
      return hungUp
          && Libc.ioctl(socket, FIONREAD, left.address()) == 0
          && Fields.getInt(left, 0) == 0;
    }
  }
}
