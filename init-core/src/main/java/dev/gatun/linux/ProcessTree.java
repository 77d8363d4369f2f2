package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What proc(5) tells of other processes.
 *
 * <p>Reparented processes become children of the thread group's leader, while Gatun's own children
 * belong to the thread that made them, which in a JVM is never the leader. So the leader's list of
 * children is exactly the list of orphans.
 */
final class ProcessTree {
  /** The kernel gives no more at once. */
  private static final int BUFFER_BYTES = 4096;

  private static final int MAX_COMMAND_LINE_BYTES = 4096;
  private static final int MAX_ENVIRONMENT_BYTES = 256 * 1024;

  /** Fields of /proc/PID/stat, counted from the one behind the name. */
  private static final int GROUP = 2;

  private static final int SESSION = 3;

  private final int self;
  private int children = -1;

  ProcessTree(int self) {
    this.self = self;
  }

  /** The orphans; a negative errno when /proc is not there, or is another pid namespace's. */
  int listOrphans(PidList pids) {
    if (children < 0) {
      children = openChildren();
    }
    if (children < 0) {
      return children;
    }
    try (Arena arena = Arena.ofConfined()) {
      return readPids(arena.allocate(BUFFER_BYTES), pids);
    }
  }

  private int openChildren() {
    OsString link = ProcFile.readLink("/proc/self");
    if (!link.equals(OsString.of(String.valueOf(self)))) {
      return -Errno.ENOENT;
    }
    return ProcFile.open("/proc/self/task/" + self + "/children");
  }

  private int readPids(MemorySegment text, PidList pids) {
    ByteBuffer bytes = Fields.view(text);
    int pid = 0;
    long offset = 0;
    while (true) {
      long count = SystemCalls.result(Libc.pread(children, text, BUFFER_BYTES, offset));
      if (count < 0) {
        return (int) count;
      }
      if (count == 0) {
        return pids.size();
      }
      for (int i = 0; i < count; i++) {
        int digit = bytes.get(i) - '0';
        if (digit >= 0) {
          pid = pid * 10 + digit;
        } else if (pid != 0) {
          pids.add(pid);
          pid = 0;
        }
      }
      offset += count;
    }
  }

  ProcessDescription describe(int pid) {
    ProcessDescription named = name(pid);
    byte[] stat = ProcFile.read("/proc/" + pid + "/stat", MAX_COMMAND_LINE_BYTES);
    return new ProcessDescription(
        named.name(),
        named.commandLine(),
        tag(pid),
        (int) numberBehindName(stat, SESSION),
        (int) numberBehindName(stat, GROUP));
  }

  /** The value in the environment that the program was started with. */
  private static Optional<OsString> tag(int pid) {
    byte[] environment = ProcFile.read("/proc/" + pid + "/environ", MAX_ENVIRONMENT_BYTES);
    OsString prefix = OsString.of(ProcessDescription.TAG + "=");
    for (int begin = 0, end; begin < environment.length; begin = end + 1) {
      end = begin;
      while (end < environment.length && environment[end] != 0) {
        end++;
      }
      OsString entry = OsString.ofBytes(environment, begin, end - begin);
      if (entry.startsWith(prefix)) {
        return Optional.of(entry.substring(prefix.length()));
      }
    }
    return Optional.empty();
  }

  /** The name is in parentheses, and may have any of them in it. */
  private static long numberBehindName(byte[] stat, int index) {
    String text = OsString.ofBytes(stat).toString();
    int at = text.lastIndexOf(')') + 2;
    for (int i = 0; i < index && at > 0; i++) {
      at = text.indexOf(' ', at) + 1;
    }
    int end = at > 0 ? text.indexOf(' ', at) : -1;
    return end < 0 ? 0 : ProcFile.number(text.substring(at, end), 10, 0);
  }

  private static ProcessDescription name(int pid) {
    OsString commandLine = beginning("/proc/" + pid + "/cmdline");
    if (commandLine.isEmpty()) {
      String name = withoutNewline(beginning("/proc/" + pid + "/comm")).toString();
      return new ProcessDescription(name, "[" + name + "]");
    }
    int end = commandLine.indexOf('\0');
    OsString program = end < 0 ? commandLine : commandLine.substring(0, end);
    OsString baseName = program.substring(program.lastIndexOf('/') + 1);
    return new ProcessDescription(baseName.toString(), spaced(commandLine).toString());
  }

  private static OsString beginning(String file) {
    return OsString.ofBytes(ProcFile.read(file, MAX_COMMAND_LINE_BYTES));
  }

  /** Arguments with spaces between them. */
  private static OsString spaced(OsString commandLine) {
    byte[] bytes = commandLine.bytes();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] == 0) {
        bytes[i] = ' ';
      }
    }
    return OsString.ofBytes(bytes, 0, length);
  }

  private static OsString withoutNewline(OsString text) {
    int newline = text.indexOf('\n');
    return newline < 0 ? text : text.substring(0, newline);
  }
}
