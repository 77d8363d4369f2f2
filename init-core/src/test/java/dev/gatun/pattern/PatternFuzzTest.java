package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatun.model.OsString;
import dev.gatun.output.LineConverter;
import dev.gatun.plan.LinePattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** The first line is an expression, those behind it are converted. */
class PatternFuzzTest {
  /** What takes long is for other tests: here much is tried. */
  private static final int MAX_STEPS = 200;

  private static final int FEW_STATES = 2;
  private static final int ENOUGH_STATES = 2000;

  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, begin, i));
        begin = i + 1;
      }
    }
    return lines;
  }

  private static String expression(List<byte[]> lines) {
    return new String(lines.getFirst(), StandardCharsets.UTF_8);
  }

  /** Every match and every group is where RE2/J has it, with a table and without. */
  @FuzzTest
  void aMatchIsWhereRe2jFindsIt(byte[] bytes) {
    List<byte[]> lines = lines(bytes);
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression(lines));
    } catch (PatternSyntaxException | StackOverflowError e) {
      return;
    } catch (RuntimeException e) {
      // RE2/J 1.8 throws others where parentheses do not match.
      return;
    }
    if (pattern.programSize() > MAX_STEPS) {
      return;
    }
    Re2Oracle oracle = new Re2Oracle(pattern);
    for (byte[] line : lines.subList(1, lines.size())) {
      List<List<Integer>> expected = oracle.matches(line);
      assertEquals(expected, LineSearchTest.matches(pattern, ENOUGH_STATES, line));
      assertEquals(expected, LineSearchTest.matches(pattern, FEW_STATES, line));
    }
  }

  /** An expression is refused with a reason, or makes JSON of every line that it matches. */
  @FuzzTest
  void whatIsConvertedIsJson(byte[] bytes) {
    List<byte[]> lines = lines(bytes);
    LineConverter converter;
    try {
      converter =
          PatternCompiler.compile(new LinePattern(expression(lines), OsString.of("/pattern"), 1));
    } catch (PatternException e) {
      assertFalse(e.problem().isEmpty());
      assertFalse(e.advice().isEmpty());
      return;
    }
    for (byte[] line : lines.subList(1, lines.size())) {
      int length = converter.convert(line, line.length, Converted.NOW.toEpochMilli());
      String members = new String(converter.members(), 0, length, StandardCharsets.UTF_8);
      Map<String, Object> object = JSON.std.mapFrom("{" + members + "}");
      assertEquals(length == 0, object.isEmpty());
      assertFalse(object.containsKey("service"), members);
      for (String warning : converter.warnings()) {
        assertTrue(warning.startsWith("cannot ") || warning.contains(" more values"), warning);
      }
    }
  }
}
