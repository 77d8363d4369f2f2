package dev.gatun.sim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What standard output and standard error brought, taken apart by origin. */
final class ActualOutput {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  private static final Pattern JSON_TAIL =
      Pattern.compile(
          "\"service\":\"((?:[^\"\\\\]|\\\\.)*)\",\"stage\":\"(run|term|\\d+)\","
              + "\"logged\":\"([^\"]*)\"}");
  private static final Pattern PLAIN =
      Pattern.compile(
          "(\\S{24}) ([^ /]*/(?:run|log|term|\\d+))(\\(part\\))?: (.*)", Pattern.DOTALL);
  private static final Pattern OWN =
      Pattern.compile("(\\S{24}) gatun: (debug|info|warning|error): (.*)", Pattern.DOTALL);
  private static final Pattern NOT_JSON =
      Pattern.compile(
          "([^ /]*/(?:run|term|\\d+))(\\(part\\))?: not JSON stdout: (.*)", Pattern.DOTALL);
  private static final String PART_HEAD = "{\"message\":\"";
  private static final String PART_TAIL = "\",\"partial\":true";

  final Map<String, List<String>> stdout = new TreeMap<>();
  final Map<String, List<String>> stderr = new TreeMap<>();
  final Map<String, List<String>> notJson = new TreeMap<>();

  /** Gatun's own messages, {@code LEVEL: TEXT}. */
  final List<String> own = new ArrayList<>();

  /** What is wrong whatever the services wrote. */
  final List<String> faults = new ArrayList<>();

  /** Origins of which the last line was a part, so that the next one belongs to it. */
  private final Map<String, Boolean> unfinished = new TreeMap<>();

  private final Set<Long> times;
  private final boolean inOrder;
  private long stdoutMillis;
  private long stderrMillis;
  private String lastTime = "";
  private long lastTimeMillis;

  /**
   * @param times what the clock said
   * @param inOrder whether it never went back
   */
  ActualOutput(Set<Long> times, boolean inOrder) {
    this.times = times;
    this.inOrder = inOrder;
  }

  void addJson(byte[] bytes, boolean whole) {
    for (String each : whole(bytes, whole)) {
      String line = each.stripLeading();
      int at = line.lastIndexOf("\"service\":");
      Matcher tail = JSON_TAIL.matcher(line);
      if (at < 1 || !line.startsWith("{") || !tail.region(at, line.length()).matches()) {
        faults.add("on standard output, no stamped JSON object: " + line);
        continue;
      }
      stdoutMillis = checkTime(tail.group(3), stdoutMillis);
      String origin = unescape(tail.group(1)) + "/" + tail.group(2);
      boolean comma = line.charAt(at - 1) == ',';
      String object = line.substring(0, comma ? at - 1 : at);
      boolean empty = ExpectedOutput.blank(object.substring(1));
      if (empty == comma) {
        faults.add("on standard output, a comma too many or too few: " + line);
      }
      addObject(origin, object);
    }
  }

  private void addObject(String origin, String object) {
    List<String> lines = ExpectedOutput.list(stdout, origin);
    if (!object.startsWith(PART_HEAD) || !object.endsWith(PART_TAIL)) {
      lines.add(object + "}");
      return;
    }
    String text = object.substring(PART_HEAD.length(), object.length() - PART_TAIL.length());
    String part =
        unescape(new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    if (!lines.isEmpty() && lines.getLast().startsWith(ExpectedOutput.PARTS)) {
      lines.set(lines.size() - 1, lines.getLast() + part);
    } else {
      lines.add(ExpectedOutput.PARTS + part);
    }
  }

  void addPlain(byte[] bytes, boolean isStderr, boolean whole) {
    for (String line : whole(bytes, whole)) {
      Matcher own = OWN.matcher(line);
      Matcher plain = PLAIN.matcher(line);
      if (isStderr && own.matches()) {
        stderrMillis = checkTime(own.group(1), stderrMillis);
        Matcher other = NOT_JSON.matcher(own.group(3));
        if (own.group(2).equals("warning") && other.matches()) {
          add(notJson, other.group(1), other.group(2) != null, other.group(3));
        } else {
          this.own.add(own.group(2) + ": " + own.group(3));
        }
      } else if (plain.matches()) {
        if (isStderr) {
          stderrMillis = checkTime(plain.group(1), stderrMillis);
        } else {
          stdoutMillis = checkTime(plain.group(1), stdoutMillis);
        }
        add(isStderr ? stderr : stdout, plain.group(2), plain.group(3) != null, plain.group(4));
      } else {
        faults.add("a line of no known form: " + line);
      }
    }
  }

  private void add(Map<String, List<String>> lists, String origin, boolean part, String text) {
    List<String> lines = ExpectedOutput.list(lists, origin);
    String key = System.identityHashCode(lists) + origin;
    if (Boolean.TRUE.equals(unfinished.put(key, part))) {
      lines.set(lines.size() - 1, lines.getLast() + text);
    } else {
      lines.add(text);
    }
  }

  private List<String> whole(byte[] bytes, boolean whole) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (whole && !text.isEmpty() && !text.endsWith("\n")) {
      faults.add("the last line has no end");
    }
    return ExpectedOutput.lines(text.substring(0, text.lastIndexOf('\n') + 1));
  }

  private long checkTime(String text, long notBeforeMillis) {
    if (text.equals(lastTime) && notBeforeMillis == lastTimeMillis) {
      return notBeforeMillis;
    }
    if (!TIME.matcher(text).matches()) {
      faults.add("no time: " + text);
      return notBeforeMillis;
    }
    long millis = Instant.parse(text).toEpochMilli();
    if (!times.contains(millis) || inOrder && millis < notBeforeMillis) {
      faults.add("a time that cannot be: " + text);
    }
    lastTime = text;
    lastTimeMillis = millis;
    return millis;
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (text.charAt(++i) == 'u') {
        out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
