package dev.gatun.layout;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonValue;
import dev.gatun.json.JsonValue.Kind;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The members of an object of service.json, each of which has to be one that is known. */
final class ServiceMembers {
  private static final List<String> UNITS = List.of("ms", "s", "m", "h");
  private static final long[] NANOS = {
    1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L
  };
  private static final String DURATION = "write a duration as \"500ms\", \"3s\", \"10m\" or \"1h\"";
  private static final int MAX_DIGITS = 7;

  private final JsonValue object;
  private final Map<String, JsonValue> members;

  private ServiceMembers(JsonValue object) {
    this.object = object;
    this.members = object.members();
  }

  /**
   * @param what the object is, for people
   * @param known the names that its members may have
   */
  static ServiceMembers of(JsonValue value, String what, List<String> known) throws JsonException {
    String allowed = "the members are " + String.join(", ", known);
    value.mustBe(Kind.OBJECT, "write an object, and " + allowed);
    for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
      if (!known.contains(member.getKey())) {
        throw member.getValue().wrong(what + " has no member " + member.getKey(), allowed);
      }
    }
    return new ServiceMembers(value);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  JsonValue get(String name) {
    return members.get(name);
  }

  JsonValue mandatory(String name) throws JsonException {
    if (!has(name)) {
      throw object.wrong("the member " + name + " is missing", "add it");
    }
    return get(name);
  }

  /** The one member of those that is there. */
  JsonValue only(String... names) throws JsonException {
    JsonValue found = null;
    String allowed = "write one of " + String.join(", ", names);
    for (String name : names) {
      if (found != null && has(name)) {
        throw get(name).wrong(name + " is one too many", allowed);
      }
      found = has(name) ? get(name) : found;
    }
    if (found == null) {
      throw object.wrong("it does not say what is asked", allowed);
    }
    return found;
  }

  /** Those make sense for a probe only. */
  void needsProbe(String... names) throws JsonException {
    for (String name : names) {
      if (has(name) && !has("run") && !has("tcp") && !has("http")) {
        throw get(name).wrong("nothing is asked again and again", "remove " + name);
      }
    }
  }

  void mustBeTrue(String name) throws JsonException {
    if (!get(name).mustBe(Kind.BOOLEAN, "write true").text().equals("true")) {
      throw get(name).wrong("there is false", "write true, or remove it");
    }
  }

  /** One of these words. */
  String choice(String name, String otherwise, String... allowed) throws JsonException {
    if (!has(name)) {
      return otherwise;
    }
    String list = "write one of " + String.join(", ", allowed);
    String word = get(name).mustBe(Kind.STRING, list).text();
    for (String each : allowed) {
      if (each.equals(word)) {
        return each;
      }
    }
    throw get(name).wrong("there is " + word, list);
  }

  String string(String name, String allowed) throws JsonException {
    return string(get(name), allowed);
  }

  /** A string that a file's name or an argument can be. */
  static String string(JsonValue value, String allowed) throws JsonException {
    String text = value.mustBe(Kind.STRING, allowed).text();
    if (text.indexOf('\0') >= 0) {
      throw value.wrong("it has a NUL", allowed);
    }
    return text;
  }

  Optional<OsString> absolute(String name) throws JsonException {
    if (!has(name)) {
      return Optional.empty();
    }
    String allowed = "write an absolute path";
    String path = string(name, allowed);
    if (!path.startsWith("/")) {
      throw get(name).wrong("there is " + path, allowed);
    }
    return Optional.of(OsString.of(path));
  }

  Signal signal(String name) throws JsonException {
    String allowed = "write the name of a signal: \"QUIT\"";
    String text = get(name).mustBe(Kind.STRING, allowed).text();
    Optional<Signal> signal = Signal.parse(text);
    if (signal.isEmpty()) {
      throw get(name).wrong("no signal is called " + text, allowed);
    }
    return signal.get();
  }

  /** A duration, in nanoseconds: a whole number and its unit. */
  long nanos(String name, long otherwiseNanos) throws JsonException {
    if (!has(name)) {
      return otherwiseNanos;
    }
    String text = get(name).mustBe(Kind.STRING, DURATION).text();
    int digits = 0;
    long number = 0;
    while (digits < text.length() && isDigit(text.charAt(digits)) && digits < MAX_DIGITS) {
      number = number * 10 + text.charAt(digits) - '0';
      digits++;
    }
    int unit = UNITS.indexOf(text.substring(digits));
    if (digits == 0 || unit < 0) {
      throw get(name).wrong("there is " + text, DURATION);
    }
    return number * NANOS[unit];
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
