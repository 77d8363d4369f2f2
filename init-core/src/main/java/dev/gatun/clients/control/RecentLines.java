package dev.gatun.clients.control;

import dev.gatun.json.JsonText;
import dev.gatun.output.OutputPlane;
import dev.gatun.output.RecentBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The last lines on standard output and standard error, for one client. It reads them where they
 * are, at its own pace: what has been overwritten meanwhile is told as lost.
 */
final class RecentLines {
  private static final int STAMP_LENGTH = 24;
  private static final String STAMP = "\"logged\":\"";
  private static final String SERVICE = "\"service\":\"";

  /** What is taken in a turn of one stream. */
  private static final int MAX_BYTES = RecentBytes.CAPACITY;

  private final Stream out;
  private final Stream err;

  /** Of a stream, what has been taken. */
  private static final class Stream {
    private final String name;
    private final RecentBytes recent;
    private long position;

    Stream(String name, RecentBytes recent) {
      this.name = name;
      this.recent = recent;
      this.position = recent.begin();
    }
  }

  /** A line, and the time that stands in it. */
  private record Line(String stamp, String stream, String text) {}

  RecentLines(OutputPlane output) {
    out = new Stream("stdout", output.recentStdout());
    err = new Stream("stderr", output.recentStderr());
  }

  boolean hasMore() {
    return out.position != out.recent.end() || err.position != err.recent.end();
  }

  /**
   * The lines that have come since the last call, as answers, a line each.
   *
   * @param services whose lines are wanted; all of them where it is empty
   */
  byte[] take(Set<String> services) {
    StringBuilder answers = new StringBuilder();
    List<Line> lines = new ArrayList<>();
    take(out, lines, answers, services);
    take(err, lines, answers, services);
    lines.sort((one, other) -> one.stamp.compareTo(other.stamp));
    for (Line line : lines) {
      answers
          .append(
              new JsonText()
                  .beginObject()
                  .member("stream", line.stream)
                  .member("line", line.text)
                  .endObject())
          .append('\n');
    }
    return answers.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void take(
      Stream stream, List<Line> lines, StringBuilder answers, Set<String> services) {
    boolean cut = stream.position == 0 && stream.recent.begin() > 0;
    long lost = stream.recent.begin() - stream.position;
    if (lost > 0) {
      stream.position = stream.recent.begin();
      cut = true;
      answers.append(new JsonText().beginObject().member("lost", lost).endObject()).append('\n');
    }
    int length = (int) Math.min(MAX_BYTES, stream.recent.end() - stream.position);
    byte[] bytes = stream.recent.bytes(stream.position, length);
    int begin = 0;
    for (int at = 0; at < length; at++) {
      if (bytes[at] == '\n') {
        String text = new String(bytes, begin, at - begin, StandardCharsets.UTF_8);
        if (!cut && (services.isEmpty() || services.contains(origin(text)))) {
          lines.add(new Line(stamp(text), stream.name, text));
        }
        cut = false;
        begin = at + 1;
      }
    }
    stream.position += begin;
  }

  /** The time of a line, which stands in front of text and at the end of JSON. */
  private static String stamp(String line) {
    int at = line.startsWith("{") ? line.lastIndexOf(STAMP) : -1;
    int from = at < 0 ? 0 : at + STAMP.length();
    return line.substring(from, Math.min(line.length(), from + STAMP_LENGTH));
  }

  /** The service that a line is of; empty where it cannot be told. */
  private static String origin(String line) {
    if (line.startsWith("{")) {
      int at = line.lastIndexOf(SERVICE);
      int from = at + SERVICE.length();
      int to = at < 0 ? -1 : line.indexOf('"', from);
      return to < 0 ? "" : line.substring(from, to);
    }
    String rest = line.substring(Math.min(line.length(), STAMP_LENGTH + 1));
    for (String mark : new String[] {"gatun: warning: ", "gatun: error: ", "gatun: info: "}) {
      rest = rest.startsWith(mark) ? rest.substring(mark.length()) : rest;
    }
    int slash = rest.indexOf('/');
    int colon = rest.indexOf(": ");
    return slash > 0 && slash < colon ? rest.substring(0, slash) : "";
  }
}
