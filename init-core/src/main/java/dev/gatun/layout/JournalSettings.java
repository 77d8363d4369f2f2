package dev.gatun.layout;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;

/**
 * Where the journal is to go.
 *
 * @param file its path, absolute; empty where a descriptor stands in for it
 * @param descriptor to write to, or {@link #NO_DESCRIPTOR}
 * @param maxBytes of the file and its older part together
 */
public record JournalSettings(OsString file, int descriptor, long maxBytes) {
  /** Names the journal; a container without it keeps none. */
  public static final String VARIABLE = "GATUN_JOURNAL";

  static final String MAX_VARIABLE = "GATUN_JOURNAL_MAX";
  public static final int NO_DESCRIPTOR = -1;

  private static final OsString PREFIX = OsString.of("fd:");
  private static final int FIRST_DESCRIPTOR = 3;
  private static final int MAX_DIGITS = 7;
  private static final long DEFAULT_BYTES = 16 * 1024 * 1024;
  private static final long LEAST_BYTES = 64 * 1024;
  private static final long MOST_BYTES = 1L << 40;

  /**
   * Reads the variables; the first must be set.
   *
   * @param workingDirectory absolute; what a relative path is relative to
   * @throws LayoutException when a value is unusable
   */
  public static JournalSettings read(Environment environment, OsString workingDirectory)
      throws LayoutException {
    Variables variables = new Variables(environment, workingDirectory, Findings.AT_START);
    long maxBytes = readMaxBytes(variables);
    int descriptor = readTarget(variables);
    return descriptor == NO_DESCRIPTOR
        ? new JournalSettings(variables.path(VARIABLE, null), NO_DESCRIPTOR, maxBytes)
        : new JournalSettings(OsString.of(""), descriptor, maxBytes);
  }

  /** Has all that is wrong with these variables told. */
  static void check(Variables variables) throws LayoutException {
    readTarget(variables);
    readMaxBytes(variables);
  }

  /** The descriptor, if there is one. */
  private static int readTarget(Variables variables) throws LayoutException {
    OsString value = variables.get(VARIABLE, OsString.of(""));
    return value.startsWith(PREFIX) ? readDescriptor(variables, value) : NO_DESCRIPTOR;
  }

  private static long readMaxBytes(Variables variables) throws LayoutException {
    return variables.bytes(MAX_VARIABLE, DEFAULT_BYTES, LEAST_BYTES, MOST_BYTES);
  }

  /** 0 to 2 are the services' output, which the journal's lines would break up. */
  private static int readDescriptor(Variables variables, OsString value) throws LayoutException {
    int descriptor = 0;
    int digits = value.length() - PREFIX.length();
    boolean number = digits > 0 && digits <= MAX_DIGITS;
    for (int i = PREFIX.length(); i < value.length() && number; i++) {
      int digit = value.byteAt(i) - '0';
      number = digit >= 0 && digit <= 9;
      descriptor = descriptor * 10 + digit;
    }
    if (!number || descriptor < FIRST_DESCRIPTOR) {
      variables.refuse(VARIABLE, "a file's path, or to fd:NUMBER of an open descriptor from 3 on");
    }
    return descriptor;
  }
}
