package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gatun's own matcher finds what RE2/J finds. */
class LineSearchTest {
  private static final int KEPT_STATES = 2000;

  static List<List<Integer>> matches(Pattern pattern, int keptStates, byte[]... lines) {
    Program program = new Program(pattern);
    LineSearch search = new LineSearch(program, new Automaton(program, keptStates));
    AllMatches all = new AllMatches(search);
    List<List<Integer>> found = List.of();
    for (byte[] line : lines) {
      found = places(all, search, line);
    }
    return found;
  }

  /** Where each match of the line and its groups begin and end. */
  private static List<List<Integer>> places(AllMatches all, LineSearch search, byte[] line) {
    List<List<Integer>> found = new ArrayList<>();
    all.begin(line, line.length);
    while (all.next()) {
      found.add(Arrays.stream(search.places).boxed().toList());
    }
    return found;
  }

  private static String text(String expression, byte[] line) {
    return expression + " in " + new String(line, StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 3000)
  void every_match_and_every_group_is_where_re2j_finds_it(@ForAll long seed) {
    Random random = new Random(seed);
    RandomExpression any = new RandomExpression(random);
    String expression = any.expression();
    Pattern pattern;
    try {
      pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      return;
    }
    Program program = new Program(pattern);
    Re2Oracle oracle = new Re2Oracle(pattern);
    LineSearch search =
        new LineSearch(program, new Automaton(program, random.nextInt(3) == 0 ? 2 : KEPT_STATES));
    AllMatches all = new AllMatches(search);
    for (int i = 0; i < 10; i++) {
      byte[] line = any.line();
      List<List<Integer>> found = places(all, search, line);
      assertEquals(oracle.matches(line), found, text(expression, line));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"(a*)(b|abc)(c*) ; abc", "a*? ; aaa", "(a|ab)(c|bcd)(d*) ; abcd", "(?i)k ; K"})
  void the_first_choice_wins(String expression, String line) {
    Pattern pattern = Pattern.compile(expression);
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    assertEquals(new Re2Oracle(pattern).matches(bytes), matches(pattern, KEPT_STATES, bytes));
  }
}
