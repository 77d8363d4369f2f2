package dev.gatun.clients.control;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonReader;
import dev.gatun.json.JsonValue;
import dev.gatun.json.JsonValue.Kind;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param services the names that it gives, as it gives them
 * @param only whether those that depend on the services are left alone
 * @param signal what to send, with {@link What#SIGNAL}
 * @param until what to wait for, with {@link What#WAIT}
 * @param timeoutNanos how long to wait; negative for as long as it takes
 * @param follow whether what comes later is wanted too
 * @param code what the container is to end with, with {@link What#SHUTDOWN}
 */
record Request(
    What what,
    List<OsString> services,
    boolean only,
    Optional<Signal> signal,
    Until until,
    long timeoutNanos,
    boolean follow,
    int code) {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long MAX_MILLIS = 1_000_000_000_000L;
  private static final int MAX_CODE = 255;
  private static final int MAX_NAMES = 4096;

  /** What is to be done. */
  enum What {
    STATUS("status", false),
    WATCH("watch", false),
    START("start", true),
    STOP("stop", true),
    RESTART("restart", true),
    SIGNAL("signal", true),
    WAIT("wait", true),
    LOGS("logs", false),
    SHUTDOWN("shutdown", false);

    private final String word;
    private final boolean needsNames;

    What(String word, boolean needsNames) {
      this.word = word;
      this.needsNames = needsNames;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** What is waited for. */
  enum Until {
    /** It runs and is ready; what is run once has ended well. */
    READY("ready"),
    /** Nothing of it runs. */
    DOWN("down");

    private final String word;

    Until(String word) {
      this.word = word;
    }
  }

  /**
   * Reads a request.
   *
   * @throws JsonException that says what is wrong and what is allowed
   */
  static Request read(byte[] line) throws JsonException {
    JsonValue document =
        JsonReader.read(line).mustBe(Kind.OBJECT, "a request is an object: {\"do\":\"status\"}");
    Map<String, JsonValue> members = document.members();
    JsonValue wanted = members.get("do");
    if (wanted == null) {
      throw document.wrong("the member do is missing", "write one of " + allWords());
    }
    What what = what(wanted);
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      if (!allowed(what).contains(member.getKey())) {
        throw member
            .getValue()
            .wrong(
                "a request to " + what + " has no member " + member.getKey(),
                "the members are " + String.join(", ", allowed(what)));
      }
    }
    List<OsString> names = names(members.get("services"));
    if (what.needsNames && names.isEmpty()) {
      throw document.wrong("it names no service", "name some in the array services");
    }
    JsonValue timeout = members.get("timeoutMillis");
    JsonValue code = members.get("code");
    return new Request(
        what,
        names,
        truth(members.get("only")),
        signal(document, what, members.get("signal")),
        until(members.get("for")),
        timeout == null ? -1 : timeout.wholeNumber(0, MAX_MILLIS) * NANOS_A_MILLI,
        truth(members.get("follow")),
        code == null ? 0 : (int) code.wholeNumber(0, MAX_CODE));
  }

  private static What what(JsonValue wanted) throws JsonException {
    String allowed = "write one of " + allWords();
    String word = wanted.mustBe(Kind.STRING, allowed).text();
    for (What what : What.values()) {
      if (what.word.equals(word)) {
        return what;
      }
    }
    throw wanted.wrong("nothing is called " + word, allowed);
  }

  private static String allWords() {
    return String.join(", ", Arrays.stream(What.values()).map(What::toString).toList());
  }

  private static List<String> allowed(What what) {
    return switch (what) {
      case STATUS, WATCH -> List.of("do", "services");
      case START, STOP, RESTART -> List.of("do", "services", "only");
      case SIGNAL -> List.of("do", "services", "signal");
      case WAIT -> List.of("do", "services", "for", "timeoutMillis");
      case LOGS -> List.of("do", "services", "follow");
      case SHUTDOWN -> List.of("do", "code");
    };
  }

  private static List<OsString> names(JsonValue services) throws JsonException {
    String allowed = "write an array of at most " + MAX_NAMES + " names of services";
    if (services == null) {
      return List.of();
    }
    List<OsString> names = new ArrayList<>();
    for (JsonValue item : services.mustBe(Kind.ARRAY, allowed).items()) {
      String name = item.mustBe(Kind.STRING, allowed).text();
      if (name.isEmpty() || name.indexOf('\0') >= 0 || names.size() == MAX_NAMES) {
        throw item.wrong("it cannot be used", allowed);
      }
      names.add(OsString.of(name));
    }
    return names;
  }

  private static boolean truth(JsonValue value) throws JsonException {
    return value != null && value.mustBe(Kind.BOOLEAN, "write true or false").text().equals("true");
  }

  private static Optional<Signal> signal(JsonValue document, What what, JsonValue value)
      throws JsonException {
    String allowed = "write the name or the number of one, as a string: \"HUP\"";
    if (what != What.SIGNAL) {
      return Optional.empty();
    }
    if (value == null) {
      throw document.wrong("the member signal is missing", allowed);
    }
    Optional<Signal> signal = Signal.parse(value.mustBe(Kind.STRING, allowed).text());
    if (signal.isEmpty()) {
      throw value.wrong("no signal is called " + value.text(), allowed);
    }
    return signal;
  }

  private static Until until(JsonValue value) throws JsonException {
    if (value == null) {
      return Until.READY;
    }
    String allowed = "write ready or down";
    String word = value.mustBe(Kind.STRING, allowed).text();
    for (Until until : Until.values()) {
      if (until.word.equals(word)) {
        return until;
      }
    }
    throw value.wrong("nothing is called " + word, allowed);
  }
}
