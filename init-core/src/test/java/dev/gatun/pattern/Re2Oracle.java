package dev.gatun.pattern;

import com.google.re2j.CompiledProgram;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What RE2/J finds in the bytes of a line, all matches by Go's rules for empty ones. */
final class Re2Oracle {
  private final Pattern pattern;

  /** Groups that are in the program: those that are repeated no times are not. */
  private final BitSet compiled = new BitSet();

  Re2Oracle(Pattern pattern) {
    this.pattern = pattern;
    CompiledProgram program = CompiledProgram.of(pattern);
    compiled.set(0);
    for (int i = 0; i < program.size(); i++) {
      if (program.operation(i) == CompiledProgram.CAPTURE) {
        compiled.set(program.argument(i) / 2);
      }
    }
  }

  /** For each match where each group begins and ends, in bytes, or -1. */
  List<List<Integer>> matches(byte[] line) {
    int[] offsets = new int[line.length + 1];
    String text = decode(line, offsets);
    Matcher matcher = pattern.matcher(text);
    List<List<Integer>> all = new ArrayList<>();
    int from = 0;
    int previousEnd = -1;
    while (from <= text.length() && matcher.find(from)) {
      boolean isEmptyHere = matcher.end() == from;
      boolean counts = !isEmptyHere || matcher.start() != previousEnd;
      List<Integer> places = new ArrayList<>();
      for (int group = 0; group <= pattern.groupCount(); group++) {
        boolean tookPart = compiled.get(group) && matcher.start(group) >= 0;
        places.add(tookPart ? offsets[matcher.start(group)] : -1);
        places.add(tookPart ? offsets[matcher.end(group)] : -1);
      }
      previousEnd = matcher.end();
      if (!isEmptyHere) {
        from = matcher.end();
      } else {
        from = from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
      }
      if (counts) {
        all.add(places);
      }
    }
    return all;
  }

  /** Bytes that are no UTF-8 become U+FFFD one by one, which the JDK's decoder does not do. */
  private static String decode(byte[] line, int[] offsets) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < line.length) {
      int width = line[at] >= 0 ? 1 : Utf8.sequence(line, at, line.length);
      int begin = text.length();
      text.append(
          width == 0
              ? "\ufffd"
              : new String(Arrays.copyOfRange(line, at, at + width), StandardCharsets.UTF_8));
      for (int i = begin; i < text.length(); i++) {
        offsets[i] = at;
      }
      at += Math.max(width, 1);
    }
    offsets[text.length()] = line.length;
    return text.toString();
  }
}
