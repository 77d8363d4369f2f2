package dev.gatun.pattern;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.jr.ob.JSON;

/**
 * What operators make of text, where it has to be merged: text, finished JSON, null, arrays and
 * objects.
 */
final class Values {
  /** Text that an operator can go on with. */
  record Text(byte[] bytes) {}

  /** A number, a truth value, or null. */
  record Finished(byte[] json) {}

  /** What optional makes of an empty text. */
  static final Object NOTHING = new Object();

  private static final Finished NULL = new Finished(new byte[] {'n', 'u', 'l', 'l'});
  private static final String NO_OBJECT = "is no JSON object";

  private final JsonBuffer scratch = new JsonBuffer();

  /**
   * Applies an operator.
   *
   * @throws OperatorFailure when the value is nothing for it
   */
  Object apply(Operator operator, Object value) throws OperatorFailure {
    return switch (operator.kind()) {
      case Operator.OBJECT -> value == NOTHING ? value : wrapped(operator.path(), value);
      case Operator.ARRAY -> array(value);
      default -> value == NOTHING || value == NULL ? value : applyToText(operator, value);
    };
  }

  private Object applyToText(Operator operator, Object value) throws OperatorFailure {
    if (!(value instanceof Text text)) {
      throw new OperatorFailure("is not text any more for " + operator.name());
    }
    byte[] bytes = text.bytes();
    return switch (operator.kind()) {
      case Operator.NULL -> bytes.length == 0 ? NULL : value;
      case Operator.OPTIONAL -> bytes.length == 0 ? NOTHING : value;
      case Operator.JSON -> object(bytes);
      default -> converted(operator, bytes);
    };
  }

  private static Map<String, Object> wrapped(String[] path, Object value) {
    Object inner = value;
    Map<String, Object> object = Map.of();
    for (int i = path.length - 1; i >= 0; i--) {
      object = new LinkedHashMap<>();
      object.put(path[i], inner);
      inner = object;
    }
    return object;
  }

  private static List<Object> array(Object value) {
    List<Object> array = new ArrayList<>();
    if (value != NOTHING) {
      array.add(value);
    }
    return array;
  }

  private Object converted(Operator operator, byte[] text) throws OperatorFailure {
    Conversion conversion = operator.conversion();
    scratch.clear();
    if (!conversion.write(text, 0, text.length, scratch)) {
      throw new OperatorFailure(conversion.problem() + ", as " + operator.name() + " asks");
    }
    return conversion.givesText()
        ? new Text(Arrays.copyOfRange(scratch.bytes, 1, scratch.length - 1))
        : new Finished(Arrays.copyOf(scratch.bytes, scratch.length));
  }

  /** What is nested too deeply for the stack of a small JVM is no object, either. */
  private static Map<String, Object> object(byte[] text) throws OperatorFailure {
    try (JsonParser parser = JSON.std.createParser(new String(text, StandardCharsets.UTF_8))) {
      Object parsed = JSON.std.anyFrom(parser);
      if (parsed instanceof Map<?, ?> object && parser.nextToken() == null) {
        return object(object);
      }
      throw new OperatorFailure(NO_OBJECT);
    } catch (JacksonException | StackOverflowError e) {
      throw new OperatorFailure(NO_OBJECT);
    }
  }

  private static Map<String, Object> object(Map<?, ?> parsed) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : parsed.entrySet()) {
      object.put((String) member.getKey(), value(member.getValue()));
    }
    return object;
  }

  private static Object value(Object parsed) {
    if (parsed instanceof Map<?, ?> object) {
      return object(object);
    }
    if (parsed instanceof List<?> list) {
      List<Object> array = new ArrayList<>();
      for (Object element : list) {
        array.add(value(element));
      }
      return array;
    }
    if (parsed instanceof String text) {
      return new Text(text.getBytes(StandardCharsets.UTF_8));
    }
    if (parsed instanceof Double || parsed instanceof Float) {
      JsonBuffer number = new JsonBuffer();
      FloatConversion.write(((Number) parsed).doubleValue(), number);
      return new Finished(Arrays.copyOf(number.bytes, number.length));
    }
    return parsed == null
        ? NULL
        : new Finished(parsed.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends a value as JSON. */
  static void write(Object value, JsonBuffer out) {
    if (value instanceof Map<?, ?> object) {
      out.raw('{');
      writeMembers(object, out);
      out.raw('}');
    } else if (value instanceof List<?> array) {
      out.raw('[');
      boolean isFirst = true;
      for (Object element : array) {
        if (!isFirst) {
          out.raw(',');
        }
        isFirst = false;
        write(element, out);
      }
      out.raw(']');
    } else if (value instanceof Text text) {
      out.text(text.bytes(), 0, text.bytes().length);
    } else {
      out.raw(((Finished) value).json());
    }
  }

  /** Appends the members of an object, without braces. */
  static void writeMembers(Map<?, ?> object, JsonBuffer out) {
    boolean isFirst = true;
    for (Map.Entry<?, ?> member : object.entrySet()) {
      if (!isFirst) {
        out.raw(',');
      }
      isFirst = false;
      byte[] name = ((String) member.getKey()).getBytes(StandardCharsets.UTF_8);
      out.text(name, 0, name.length);
      out.raw(':');
      write(member.getValue(), out);
    }
  }
}
