package dev.gatun.pattern;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups whose values come together in arrays, or are objects of their own: all are merged. */
final class MergedMembers implements Members {
  private final List<GroupName> names;
  private final Warnings warnings;
  private final Values values = new Values();
  private Map<String, Object> all = new LinkedHashMap<>();
  private byte[] line;

  /** The group whose value is merged, for warnings. */
  private GroupName name;

  private int begin;
  private int end;

  MergedMembers(List<GroupName> names, Warnings warnings) {
    this.names = names;
    this.warnings = warnings;
  }

  @Override
  public void begin(byte[] newLine, long nowMillis) {
    line = newLine;
    all = new LinkedHashMap<>();
    for (GroupName group : names) {
      for (Operator operator : group.operators) {
        if (operator.kind() == Operator.CONVERT) {
          operator.conversion().setNow(nowMillis);
        }
      }
    }
  }

  @Override
  public void add(int[] places) {
    for (int group = 0; group < names.size(); group++) {
      name = names.get(group);
      begin = Math.max(places[2 * group + 2], 0);
      end = Math.max(places[2 * group + 3], 0);
      try {
        Object value = value();
        if (value != Values.NOTHING) {
          merge(all, asObject(value), "");
        }
      } catch (OperatorFailure e) {
        warn(e.getMessage());
      }
    }
  }

  private Object value() throws OperatorFailure {
    byte[] text = new byte[end - begin];
    System.arraycopy(line, begin, text, 0, text.length);
    Object value = new Values.Text(text);
    for (Operator operator : name.operators) {
      value = values.apply(operator, value);
    }
    return value;
  }

  /** Without a path, what optional and null let through is no object. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> asObject(Object value) throws OperatorFailure {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new OperatorFailure("is no object, and the group has no path");
  }

  private void warn(String problem) {
    warnings.value(name.text, line, begin, end, problem);
  }

  private void merge(Map<String, Object> into, Map<String, Object> from, String path) {
    for (Map.Entry<String, Object> member : from.entrySet()) {
      String key = member.getKey();
      Object there = into.get(key);
      Object merged =
          there == null ? member.getValue() : merged(there, member.getValue(), path + key);
      into.put(key, merged);
    }
  }

  private Object merged(Object first, Object second, String path) {
    if (first instanceof List<?> array) {
      return appended(array, second, path);
    }
    if (second instanceof List<?> array) {
      return prepended(first, array, path);
    }
    if (first instanceof Map<?, ?> into && second instanceof Map<?, ?> from) {
      mergeObjects(into, from, path);
    } else {
      warn("comes second for " + path + ", and the first stays");
    }
    return first;
  }

  @SuppressWarnings("unchecked")
  private void mergeObjects(Map<?, ?> into, Map<?, ?> from, String path) {
    merge((Map<String, Object>) into, (Map<String, Object>) from, path + "__");
  }

  /** An object goes into the last element where that is one. */
  private List<Object> appended(List<?> array, Object second, String path) {
    List<Object> all = new ArrayList<>(array);
    Object last = all.isEmpty() ? null : all.getLast();
    if (second instanceof List<?> more) {
      all.addAll(more);
    } else if (last instanceof Map<?, ?> into && second instanceof Map<?, ?> from) {
      mergeObjects(into, from, path);
    } else {
      all.add(second);
    }
    return all;
  }

  /** An object comes before what the first element has, where that is an object. */
  private List<Object> prepended(Object first, List<?> array, String path) {
    List<Object> all = new ArrayList<>(array);
    Object head = all.isEmpty() ? null : all.getFirst();
    if (first instanceof Map<?, ?> into && head instanceof Map<?, ?> from) {
      mergeObjects(into, from, path);
      all.set(0, into);
    } else {
      all.addFirst(first);
    }
    return all;
  }

  @Override
  public void write(JsonBuffer out) {
    for (String stamped : PatternCompiler.STAMPED) {
      Object own = all.remove(stamped);
      if (own != null) {
        all.put(freeName(stamped), own);
      }
    }
    Values.writeMembers(all, out);
  }

  /** What Gatun adds has that name: the line's own member gets an underscore behind it. */
  private String freeName(String taken) {
    String name = taken + "_";
    while (all.containsKey(name)) {
      name += "_";
    }
    return name;
  }
}
