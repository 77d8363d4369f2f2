package dev.gatun.cli;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Takes standard output or standard error of a soaked container and holds every line of soak.c's
 * processes against what it must be.
 */
final class SoakLines extends OutputStream {
  private static final List<String> COUNTED =
      List.of("has started as", "has disabled itself", "adopting reparented");

  private static final int MAX_FAULTS = 20;
  private static final int MAX_MESSAGES = 60;
  private static final int MAX_LONG = 150_000;

  /** What stands around a line that is no JSON, under strict. */
  private static final String INVALID = "{\"message\":\"";

  private static final String INVALID_TOO = "\",\"invalid\":true";

  /** What stands before the number of the process in a line, and before that of the line. */
  private static final String[] NUMBER = {"{\"s\":", "e "};

  private static final String[] WHICH = {",\"i\":", " "};

  /**
   * What is known of one process's lines: all before {@code next}, and some that came too early.
   */
  private static final class Stream {
    private final TreeSet<Integer> early = new TreeSet<>();
    private int next;
  }

  private final int standard;
  private final boolean json;
  private final SoakBlock block;
  private final Random pauses;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Deque<String> messages = new ArrayDeque<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private byte[] begun = new byte[0];
  private long lines;

  /**
   * @param standard descriptor, 1 or 2
   * @param json whether lines are stamped as JSON objects
   * @param pauses when to be slow, or null for never
   */
  SoakLines(SoakBlock block, int standard, boolean json, Random pauses) {
    this.block = block;
    this.standard = standard;
    this.json = json;
    this.pauses = pauses;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    byte[] all = Arrays.copyOf(begun, begun.length + length);
    System.arraycopy(bytes, from, all, begun.length, length);
    int begin = 0;
    for (int i = begun.length; i < all.length; i++) {
      if (all[i] == '\n') {
        take(new String(all, begin, i - begin, StandardCharsets.ISO_8859_1));
        begin = i + 1;
      }
    }
    begun = Arrays.copyOfRange(all, begin, all.length);
    if (pauses != null) {
      Container.sleep(Duration.ofMillis(pauses.nextInt(500) == 0 ? 700 : pauses.nextInt(15)));
    }
  }

  private void take(String line) {
    lines++;
    if (standard == 1 && json) {
      takeJson(line);
      return;
    }
    int at = line.indexOf(": ");
    String origin = at < 25 ? "" : line.substring(25, at);
    String text = at < 0 ? line : line.substring(at + 2);
    if (standard == 1) {
      takeText(line, text);
    } else if (origin.equals("gatun")) {
      takeMessage(text);
    } else {
      takeText(line, text);
    }
  }

  private void takeJson(String line) {
    int end = line.indexOf(",\"service\":\"");
    boolean stamped =
        end > 0
            && line.endsWith("\"}")
            && line.indexOf("\",\"stage\":\"", end) > 0
            && line.indexOf("\",\"logged\":\"", end) > 0;
    if (!stamped) {
      fault("not stamped: " + line);
    } else if (line.startsWith(INVALID)
        && line.startsWith(INVALID_TOO, end - INVALID_TOO.length())) {
      // Under strict: what is left of a line that a kill has cut off.
      String text = line.substring(INVALID.length(), end - INVALID_TOO.length());
      if (!isCut(text.replace("\\\"", "\""), 1)) {
        fault("not JSON: " + line);
      }
    } else {
      takeText(line, line.substring(0, end) + "}");
    }
  }

  /** Gatun's own; one is of a line that a kill has cut off, so that it is no JSON any more. */
  private void takeMessage(String text) {
    String notJson = ": not JSON stdout: ";
    int at = text.indexOf(notJson);
    if (at >= 0) {
      String line = text.substring(at + notJson.length());
      if (!isCut(line, 1)) {
        fault("not JSON: " + line);
      }
      return;
    }
    count(text);
    messages.add(text.substring(0, Math.min(text.length(), 300)));
    if (messages.size() > MAX_MESSAGES) {
      messages.removeFirst();
    }
  }

  private void count(String text) {
    for (String words : COUNTED) {
      if (text.contains(words)) {
        counts.merge(words, 1, Integer::sum);
      }
    }
  }

  private void takeText(String line, String text) {
    int number = numberBehind(text, NUMBER[standard - 1], 0);
    int behind = text.indexOf(WHICH[standard - 1], 2);
    int which = behind < 0 ? -1 : numberBehind(text, WHICH[standard - 1], behind);
    boolean right = which >= 0 && number >= 0 && text.equals(expected(number, which, standard));
    if (right) {
      takeNumber(streams.computeIfAbsent(number, n -> new Stream()), which, line);
    } else if (!isCut(text, standard)) {
      fault("damaged: " + line);
    }
  }

  /**
   * Whether it is the beginning of a line that comes next from a process whose lines may be long
   * enough to be cut by a kill.
   */
  private boolean isCut(String text, int from) {
    for (int i = 0; i < block.streams(); i++) {
      if (block.isLone(i) && expected(i, block.lines(i, from), from).startsWith(text)) {
        return true;
      }
    }
    return false;
  }

  private void takeNumber(Stream stream, int number, String line) {
    if (number < stream.next || !stream.early.add(number)) {
      fault("doubled: " + line);
    }
    while (stream.early.remove(stream.next)) {
      stream.next++;
    }
  }

  /** The number that follows {@code word} at {@code at}, or -1. */
  private static int numberBehind(String text, String word, int at) {
    int number = -1;
    if (text.startsWith(word, at)) {
      for (int i = at + word.length(); i < text.length(); i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9 || number > 100_000_000) {
          break;
        }
        number = Math.max(number, 0) * 10 + digit;
      }
    }
    return number;
  }

  /** As soak.c makes it. */
  private String expected(int stream, int number, int standard) {
    int x = stream * 0x9e3779b1 ^ number * 0x85ebca77;
    x ^= x >>> 15;
    x *= 0x9e3779b1;
    x ^= x >>> 13;
    boolean isLong = block.isLone(stream) && Integer.remainderUnsigned(x, 400) == 0;
    int length = Integer.remainderUnsigned(x >>> 8, isLong ? MAX_LONG : 120);
    String padding = String.valueOf((char) ('a' + Integer.remainderUnsigned(x, 26))).repeat(length);
    return standard == 1
        ? "{\"s\":" + stream + ",\"i\":" + number + ",\"p\":\"" + padding + "\"}"
        : "e " + stream + " " + number + " " + padding;
  }

  private void fault(String what) {
    if (faults.size() < MAX_FAULTS) {
      faults.add(what.substring(0, Math.min(what.length(), 600)));
    }
  }

  /** How often Gatun has said something with these words, which are of {@link #COUNTED}. */
  synchronized int said(String words) {
    return counts.getOrDefault(words, 0);
  }

  long lines() {
    return lines;
  }

  /** What Gatun said last. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** What is wrong when all has been read. */
  List<String> faults() {
    if (begun.length > 0) {
      fault("without an end: " + new String(begun, StandardCharsets.ISO_8859_1));
    }
    for (int i = 0; i < block.streams(); i++) {
      Stream stream = streams.getOrDefault(i, new Stream());
      int written = block.lines(i, standard);
      boolean all = stream.next == written || stream.next == written + 1;
      if (!all || !stream.early.isEmpty()) {
        fault(
            "lost: process "
                + i
                + " has written "
                + written
                + " lines, and of "
                + stream.next
                + " on there are only "
                + stream.early);
      }
    }
    return faults;
  }
}
