package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups whose values have their own places and are no arrays, which is most of them: values are
 * written as they are found, and nothing has to be merged.
 */
final class DirectMembers implements Members {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final Conversion TEXT = new TextConversion();

  private final List<GroupName> names;
  private final Warnings warnings;

  /** Of each group: its members' names from the outermost, each as JSON with a colon. */
  private final byte[][][] paths;

  private final Conversion[] conversions;
  private final String[] operators;

  /** What becomes of an empty text: an operator's kind, or -1 when it is text like another. */
  private final int[] whenEmpty;

  /** Where the value of each group is, behind one that is not at the top. */
  private final int[] begins;

  private final int[] ends;
  private final boolean[] hasValue;

  /** Groups that are not at the top, in such an order that those of an object are together. */
  private final int[] nested;

  private final JsonBuffer top = new JsonBuffer();
  private final JsonBuffer below = new JsonBuffer();
  private byte[] line;

  private DirectMembers(List<GroupName> names, List<String[]> paths, Warnings warnings) {
    int count = names.size();
    this.names = names;
    this.warnings = warnings;
    this.paths = new byte[count][][];
    conversions = new Conversion[count];
    operators = new String[count];
    whenEmpty = new int[count];
    begins = new int[count];
    ends = new int[count];
    hasValue = new boolean[count];
    List<String> inOrder = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      this.paths[i] = quoted(paths.get(i));
      setUp(i);
      if (paths.get(i).length > 1) {
        inOrder.add(String.join("\0", paths.get(i)) + "\0\0" + i);
      }
    }
    inOrder.sort(null);
    nested = new int[inOrder.size()];
    for (int i = 0; i < nested.length; i++) {
      String key = inOrder.get(i);
      nested[i] = Integer.parseInt(key.substring(key.lastIndexOf('\0') + 1));
    }
  }

  /** For groups of these names, or null when their values have to be merged. */
  static DirectMembers of(List<GroupName> names, Warnings warnings) {
    List<String[]> paths = new ArrayList<>();
    for (GroupName name : names) {
      String[] path = path(name.operators);
      if (path == null || isInTheWay(path, paths)) {
        return null;
      }
      paths.add(path);
    }
    return new DirectMembers(names, paths, warnings);
  }

  /** First what looks for the empty text, then one conversion at most, then objects. */
  private static String[] path(List<Operator> operators) {
    int stage = 0;
    String[] path = {};
    for (Operator operator : operators) {
      int kind = operator.kind();
      boolean looksForEmpty = kind == Operator.NULL || kind == Operator.OPTIONAL;
      int its = looksForEmpty ? 0 : kind == Operator.CONVERT ? 1 : kind == Operator.OBJECT ? 2 : -1;
      if (its < stage) {
        return null;
      }
      stage = its == 1 ? 2 : its;
      if (its == 2) {
        String[] longer = Arrays.copyOf(operator.path(), operator.path().length + path.length);
        System.arraycopy(path, 0, longer, operator.path().length, path.length);
        path = longer;
      }
    }
    return path;
  }

  private static boolean isInTheWay(String[] path, List<String[]> others) {
    for (String[] other : others) {
      int common = Math.min(path.length, other.length);
      if (Arrays.equals(path, 0, common, other, 0, common)) {
        return true;
      }
    }
    return false;
  }

  private static byte[][] quoted(String[] path) {
    byte[][] quoted = new byte[path.length][];
    for (int i = 0; i < path.length; i++) {
      quoted[i] = ("\"" + path[i] + "\":").getBytes(StandardCharsets.US_ASCII);
    }
    return quoted;
  }

  private void setUp(int group) {
    conversions[group] = TEXT;
    whenEmpty[group] = -1;
    for (Operator operator : names.get(group).operators) {
      if (operator.kind() == Operator.CONVERT) {
        conversions[group] = operator.conversion();
        operators[group] = operator.name();
      } else if (operator.kind() != Operator.OBJECT && whenEmpty[group] < 0) {
        whenEmpty[group] = operator.kind();
      }
    }
  }

  @Override
  public void begin(byte[] newLine, long nowMillis) {
    line = newLine;
    top.clear();
    below.clear();
    for (int i = 0; i < hasValue.length; i++) {
      hasValue[i] = false;
      conversions[i].setNow(nowMillis);
    }
  }

  @Override
  public void add(int[] places) {
    for (int group = 0; group < conversions.length; group++) {
      int begin = Math.max(places[2 * group + 2], 0);
      int end = Math.max(places[2 * group + 3], 0);
      if (begin < end || whenEmpty[group] != Operator.OPTIONAL) {
        add(group, begin, end);
      }
    }
  }

  private void add(int group, int begin, int end) {
    if (hasValue[group]) {
      warnings.value(names.get(group).text, line, begin, end, "comes second, and the first stays");
      return;
    }
    byte[][] path = paths[group];
    JsonBuffer out = path.length == 1 ? top : below;
    int mark = out.length;
    if (path.length == 1) {
      if (mark > 0) {
        out.raw(',');
      }
      out.raw(path[0]);
    }
    if (begin == end && whenEmpty[group] == Operator.NULL) {
      out.raw(NULL);
    } else if (!conversions[group].write(line, begin, end, out)) {
      out.length = mark;
      String problem = conversions[group].problem();
      warnings.value(
          names.get(group).text, line, begin, end, problem + ", as " + operators[group] + " asks");
      return;
    }
    hasValue[group] = true;
    begins[group] = mark;
    ends[group] = out.length;
  }

  @Override
  public void write(JsonBuffer out) {
    out.raw(top.bytes, 0, top.length);
    byte[][] open = {};
    for (int group : nested) {
      if (hasValue[group]) {
        writeNested(paths[group], open, out);
        out.raw(below.bytes, begins[group], ends[group]);
        open = paths[group];
      }
    }
    close(open.length, out);
  }

  /** Closes what is not the same object, and opens what is to be around the next value. */
  private static void writeNested(byte[][] path, byte[][] open, JsonBuffer out) {
    int common = 0;
    while (common < open.length && Arrays.equals(path[common], open[common])) {
      common++;
    }
    close(open.length - common, out);
    if (out.length > 0) {
      out.raw(',');
    }
    for (int i = common; i < path.length; i++) {
      if (i > common) {
        out.raw('{');
      }
      out.raw(path[i]);
    }
  }

  /** Of so many members that are open the last is a value, and has no brace. */
  private static void close(int members, JsonBuffer out) {
    for (int i = 1; i < members; i++) {
      out.raw('}');
    }
  }
}
