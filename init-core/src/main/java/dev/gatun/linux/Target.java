package dev.gatun.linux;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.List;
import java.util.Queue;

/**
 * A thread through which a process can be reached: its first one, unless that has ended before
 * others.
 *
 * @param directory its directory in /proc
 * @param status what stands in its status file
 */
record Target(int tid, String directory, byte[] status) {
  private static final int MAX_STATUS_BYTES = 16 * 1024;
  private static final int MAX_CHILDREN_BYTES = 1024 * 1024;
  private static final LinuxFiles FILES = new LinuxFiles();

  /** Null when no thread of the process lives. */
  static Target of(int pid) {
    String tasks = "/proc/" + pid + "/task/";
    Target first = thread(tasks, String.valueOf(pid));
    if (first != null) {
      return first;
    }
    for (OsString task : list(tasks)) {
      Target other = thread(tasks, task.toString());
      if (other != null) {
        return other;
      }
    }
    return null;
  }

  private static Target thread(String tasks, String tid) {
    byte[] status = ProcFile.read(tasks + tid + "/status", MAX_STATUS_BYTES);
    String state = ProcFile.field(status, "State");
    boolean lives = !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    return lives ? new Target((int) ProcFile.number(tid, 10, 0), tasks + tid, status) : null;
  }

  private static List<OsString> list(String directory) {
    try {
      return FILES.list(OsString.of(directory));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Adds the children of all threads of a process. */
  static void addChildren(int pid, Queue<Integer> into) {
    String tasks = "/proc/" + pid + "/task/";
    for (OsString task : list(tasks)) {
      byte[] children = ProcFile.read(tasks + task + "/children", MAX_CHILDREN_BYTES);
      int child = 0;
      for (byte digit : children) {
        if (digit >= '0') {
          child = child * 10 + digit - '0';
        } else if (child != 0) {
          into.add(child);
          child = 0;
        }
      }
    }
  }

  /** What another user's process has open is not shown to everybody, and neither is its program. */
  boolean isHidden() {
    int error = ProcFile.linkError(directory + "/exe");
    return error == -Errno.EACCES || error == -Errno.EPERM;
  }

  /** The process that traces it; 0 or nothing when none does. */
  String tracer() {
    return ProcFile.field(status, "TracerPid");
  }

  /**
   * Whether it has a seccomp filter that this process has not. Its own filter may kill it for a
   * system call that it would never make; the container's filters are Gatun's too, and no matter.
   */
  boolean isRestricted() {
    byte[] own = ProcFile.read("/proc/self/status", MAX_STATUS_BYTES);
    return count(status, "Seccomp") > count(own, "Seccomp")
        || count(status, "Seccomp_filters") > count(own, "Seccomp_filters");
  }

  private static long count(byte[] status, String name) {
    return ProcFile.number(ProcFile.field(status, name), 10, 0);
  }
}
