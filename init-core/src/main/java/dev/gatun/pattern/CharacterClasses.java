package dev.gatun.pattern;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Characters that an expression does not tell apart have one number. */
final class CharacterClasses {
  private static final int ASCII = 128;
  private static final int[] WORD = {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'};
  private static final int[] NEWLINE = {'\n', '\n'};

  /** The class of each ASCII character. */
  final int[] ofAscii = new int[ASCII];

  /** The first character of each range without a bound in it, and the class of the range. */
  private final int[] firsts;

  private final int[] classes;

  /** How many classes of characters there are; this number itself stands for the end. */
  final int count;

  private final boolean[] words;
  private final boolean[] newlines;

  /**
   * @param sets ranges of characters, the first and the last of each; null is none
   */
  CharacterClasses(int[][] sets, boolean tellsWords, boolean tellsLines) {
    List<int[]> distinct = distinct(sets);
    if (tellsWords) {
      distinct.add(WORD);
    }
    if (tellsLines) {
      distinct.add(NEWLINE);
    }
    firsts = bounds(distinct);
    classes = new int[firsts.length];
    BitSet[] members = new BitSet[firsts.length];
    for (int i = 0; i < members.length; i++) {
      members[i] = new BitSet();
    }
    for (int set = 0; set < distinct.size(); set++) {
      int[] ranges = distinct.get(set);
      for (int i = 0; i < ranges.length; i += 2) {
        for (int at = index(ranges[i]); at < firsts.length && firsts[at] <= ranges[i + 1]; at++) {
          members[at].set(set);
        }
      }
    }
    Map<BitSet, Integer> numbers = new HashMap<>();
    for (int i = 0; i < firsts.length; i++) {
      numbers.putIfAbsent(members[i], numbers.size());
      classes[i] = numbers.get(members[i]);
    }
    count = numbers.size();
    for (int c = 0; c < ASCII; c++) {
      ofAscii[c] = classes[index(c)];
    }
    words = tellsWords ? within(WORD) : new boolean[count + 1];
    newlines = tellsLines ? within(NEWLINE) : new boolean[count + 1];
  }

  private static List<int[]> distinct(int[][] sets) {
    Set<IntBuffer> seen = new HashSet<>();
    List<int[]> distinct = new ArrayList<>();
    for (int[] set : sets) {
      if (set != null && seen.add(IntBuffer.wrap(set))) {
        distinct.add(set);
      }
    }
    return distinct;
  }

  private static int[] bounds(List<int[]> sets) {
    TreeSet<Integer> bounds = new TreeSet<>();
    bounds.add(0);
    for (int[] ranges : sets) {
      for (int i = 0; i < ranges.length; i += 2) {
        bounds.add(ranges[i]);
        bounds.add(ranges[i + 1] + 1);
      }
    }
    int[] inOrder = new int[bounds.size()];
    int at = 0;
    for (int bound : bounds) {
      inOrder[at++] = bound;
    }
    return inOrder;
  }

  private int index(int character) {
    int found = Arrays.binarySearch(firsts, character);
    return found >= 0 ? found : -found - 2;
  }

  /** The class of any character. */
  int of(int character) {
    return classes[index(character)];
  }

  /** Which classes lie within these ranges; none is there in part. */
  boolean[] within(int[] ranges) {
    boolean[] within = new boolean[count + 1];
    for (int i = 0; i < ranges.length; i += 2) {
      for (int at = index(ranges[i]); at < firsts.length && firsts[at] <= ranges[i + 1]; at++) {
        within[classes[at]] = true;
      }
    }
    return within;
  }

  boolean isWord(int number) {
    return words[number];
  }

  boolean isNewline(int number) {
    return newlines[number];
  }
}
