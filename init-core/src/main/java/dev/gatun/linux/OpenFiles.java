package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The open descriptors of another process. */
final class OpenFiles {
  private static final int MAX_INFO_BYTES = 4096;
  private static final OsString PIPE = OsString.of("pipe:[");
  private static final OsString SOCKET = OsString.of("socket:[");

  private final LinuxFiles files = new LinuxFiles();

  /**
   * One that can be written to.
   *
   * @param file what it leads to
   * @param flags as of open(2), O_CLOEXEC included
   */
  record Entry(int number, OsString file, int flags) {
    /** Whether no other file has that name. */
    boolean isAnonymous() {
      return file.startsWith(PIPE) || file.startsWith(SOCKET);
    }

    boolean isStandard() {
      return number == 1 || number == 2;
    }
  }

  /** Those that can be written to and lead to one of {@code wanted}; of null, all. */
  List<Entry> list(String directory, OsString... wanted) {
    List<Entry> entries = new ArrayList<>();
    List<OsString> numbers;
    try {
      numbers = files.list(OsString.of(directory + "/fd"));
    } catch (IOException e) {
      return entries;
    }
    for (OsString number : numbers) {
      Entry entry = read(directory, (int) ProcFile.number(number.toString(), 10, -1), wanted);
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The descriptor of that number, or null when it is not open, for writing, on one of these. */
  Entry read(String directory, int number, OsString... wanted) {
    OsString file = ProcFile.readLink(directory + "/fd/" + number);
    if (file.isEmpty() || wanted.length > 0 && !contains(wanted, file)) {
      return null;
    }
    byte[] info = ProcFile.read(directory + "/fdinfo/" + number, MAX_INFO_BYTES);
    int flags = (int) ProcFile.number(ProcFile.field(info, "flags"), 8, Libc.O_RDONLY());
    boolean writable = (flags & Libc.O_ACCMODE()) != Libc.O_RDONLY();
    return writable ? new Entry(number, file, flags) : null;
  }

  private static boolean contains(OsString[] all, OsString file) {
    for (OsString one : all) {
      if (file.equals(one)) {
        return true;
      }
    }
    return false;
  }
}
