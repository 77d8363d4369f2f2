package dev.gatun.journal;

import dev.gatun.model.Deadline;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** A value that was read from JSON, and Gatun's values in it: the reverse of {@link JsonOut}. */
record Node(Object value) {
  private static final int MAX_SIGNAL = 64;

  static Node parse(String json) throws JournalException {
    try {
      return new Node(JSON.std.anyFrom(json));
    } catch (JacksonException e) {
      throw new JournalException("not JSON: " + e.getOriginalMessage());
    }
  }

  static boolean isJson(String text) {
    try {
      parse(text);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  boolean has(String name) {
    return value instanceof Map<?, ?> map && map.containsKey(name);
  }

  /** The member of an object. */
  Node get(String name) throws JournalException {
    if (!has(name)) {
      throw new JournalException("the member " + name + " is missing");
    }
    return new Node(((Map<?, ?>) value).get(name));
  }

  private List<?> list() throws JournalException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected("an array");
  }

  int size() throws JournalException {
    return list().size();
  }

  /** The element of an array. */
  Node get(int index) throws JournalException {
    if (index >= size()) {
      throw new JournalException("an array ends after " + size() + " elements");
    }
    return new Node(list().get(index));
  }

  /** Elements are read by this. */
  interface Reader<T> {
    T read(Node node) throws JournalException;
  }

  /** The elements from {@code from} on, but for the last {@code without}. */
  <T> List<T> list(int from, int without, Reader<T> reader) throws JournalException {
    List<T> all = new ArrayList<>(size());
    for (int i = from; i < size() - without; i++) {
      all.add(reader.read(get(i)));
    }
    return all;
  }

  <T> List<T> list(Reader<T> reader) throws JournalException {
    return list(0, 0, reader);
  }

  boolean isNull() {
    return value == null;
  }

  String text() throws JournalException {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected("a string");
  }

  long number() throws JournalException {
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    throw unexpected("a whole number");
  }

  int smallNumber() throws JournalException {
    long number = number();
    if (number != (int) number) {
      throw unexpected("a number of 32 bits");
    }
    return (int) number;
  }

  boolean flag() throws JournalException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw unexpected("true or false");
  }

  /** The constant that is written like this. */
  <E extends Enum<E>> E constant(E[] constants) throws JournalException {
    for (E constant : constants) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw unexpected("one of " + List.of(constants));
  }

  OsString bytes() throws JournalException {
    return has("bytes")
        ? OsString.ofBytes(get("bytes").text().getBytes(StandardCharsets.ISO_8859_1))
        : OsString.of(text());
  }

  ServiceName service() throws JournalException {
    return new ServiceName(bytes());
  }

  Optional<ServiceName> optionalService() throws JournalException {
    return isNull() ? Optional.empty() : Optional.of(service());
  }

  Incarnation who() throws JournalException {
    for (Stage stage : Stage.values()) {
      if (stage.label().equals(get(1).value)) {
        return new Incarnation(get(0).service(), stage, get(2).number());
      }
    }
    throw get(1).unexpected("a stage");
  }

  OrphanId orphan() throws JournalException {
    return new OrphanId(get(0).number(), get(1).smallNumber());
  }

  Signal signal() throws JournalException {
    for (int number = 1; number <= MAX_SIGNAL; number++) {
      Signal signal = new Signal(number);
      if (signal.toString().equals(value)) {
        return signal;
      }
    }
    throw unexpected("a signal's name");
  }

  Deadline deadline() throws JournalException {
    return isNull() ? Deadline.NEVER : new Deadline(number());
  }

  ExitStatus status() throws JournalException {
    return switch (get(0).text()) {
      case "exited" -> new ExitStatus.Exited(get(1).smallNumber());
      case "killed" -> new ExitStatus.Signaled(get(1).signal(), get(2).flag());
      case "unknown" -> ExitStatus.Unknown.IT;
      default -> throw get(0).unexpected("exited, killed or unknown");
    };
  }

  JournalException unexpected(String expected) {
    String shown = String.valueOf(value);
    String found = shown.length() > 60 ? shown.substring(0, 60) + "..." : shown;
    return new JournalException(found + " stands where there should be " + expected);
  }
}
