package dev.gatun.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a group: the path of a member, and operators that make its value of the text, as in
 * {@code request__time___time__Nginx___optional}. The last one is applied first.
 */
final class GroupName {
  private static final String BETWEEN_OPERATORS = "___";
  private static final String BETWEEN_ARGUMENTS = "__";
  private static final String ALL =
      "object, array, int, float, bool, null, optional, json and time are the operators";

  final String text;

  /** In the order in which they are applied. An object is the last one, unless it is JSON's. */
  final List<Operator> operators = new ArrayList<>();

  private GroupName(String text) {
    this.text = text;
  }

  /**
   * Takes a name to pieces.
   *
   * @throws OperatorException when there is no such operator, layout or zone, or it cannot be used
   *     so
   */
  static GroupName of(String text) throws OperatorException {
    GroupName name = new GroupName(text);
    int begin = 0;
    while (begin <= text.length()) {
      int found = text.indexOf(BETWEEN_OPERATORS, begin);
      int end = found < 0 ? text.length() : found;
      name.add(text.substring(begin, end), begin);
      begin = end + BETWEEN_OPERATORS.length();
    }
    return name;
  }

  private void add(String part, int index) throws OperatorException {
    List<String> words = words(part);
    if (index == 0) {
      if (!part.isEmpty()) {
        operators.add(Operator.object(words.toArray(new String[0])));
      }
      return;
    }
    String first = words.getFirst();
    List<String> arguments = words.subList(1, words.size());
    Operator operator =
        switch (first) {
          case "object" -> object(arguments, index);
          case "time" -> Operator.convert(first, TimeOperator.read(arguments, index));
          case "array" -> without(arguments, index, Operator.plain(Operator.ARRAY, first));
          case "null" -> without(arguments, index, Operator.plain(Operator.NULL, first));
          case "optional" -> without(arguments, index, Operator.plain(Operator.OPTIONAL, first));
          case "json" -> without(arguments, index, Operator.plain(Operator.JSON, first));
          case "int" -> convert(arguments, index, first, new IntConversion());
          case "float" -> convert(arguments, index, first, new FloatConversion());
          case "bool" -> convert(arguments, index, first, new BoolConversion());
          default ->
              throw new OperatorException(index, "there is no operator " + quoted(first), ALL);
        };
    operators.addFirst(operator);
    boolean givesObject = operator.kind() == Operator.JSON || operator.kind() == Operator.OBJECT;
    if (operators.size() == 1 && !givesObject) {
      throw new OperatorException(
          0,
          "the group " + text + " has no path, and " + first + " gives no object",
          "write the name of a member in front, or let json or object come first");
    }
  }

  private static String quoted(String word) {
    return word.isEmpty() ? "without a name" : word;
  }

  private static Operator object(List<String> path, int index) throws OperatorException {
    if (path.isEmpty()) {
      throw new OperatorException(
          index, "object has no path", "write it behind two underscores, as in object__a__b");
    }
    return Operator.object(path.toArray(new String[0]));
  }

  private static Operator convert(
      List<String> arguments, int index, String name, Conversion conversion)
      throws OperatorException {
    return without(arguments, index, Operator.convert(name, conversion));
  }

  private static Operator without(List<String> arguments, int index, Operator operator)
      throws OperatorException {
    if (!arguments.isEmpty()) {
      throw new OperatorException(
          index,
          operator.name() + " takes no argument, and has " + String.join(", ", arguments),
          "remove what is behind " + operator.name() + ", or part operators by three underscores");
    }
    return operator;
  }

  /** Split at each pair of underscores, from the left. */
  private static List<String> words(String part) {
    List<String> words = new ArrayList<>();
    int begin = 0;
    int found = part.indexOf(BETWEEN_ARGUMENTS);
    while (found >= 0) {
      words.add(part.substring(begin, found));
      begin = found + BETWEEN_ARGUMENTS.length();
      found = part.indexOf(BETWEEN_ARGUMENTS, begin);
    }
    words.add(part.substring(begin));
    return words;
  }

  /** The member at the top that it gives, or null where that is known from the text only. */
  String topMember() {
    Operator last = operators.getLast();
    return last.kind() == Operator.OBJECT ? last.path()[0] : null;
  }
}
