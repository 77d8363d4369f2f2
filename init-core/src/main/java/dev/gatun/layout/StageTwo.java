package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.plan.Program;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The script of runit's stage 2, taken apart where it is the usual one: a shell script whose last
 * command is {@code exec … runsvdir DIRECTORY}, which Gatun does itself.
 *
 * @param directory what runsvdir would be given, variables in it replaced
 * @param preparation what comes before that; empty when that does nothing
 * @param interpreter the shell and what its first line gives it
 */
record StageTwo(OsString directory, String preparation, List<OsString> interpreter) {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");
  private static final OsString ROOT = OsString.of("/");

  /**
   * The script taken apart, or empty when it is not the usual one.
   *
   * @param environment what a variable has that the script sets not; null when it is not set
   */
  static Optional<StageTwo> of(byte[] script, UnaryOperator<String> environment) {
    List<OsString> interpreter = interpreter(script);
    if (interpreter.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(script, StandardCharsets.ISO_8859_1);
    int last = lastCommand(text);
    List<String> words = words(text.substring(last));
    int runsvdir = indexOfRunsvdir(words);
    if (runsvdir < 0) {
      return Optional.empty();
    }
    int argument = runsvdir + 1;
    while (argument < words.size() && words.get(argument).startsWith("-")) {
      argument++;
    }
    String before = text.substring(0, last);
    Map<String, String> variables = assignments(before, environment);
    String directory =
        argument < words.size() ? expand(words.get(argument), variables, environment) : "";
    return directory.startsWith("/")
        ? Optional.of(
            new StageTwo(latin1(directory), doesSomething(before) ? before : "", interpreter))
        : Optional.empty();
  }

  /** Runs the preparation as the script's own shell would. */
  Program prepare(OsString script) {
    List<OsString> arguments = new ArrayList<>(interpreter.subList(1, interpreter.size()));
    arguments.add(OsString.of("-c"));
    arguments.add(latin1(preparation));
    arguments.add(script);
    return new Program(interpreter.getFirst(), arguments, ROOT);
  }

  private static OsString latin1(String text) {
    return OsString.ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<OsString> interpreter(byte[] script) {
    if (!Shebang.isIn(script)) {
      return List.of();
    }
    Shebang line = Shebang.of(script);
    OsString path = line.interpreter();
    String name = path.substring(path.lastIndexOf('/') + 1).toString();
    if (line.endsInCarriageReturn() || !SHELLS.contains(name)) {
      return List.of();
    }
    return line.argument().isEmpty() ? List.of(path) : List.of(path, line.argument());
  }

  /** Where the last command begins: a line, with those before that a backslash joins to it. */
  private static int lastCommand(String text) {
    int last = text.length();
    int begin = 0;
    while (begin < text.length()) {
      int end = endOfCommand(text, begin);
      String line = text.substring(begin, end).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        last = begin;
      }
      begin = end + 1;
    }
    return last;
  }

  private static int endOfCommand(String text, int begin) {
    int end = begin;
    while (end < text.length() && (text.charAt(end) != '\n' || isJoined(text, begin, end))) {
      end++;
    }
    return end;
  }

  private static boolean isJoined(String text, int begin, int newline) {
    return newline > begin && text.charAt(newline - 1) == '\\';
  }

  private static int indexOfRunsvdir(List<String> words) {
    if (words.isEmpty() || !words.getFirst().equals("exec")) {
      return -1;
    }
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.substring(word.lastIndexOf('/') + 1).equals("runsvdir")) {
        return i;
      }
    }
    return -1;
  }

  /** A backslash joins lines, wherever it stands. */
  private static List<String> words(String command) {
    return ShellWords.of(command.replace("\\\n", "")).words();
  }

  /** Values that the script gives to variables, each on a line of its own. */
  private static Map<String, String> assignments(String text, UnaryOperator<String> environment) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n")) {
      List<String> words = words(line);
      if (isAssignment(words)) {
        int equals = words.getFirst().indexOf('=');
        String value = expand(words.getFirst().substring(equals + 1), values, environment);
        values.put(words.getFirst().substring(0, equals), value);
      }
    }
    return values;
  }

  private static boolean isAssignment(List<String> words) {
    return words.size() == 1 && words.getFirst().matches("[A-Za-z_][A-Za-z_0-9]*=.*");
  }

  /** Replaces {@code $NAME} and <code>${NAME}</code>; empty when something is not known. */
  private static String expand(
      String word, Map<String, String> values, UnaryOperator<String> environment) {
    StringBuilder expanded = new StringBuilder();
    int at = 0;
    while (at < word.length()) {
      char c = word.charAt(at++);
      if (c == '`') {
        return "";
      }
      if (c != '$') {
        expanded.append(c);
        continue;
      }
      boolean braces = at < word.length() && word.charAt(at) == '{';
      int begin = braces ? at + 1 : at;
      int end = begin;
      while (end < word.length()
          && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '_')) {
        end++;
      }
      String name = word.substring(begin, end);
      String value = values.containsKey(name) ? values.get(name) : environment.apply(name);
      boolean closed = !braces || end < word.length() && word.charAt(end) == '}';
      if (value == null || !closed) {
        return "";
      }
      expanded.append(value);
      at = braces ? end + 1 : end;
    }
    return expanded.toString();
  }

  /** Whether it is more than comments and variables that runsvdir alone would have seen. */
  private static boolean doesSomething(String text) {
    for (String line : text.split("\n")) {
      List<String> words = words(line);
      boolean comment = !words.isEmpty() && words.getFirst().startsWith("#");
      boolean exports = !words.isEmpty() && words.getFirst().equals("export");
      boolean assigns = isAssignment(words) && !line.contains("`") && !line.contains("$(");
      if (!words.isEmpty() && !comment && !exports && !assigns) {
        return true;
      }
    }
    return false;
  }
}
