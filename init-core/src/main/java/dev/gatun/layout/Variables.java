package dev.gatun.layout;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values of environment variables, checked. A variable that is set but empty counts as unset. Where
 * findings are collected, one with a wrong value counts as unset, too.
 */
final class Variables {
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** About thirty years: longer is a mistake. */
  private static final long MAX_SECONDS = 999_999_999;

  private static final String SECONDS = "a whole number of seconds, 0 to " + MAX_SECONDS;

  private final Environment environment;
  private final OsString workingDirectory;
  private final Findings findings;

  /**
   * @param workingDirectory absolute; what relative paths are relative to
   */
  Variables(Environment environment, OsString workingDirectory, Findings findings) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.findings = findings;
  }

  Environment environment() {
    return environment;
  }

  OsString workingDirectory() {
    return workingDirectory;
  }

  Findings findings() {
    return findings;
  }

  /** These of another environment. */
  Variables of(Environment other) {
    return new Variables(other, workingDirectory, findings);
  }

  boolean isSet(String name) {
    OsString value = environment.get(name);
    return value != null && !value.isEmpty();
  }

  /** The value, or {@code otherwise}. */
  OsString get(String name, OsString otherwise) {
    OsString value = environment.get(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  /** The value as an absolute path. */
  OsString path(String name, OsString otherwise) {
    return workingDirectory.resolveAbsolute(get(name, otherwise));
  }

  /** Whole seconds, in nanoseconds. */
  long secondsAsNanos(String name, long otherwiseNanos) throws LayoutException {
    OsString value = get(name, null);
    if (value == null) {
      return otherwiseNanos;
    }
    long seconds = number(value, MAX_SECONDS);
    if (seconds < 0) {
      refuse(name, SECONDS);
      return otherwiseNanos;
    }
    return seconds * NANOS_A_SECOND;
  }

  /** A number of bytes. */
  long bytes(String name, long otherwise, long least, long most) throws LayoutException {
    return number(name, otherwise, least, most, "a number of bytes");
  }

  /**
   * A number.
   *
   * @param what it counts, for people: "a number of milliseconds"
   */
  long number(String name, long otherwise, long least, long most, String what)
      throws LayoutException {
    OsString value = get(name, null);
    if (value == null) {
      return otherwise;
    }
    long number = number(value, most);
    if (number < least) {
      refuse(name, what + ", " + least + " to " + most);
      return otherwise;
    }
    return number;
  }

  /** Names of signals with blanks between them; none where nothing is set. */
  List<Signal> signals(String name) throws LayoutException {
    OsString value = get(name, null);
    if (value == null) {
      return List.of();
    }
    List<Signal> signals = new ArrayList<>();
    for (String word : value.toString().split(" ")) {
      Optional<Signal> signal = Signal.parse(word);
      if (signal.isPresent() && signal.get().canBeHeard()) {
        signals.add(signal.get());
      } else if (!word.isEmpty()) {
        refuse(name, "names of signals that a program can get, as USR1 or SIGHUP, with blanks");
        return List.of();
      }
    }
    return signals;
  }

  /** The number that the digits are, or -1 when it is none or more than {@code most}. */
  private static long number(OsString digits, long most) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.byteAt(i) - '0';
      if (digit < 0 || digit > 9 || number > most) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number > most ? -1 : number;
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
    refuse(name, list.toString());
    return otherwise;
  }

  /**
   * Tells that the value cannot be used.
   *
   * @param allowed what it may be
   * @throws LayoutException at a start
   */
  void refuse(String name, String allowed) throws LayoutException {
    OsString value = environment.get(name);
    findings.refuse(
        Finding.error(
            "variable",
            OsString.of(name),
            0,
            "its value " + value + " cannot be used",
            "set it to " + allowed + ", or unset it"),
        "cannot use " + name + "=" + value);
  }
}
