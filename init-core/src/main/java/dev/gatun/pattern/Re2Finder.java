package dev.gatun.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gatun.output.FieldFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds fields with RE2/J: the first match in a line, wherever it begins. */
final class Re2Finder implements FieldFinder {
  private final List<String> names;
  private final int[] groups;
  private final Matcher matcher;

  /**
   * @param named the numbers of groups by their names
   */
  Re2Finder(Pattern pattern, List<Map.Entry<String, Integer>> named) {
    List<String> inOrder = new ArrayList<>();
    groups = new int[named.size()];
    for (Map.Entry<String, Integer> group : named) {
      groups[inOrder.size()] = group.getValue();
      inOrder.add(group.getKey());
    }
    names = List.copyOf(inOrder);
    matcher = pattern.matcher("");
  }

  @Override
  public List<String> names() {
    return names;
  }

  /**
   * Groups are found by a second look, which is done here: their places must hold. A line matters
   * more than its form: one for which the stack is too small has none.
   */
  @Override
  public boolean find(CharSequence line) {
    try {
      boolean found = matcher.reset(line).find();
      if (found) {
        matcher.start(groups[0]);
      }
      return found;
    } catch (StackOverflowError e) {
      return false;
    }
  }

  @Override
  public int start(int field) {
    return matcher.start(groups[field]);
  }

  @Override
  public int end(int field) {
    return matcher.end(groups[field]);
  }
}
