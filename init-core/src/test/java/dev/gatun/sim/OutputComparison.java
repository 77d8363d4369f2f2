package dev.gatun.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether every line arrived, each stream's in its order. */
final class OutputComparison {
  private static final ExpectedOutput.Streams NOTHING = new ExpectedOutput.Streams();

  private final String where;
  private final boolean whole;
  private final List<String> faults = new ArrayList<>();

  private OutputComparison(String where, boolean whole) {
    this.where = where;
    this.whole = whole;
  }

  /**
   * What is missing, too much or out of order.
   *
   * @param whole whether the reader stayed to the end
   */
  static List<String> of(
      String where,
      boolean whole,
      Map<String, ExpectedOutput.Streams> expected,
      Map<String, List<String>> got) {
    OutputComparison comparison = new OutputComparison(where, whole);
    Set<String> origins = new TreeSet<>(expected.keySet());
    origins.addAll(got.keySet());
    for (String origin : origins) {
      ExpectedOutput.Streams right = expected.getOrDefault(origin, NOTHING);
      List<String> there = got.getOrDefault(origin, List.of());
      long streams = right.byPipe.stream().filter(lines -> !lines.isEmpty()).count();
      if (streams <= 1) {
        comparison.compareOne(origin, right, there);
      } else if (right.parted) {
        comparison.compareLengths(origin, right, there);
      } else {
        comparison.compareInterleaved(origin, right, there);
      }
    }
    return comparison.faults;
  }

  private void compareOne(String origin, ExpectedOutput.Streams streams, List<String> there) {
    List<String> lines =
        streams.byPipe.stream().filter(each -> !each.isEmpty()).findFirst().orElse(List.of());
    List<String> right = withPartsJoined(lines);
    int count = whole ? Math.max(right.size(), there.size()) : there.size();
    for (int i = 0; i < count; i++) {
      String rightLine = i < right.size() ? right.get(i) : "(nothing)";
      String line = i < there.size() ? there.get(i) : "(nothing)";
      boolean cut = !whole && i == count - 1 && rightLine.startsWith(line);
      if (!oneMark(rightLine).equals(oneMark(line)) && !cut) {
        faults.add(
            where + ", line " + i + " of " + origin + ": " + line + "\n   must be: " + rightLine);
        return;
      }
    }
  }

  /** A character that a killed process wrote half is replaced by one mark, or by one a byte. */
  private static String oneMark(String line) {
    return line.startsWith(ExpectedOutput.PARTS) ? line.replaceAll("\uFFFD+", "\uFFFD") : line;
  }

  /** Where one line that is too long follows another, their parts cannot be told apart. */
  private static List<String> withPartsJoined(List<String> lines) {
    List<String> joined = new ArrayList<>();
    for (String line : lines) {
      boolean both =
          line.startsWith(ExpectedOutput.PARTS)
              && !joined.isEmpty()
              && joined.getLast().startsWith(ExpectedOutput.PARTS);
      if (both) {
        String more = line.substring(ExpectedOutput.PARTS.length());
        joined.set(joined.size() - 1, joined.getLast() + more);
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  /** Parts of lines of several streams that have one name cannot be told apart. */
  private void compareLengths(String origin, ExpectedOutput.Streams right, List<String> there) {
    long expected = 0;
    for (List<String> lines : right.byPipe) {
      expected += length(lines);
    }
    long got = length(there);
    if (whole ? expected != got : got > expected) {
      faults.add(where + ", " + origin + ": " + got + " characters, must be " + expected);
    }
  }

  private static long length(List<String> lines) {
    long length = 0;
    for (String line : lines) {
      boolean parts = line.startsWith(ExpectedOutput.PARTS);
      length += line.length() - (parts ? ExpectedOutput.PARTS.length() : 0);
    }
    return length;
  }

  /** Follows all ways at once in which the lines can have come from the streams. */
  private void compareInterleaved(String origin, ExpectedOutput.Streams right, List<String> there) {
    Set<List<Integer>> ways = new HashSet<>();
    ways.add(new ArrayList<>(right.byPipe.stream().map(lines -> 0).toList()));
    for (int i = 0; i < there.size(); i++) {
      Set<List<Integer>> further = new HashSet<>();
      for (List<Integer> way : ways) {
        addContinuations(way, right.byPipe, there.get(i), further);
      }
      if (further.isEmpty()) {
        boolean cut = !whole && i == there.size() - 1;
        if (!cut) {
          faults.add(where + ", line " + i + " of " + origin + " is out of order: " + there.get(i));
        }
        return;
      }
      ways = further;
    }
    List<Integer> all = right.byPipe.stream().map(List::size).toList();
    if (whole && !ways.contains(all)) {
      faults.add(where + ", " + origin + ": only " + there.size() + " lines");
    }
  }

  private static void addContinuations(
      List<Integer> way, List<List<String>> streams, String line, Set<List<Integer>> further) {
    for (int stream = 0; stream < streams.size(); stream++) {
      int at = way.get(stream);
      if (at < streams.get(stream).size() && streams.get(stream).get(at).equals(line)) {
        List<Integer> next = new ArrayList<>(way);
        next.set(stream, at + 1);
        further.add(next);
      }
    }
  }

  /** Whether all that was written has arrived, whatever the order. */
  static List<String> ofLength(
      String where, Map<String, ExpectedOutput.Streams> expected, Map<String, List<String>> got) {
    List<String> faults = new ArrayList<>();
    TreeSet<String> origins = new TreeSet<>(expected.keySet());
    origins.addAll(got.keySet());
    for (String origin : origins) {
      long right =
          expected.containsKey(origin)
              ? expected.get(origin).byPipe.stream().mapToLong(OutputComparison::plainLength).sum()
              : 0;
      long there = plainLength(got.getOrDefault(origin, List.of()));
      if (right != there) {
        faults.add(where + ", " + origin + ": " + there + " characters, must be " + right);
      }
    }
    return faults;
  }

  private static long plainLength(List<String> lines) {
    return lines.stream().mapToLong(String::length).sum();
  }
}
