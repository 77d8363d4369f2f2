package dev.gatun.layout;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;

/** Values of environment variables, checked. A variable that is set but empty counts as unset. */
final class Variables {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** About thirty years: longer is a mistake. */
  private static final long MAX_SECONDS = 999_999_999;

  private final Environment environment;

  Variables(Environment environment) {
    this.environment = environment;
  }

  /** The value, or {@code otherwise}. */
  OsString get(String name, OsString otherwise) {
    OsString value = environment.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** Whole seconds, in nanoseconds. */
  long secondsAsNanos(String name, long otherwiseNanos) throws LayoutException {
    OsString value = get(name, null);
    return value == null ? otherwiseNanos : seconds(name, value) * NANOS_A_SECOND;
  }

  private static long seconds(String name, OsString value) throws LayoutException {
    long seconds = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.byteAt(i) - '0';
      if (digit < 0 || digit > 9 || seconds > MAX_SECONDS) {
        throw wrong(name, value, "a whole number of seconds, 0 to " + MAX_SECONDS);
      }
      seconds = seconds * 10 + digit;
    }
    if (seconds > MAX_SECONDS) {
      throw wrong(name, value, "a whole number of seconds, 0 to " + MAX_SECONDS);
    }
    return seconds;
  }

  /** A number of bytes. */
  long bytes(String name, long otherwise, long least, long most) throws LayoutException {
    OsString value = get(name, null);
    if (value == null) {
      return otherwise;
    }
    long bytes = 0;
    boolean number = true;
    for (int i = 0; i < value.length() && number; i++) {
      int digit = value.byteAt(i) - '0';
      number = digit >= 0 && digit <= 9 && bytes <= most;
      bytes = bytes * 10 + digit;
    }
    if (!number || bytes < least || bytes > most) {
      throw wrong(name, value, "a number of bytes, " + least + " to " + most);
    }
    return bytes;
  }

  /** The place of the value among {@code allowed}, or {@code otherwise}. */
  int choice(String name, int otherwise, String... allowed) throws LayoutException {
    OsString value = get(name, null);
    if (value == null) {
      return otherwise;
    }
    StringBuilder list = new StringBuilder("one of");
    for (int i = 0; i < allowed.length; i++) {
      if (value.equals(OsString.of(allowed[i]))) {
        return i;
      }
      list.append(i == 0 ? " " : ", ").append(allowed[i]);
    }
    throw wrong(name, value, list.toString());
  }

  static LayoutException wrong(String name, OsString value, String allowed) {
    return new LayoutException(
        new EngineVariables.WrongVariable(
            OsString.of(name), value, "set it to " + allowed + ", or unset it"));
  }
}
