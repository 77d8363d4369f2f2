package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.model.OsString;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells the descriptors that this process was given, which are a job's too, from those that the JVM
 * has opened without having exec close them.
 */
final class GivenDescriptors {
  private static final OsString DIRECTORY = OsString.of("/proc/self/fd");
  private static final OsString SOCKET = OsString.of("socket:[");

  private static final int MAX_SOCKETS_BYTES = 1024 * 1024;
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
              || file.startsWith(SOCKET) && isHotspots(file);
      if (own && number > STDERR) {
        Libc.fcntl(number, Libc.F_SETFD(), Libc.FD_CLOEXEC());
      }
    }
    return true;
  }

  private static OsString canonical(String path) throws IOException {
    return OsString.of(new File(path).getCanonicalPath());
  }

  /** Whether a socket is the one that HotSpot listens on for jcmd and the like. */
  private static boolean isHotspots(OsString file) {
    String inode = file.toString().substring(SOCKET.length(), file.length() - 1);
    byte[] sockets = ProcFile.read("/proc/self/net/unix", MAX_SOCKETS_BYTES);
    String text = new String(sockets, StandardCharsets.ISO_8859_1);
    return text.contains(" ".concat(inode).concat(" /tmp/.java_pid"));
  }
}
