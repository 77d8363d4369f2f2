package dev.gatun.reaper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts of files below /proc, as numbers.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
final class ProcText {
  /** Fields of stat, counted from the one behind the name: the manual counts from 1. */
  private static final int PARENT = 4 - 3;

  private static final int START = 22 - 3;

  private ProcText() {}

  /** The numbers of a list with spaces between them, as {@code children} is. */
  static List<Integer> pids(byte[] text) {
    List<Integer> pids = new ArrayList<>();
    for (String word : words(text)) {
      int pid = pid(word);
      if (pid > 0) {
        pids.add(pid);
      }
    }
    return pids;
  }

  /** A process id, or 0 if the text is none. */
  static int pid(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The parent that {@code stat} names, or -1. */
  static long parent(byte[] stat) {
    return behindName(stat, PARENT);
  }

  /** The ticks from the machine's boot to the process's start that {@code stat} names, or -1. */
  static long startTicks(byte[] stat) {
    return behindName(stat, START);
  }

  /** The name is in parentheses, and may have any of them in it. */
  private static long behindName(byte[] stat, int field) {
    String text = new String(stat, StandardCharsets.ISO_8859_1);
    String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
    try {
      return field < fields.length ? Long.parseLong(fields[field]) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * The one process that a thread waits for in the kernel, or 0: {@code syscall} has the number of
   * the call and its arguments.
   */
  static int waitedFor(byte[] syscall, int wait4, int waitid, int onePid) {
    String[] words = words(syscall);
    if (words.length < 3) {
      return 0;
    }
    if (words[0].equals(String.valueOf(wait4))) {
      return Math.max(0, argument(words[1]));
    }
    boolean waitsForOne = words[0].equals(String.valueOf(waitid)) && argument(words[1]) == onePid;
    return waitsForOne ? Math.max(0, argument(words[2])) : 0;
  }

  /** An argument that is an int is the lower half of its register. */
  private static int argument(String hexadecimal) {
    try {
      return (int) Long.parseUnsignedLong(hexadecimal.substring("0x".length()), 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return -1;
    }
  }

  private static String[] words(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1).strip().split("\\s+");
  }
}
