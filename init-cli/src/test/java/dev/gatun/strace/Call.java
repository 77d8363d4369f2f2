package dev.gatun.strace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One system call, as a line of {@code strace -ff -ttt -T -y} tells it.
 *
 * @param seconds when it began, since the epoch
 * @param arguments as printed, without the parentheses
 * @param result as printed: a number, and behind it perhaps a name
 * @param took in seconds
 */
record Call(double seconds, String name, String arguments, String result, double took) {
  private static final Pattern LINE =
      Pattern.compile("(\\d+\\.\\d+) (\\w+)\\((.*)\\)\\s+= (.*?)(?: <(\\d+\\.\\d+)>)?");

  private static final Pattern DESCRIPTOR = Pattern.compile("(\\d+)(?:<(.*?)>)?(?:,.*|$)");

  /** Files that only the JVM reads: classes, libraries, and what it wants to know of the system. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          ".*(/gatun/gatun|/gatun\\.jar|\\.jar|/lib/modules|\\.so[.0-9]*|\\.aot|\\.jsa|/jvm\\.options"
              + "|/lib/jvm/.*|/jdk[^/]*/.*|/etc/.*|/sys/.*|/usr|/usr/.*)>?.*");

  /** The call, or null when the line is none: a signal, or the end of the thread. */
  static Call parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    double took = matcher.group(5) == null ? 0 : Double.parseDouble(matcher.group(5));
    return new Call(
        Double.parseDouble(matcher.group(1)),
        matcher.group(2),
        matcher.group(3),
        matcher.group(4),
        took);
  }

  /** The number that it returned, or negative. */
  int value() {
    Matcher matcher = Pattern.compile("(-?\\d+).*").matcher(result);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  boolean failed() {
    return result.startsWith("-1 ") || result.startsWith("?");
  }

  /** The descriptor that is its first argument, or -1. */
  int descriptor() {
    Matcher matcher = DESCRIPTOR.matcher(arguments);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  /** What the descriptor that is its first argument is, in strace's words, or nothing. */
  String target() {
    Matcher matcher = DESCRIPTOR.matcher(arguments);
    return matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "";
  }

  /** The first text among the arguments, unescaped no further, or nothing. */
  String text() {
    int from = arguments.indexOf('"');
    int to = from < 0 ? -1 : arguments.indexOf('"', from + 1);
    return to < 0 ? "" : arguments.substring(from + 1, to);
  }

  /** Whether the JVM needs it for itself: memory, locks between its threads, classes. */
  boolean isOfTheJvm() {
    return switch (name) {
      case "futex",
          "mprotect",
          "brk",
          "rseq",
          "set_robust_list",
          "sched_yield",
          "membarrier",
          "lseek",
          "fstat",
          "newfstatat" ->
          true;
      case "mmap", "munmap" -> !arguments.contains("MAP_NORESERVE");
      case "clone3", "clone" -> !Trace.isSpawn(this);
      case "read", "pread64", "close" -> OF_THE_JVM.matcher(target() + ">").matches();
      case "openat", "open", "stat", "statx", "readlink", "access" ->
          OF_THE_JVM.matcher(text()).matches();
      default -> false;
    };
  }
}
