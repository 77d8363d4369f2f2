package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What small files beside a program say about it, one value each.
 *
 * @param notificationFd the descriptor on which a newline means that it is ready; {@link #NONE}
 *     where it has no way to say so
 * @param killAfterMillis how long it may take to stop; 0 for as long as it likes, as the others
 * @param finishMillis how long its finish program may take
 * @param upMillis how long it may take to be up
 * @param downMillis how long it may take to be down
 * @see <a href="https://skarnet.org/software/s6/servicedir.html">service directories</a>
 */
record S6Parameters(
    int notificationFd,
    long killAfterMillis,
    long finishMillis,
    long upMillis,
    long downMillis,
    Signal downSignal) {
  static final int NONE = -1;

  private static final int LEAST_DESCRIPTOR = 3;
  private static final int MOST_DESCRIPTOR = 1023;
  private static final int MAX_BYTES = 64;
  private static final long MAX_MILLIS = 999_999_999;
  private static final long DEFAULT_FINISH_MILLIS = 5000;

  /**
   * Reads them.
   *
   * @throws LayoutException at a start, when one cannot be used
   */
  static S6Parameters read(FileTree files, OsString directory, Findings findings)
      throws LayoutException {
    Reader reader = new Reader(files, directory, findings);
    return new S6Parameters(
        (int) reader.number("notification-fd", NONE, LEAST_DESCRIPTOR, MOST_DESCRIPTOR),
        reader.number("timeout-kill", 0, 0, MAX_MILLIS),
        reader.number("timeout-finish", DEFAULT_FINISH_MILLIS, 0, MAX_MILLIS),
        reader.number("timeout-up", 0, 0, MAX_MILLIS),
        reader.number("timeout-down", 0, 0, MAX_MILLIS),
        reader.signal("down-signal"));
  }

  /** Those of a service in whose directory none can be used. */
  static S6Parameters usual() {
    return new S6Parameters(NONE, 0, DEFAULT_FINISH_MILLIS, 0, 0, Signal.TERM);
  }

  private record Reader(FileTree files, OsString directory, Findings findings) {

    /** The first word of a file; nothing where there is no such file. */
    private Optional<String> word(String name) throws LayoutException {
      OsString path = directory.resolve(name);
      if (!files.exists(path)) {
        return Optional.empty();
      }
      try {
        byte[] content = files.read(path, MAX_BYTES);
        return Optional.of(new String(content, StandardCharsets.ISO_8859_1).strip());
      } catch (IOException e) {
        findings.refuse(
            Finding.error(
                "unreadable", path, 0, e.getMessage(), "let this user read it, or remove it"));
        return Optional.empty();
      }
    }

    long number(String name, long otherwise, long least, long most) throws LayoutException {
      Optional<String> word = word(name);
      if (word.isEmpty()) {
        return otherwise;
      }
      long number = 0;
      boolean isNumber = !word.get().isEmpty();
      for (int i = 0; i < word.get().length(); i++) {
        int digit = word.get().charAt(i) - '0';
        isNumber &= digit >= 0 && digit <= 9 && number <= most;
        number = isNumber ? number * 10 + digit : 0;
      }
      if (isNumber && number >= least && number <= most) {
        return number;
      }
      refuse(name, word.get(), "a number, " + least + " to " + most);
      return otherwise;
    }

    Signal signal(String name) throws LayoutException {
      Optional<String> word = word(name);
      if (word.isEmpty()) {
        return Signal.TERM;
      }
      Optional<Signal> signal = Signal.parse(word.get());
      if (signal.isEmpty()) {
        refuse(name, word.get(), "a signal's name or number, as SIGQUIT");
      }
      return signal.orElse(Signal.TERM);
    }

    private void refuse(String name, String value, String allowed) throws LayoutException {
      findings.refuse(
          Finding.error(
              "bad-value",
              directory.resolve(name),
              1,
              "it says " + OsString.of(value),
              "write " + allowed + ", or remove it"));
    }
  }
}
