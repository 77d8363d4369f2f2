package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/**
 * The options in front of a command, read as getopt_long(3) reads them: letters together or apart,
 * values in the same word or the next, long names as far as they are unique, {@code --} at the end.
 *
 * @param given in order
 * @param operands what is no option
 */
record Options(List<Given> given, List<OsString> operands) {

  /**
   * An option that there is.
   *
   * @param letter one character, or 0 when it has a long name only
   * @param name the long name, or null
   */
  record Known(char letter, String name, Meaning meaning) {
    boolean hasValue() {
      return meaning.hasValue;
    }
  }

  /** What an option is for. */
  enum Meaning {
    SINGLE_CHILD(false),
    WHOLE_GROUP(false),
    REWRITE(true),
    FORGIVE(true),
    PARENT_DEATH(true),
    LOG(false),
    VERBOSE(false),
    DEBUG(false),
    NOTHING(false),
    PAUSE(false),
    NO_START_PROGRAMS(false),
    NO_SERVICES(false),
    HELP(false),
    VERSION(false),
    LICENSE(false);

    private final boolean hasValue;

    Meaning(boolean hasValue) {
      this.hasValue = hasValue;
    }
  }

  /**
   * An option that was given.
   *
   * @param value null without one
   */
  record Given(Meaning meaning, OsString value) {}

  /**
   * Reads them.
   *
   * @param anywhere whether options may follow the first operand, too
   * @throws LayoutException whose message names the word that cannot be used
   */
  static Options read(List<Known> known, List<OsString> words, boolean anywhere)
      throws LayoutException {
    return new Reader(known, words).read(anywhere);
  }

  /** What is said of a word that cannot be used. */
  static LayoutException wrong(OsString word, String cause) {
    return new LayoutException("cannot use the argument " + word, cause);
  }

  private static final class Reader {
    private static final OsString END = OsString.of("--");

    private final List<Known> known;
    private final List<OsString> words;
    private final List<Given> given = new ArrayList<>();
    private int next;

    Reader(List<Known> known, List<OsString> words) {
      this.known = known;
      this.words = words;
    }

    Options read(boolean anywhere) throws LayoutException {
      List<OsString> operands = new ArrayList<>();
      while (next < words.size()) {
        OsString word = words.get(next++);
        if (word.equals(END)) {
          break;
        }
        boolean isOption = word.length() > 1 && word.byteAt(0) == '-';
        if (!isOption) {
          operands.add(word);
          if (!anywhere) {
            break;
          }
        } else if (word.byteAt(1) == '-') {
          readLong(word);
        } else {
          readLetters(word);
        }
      }
      operands.addAll(words.subList(next, words.size()));
      return new Options(given, operands);
    }

    private void readLong(OsString word) throws LayoutException {
      String text = word.substring(2).toString();
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      Known option = find(name, word);
      OsString value = equals < 0 ? null : word.substring(word.indexOf('=') + 1);
      if (value != null && !option.hasValue()) {
        throw wrong(word, "it takes no value");
      }
      add(option, value, word);
    }

    private Known find(String name, OsString word) throws LayoutException {
      Known found = null;
      for (Known option : known) {
        if (option.name() == null || !option.name().startsWith(name)) {
          continue;
        }
        if (option.name().equals(name)) {
          return option;
        }
        if (found != null) {
          throw wrong(word, "it may mean --" + found.name() + " or --" + option.name());
        }
        found = option;
      }
      if (found == null) {
        throw wrong(word, "there is no such option");
      }
      return found;
    }

    private void readLetters(OsString word) throws LayoutException {
      for (int i = 1; i < word.length(); i++) {
        Known option = find((char) word.byteAt(i), word);
        boolean rest = option.hasValue() && i + 1 < word.length();
        add(option, rest ? word.substring(i + 1) : null, word);
        if (option.hasValue()) {
          return;
        }
      }
    }

    private Known find(char letter, OsString word) throws LayoutException {
      for (Known option : known) {
        if (option.letter() == letter) {
          return option;
        }
      }
      throw wrong(word, "there is no option -" + letter);
    }

    private void add(Known option, OsString value, OsString word) throws LayoutException {
      OsString complete = value;
      if (option.hasValue() && value == null) {
        if (next == words.size()) {
          throw wrong(word, "it needs a value");
        }
        complete = words.get(next++);
      }
      given.add(new Given(option.meaning(), complete));
    }
  }
}
