package dev.gatun.sim;

import dev.gatun.model.OutputFormat;
import dev.gatun.output.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What standard output and standard error must bring, computed from the bytes that the services
 * wrote; the contract's section "Output", written a second time.
 *
 * <p>Lines are ISO-8859-1 text here: a character a byte.
 */
final class ExpectedOutput {
  /** Stands in front of a line that is passed on in parts. */
  static final String PARTS = "PARTS ";

  /** What one pipe brought. */
  static final class Streams {
    /** For each pipe that has this origin, its lines without time and origin. */
    final List<List<String>> byPipe = new ArrayList<>();

    /** Whether a line was so long that it is passed on in parts. */
    boolean parted;
  }

  /** By origin, {@code NAME/STAGE}. */
  final Map<String, Streams> stdout = new TreeMap<>();

  final Map<String, Streams> stderr = new TreeMap<>();

  /** What is said about lines that are not JSON. */
  final Map<String, Streams> notJson = new TreeMap<>();

  private final OutputFormat format;
  private final int lineLimitBytes;

  private ExpectedOutput(OutputFormat format, int lineLimitBytes) {
    this.format = format;
    this.lineLimitBytes = lineLimitBytes;
  }

  static ExpectedOutput of(List<SimPipe> pipes, OutputFormat format, int lineLimitBytes) {
    ExpectedOutput expected = new ExpectedOutput(format, lineLimitBytes);
    for (SimPipe pipe : pipes) {
      if (!pipe.origin.isEmpty()) {
        expected.add(pipe);
      }
    }
    return expected;
  }

  private void add(SimPipe pipe) {
    String origin = latin1(pipe.origin);
    Streams said = begin(pipe.isStderr ? stderr : stdout, origin);
    Streams other = begin(notJson, origin);
    for (String line : lines(new String(pipe.accepted(), StandardCharsets.ISO_8859_1))) {
      said.parted |= line.length() > lineLimitBytes;
      add(pipe.isStderr, line, said.byPipe.getLast(), other.byPipe.getLast());
    }
  }

  private static Streams begin(Map<String, Streams> streams, String origin) {
    Streams there = streams.computeIfAbsent(origin, any -> new Streams());
    there.byPipe.add(new ArrayList<>());
    return there;
  }

  private void add(boolean toStderr, String line, List<String> said, List<String> other) {
    if (toStderr || format == OutputFormat.PLAIN) {
      said.add(line);
    } else if (line.length() > lineLimitBytes) {
      said.add(PARTS + replaced(line));
    } else if (!blank(line)) {
      String object = withoutTrailingBlanks(line);
      boolean isObject = Json.isObject(object.getBytes(StandardCharsets.ISO_8859_1));
      (isObject ? said : other).add(isObject ? object.stripLeading() : line);
    }
  }

  /** What becomes of bytes in a JSON string; a cut never goes through a character. */
  private static String replaced(String line) {
    return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  static List<String> list(Map<String, List<String>> lists, String origin) {
    return lists.computeIfAbsent(origin, any -> new ArrayList<>());
  }

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      lines.add(text.substring(from, at));
      from = at + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  static String withoutTrailingBlanks(String line) {
    int end = line.length();
    while (end > 0 && " \t\r".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return line.substring(0, end);
  }

  static boolean blank(String line) {
    return withoutTrailingBlanks(line).isEmpty();
  }

  static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
