package dev.gatun.pattern;

import com.google.re2j.CompiledProgram;
import com.google.re2j.Pattern;

/** The steps of an expression, and the classes of characters that they tell apart. */
final class Program {
  final int[] operation;
  final int[] out;
  final int[] argument;

  /** Of each step that takes a character, which classes it takes; null for the others. */
  final boolean[][] takes;

  final int start;

  /** Two for each group, the whole match included. */
  final int slots;

  final boolean beginsWithText;
  final boolean asksForWords;
  final boolean asksForLines;
  final CharacterClasses classes;

  Program(Pattern pattern) {
    CompiledProgram compiled = CompiledProgram.of(pattern);
    int size = compiled.size();
    operation = new int[size];
    out = new int[size];
    argument = new int[size];
    takes = new boolean[size][];
    int[][] ranges = new int[size][];
    int asked = 0;
    for (int i = 0; i < size; i++) {
      operation[i] = compiled.operation(i);
      out[i] = compiled.out(i);
      argument[i] = compiled.argument(i);
      ranges[i] = compiled.ranges(i);
      asked |= operation[i] == CompiledProgram.EMPTY_WIDTH ? argument[i] : 0;
    }
    start = compiled.start();
    slots = 2 * (pattern.groupCount() + 1);
    beginsWithText = compiled.beginsWithText();
    asksForWords =
        (asked & (CompiledProgram.WORD_BOUNDARY | CompiledProgram.NO_WORD_BOUNDARY)) != 0;
    asksForLines = (asked & (CompiledProgram.BEGIN_LINE | CompiledProgram.END_LINE)) != 0;
    classes = new CharacterClasses(ranges, asksForWords, asksForLines);
    for (int i = 0; i < size; i++) {
      takes[i] = ranges[i] == null ? null : classes.within(ranges[i]);
    }
  }

  int size() {
    return operation.length;
  }
}
