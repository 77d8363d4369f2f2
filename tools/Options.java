import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The arguments of a verb: flags, options with a value, and what is neither. */
final class Options {
  private final Verb verb;
  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  /** Names are given with their dashes; what begins with one and is none of them is refused. */
  Options(Verb verb, List<String> arguments, Set<String> knownFlags, Set<String> knownValues) {
    this.verb = verb;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (knownFlags.contains(word)) {
        flags.add(word);
      } else if (knownValues.contains(word)) {
        i++;
        values.put(word, i < arguments.size() ? arguments.get(i) : "");
      } else if (word.startsWith("-")) {
        throw Tool.misuse(verb, word);
      } else {
        others.add(word);
      }
    }
  }

  boolean has(String flag) {
    return flags.contains(flag) || values.containsKey(flag);
  }

  /** What is neither a flag nor an option. */
  List<String> others() {
    return others;
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A whole number of at most 15 digits, as its text. */
  String number(String name, String otherwise) {
    return matching(name, otherwise, "\\d{1,15}", "a whole number");
  }

  String matching(String name, String otherwise, String pattern, String wanted) {
    String value = values.getOrDefault(name, otherwise);
    if (values.containsKey(name) && !Pattern.matches(pattern, value)) {
      throw new Tool.Failure(2, name + " needs " + wanted + ", not '" + value + "'");
    }
    return value;
  }

  /** Refuses what is neither a flag nor an option. */
  Options alone() {
    if (!others.isEmpty()) {
      throw Tool.misuse(verb, others.getFirst());
    }
    return this;
  }
}
