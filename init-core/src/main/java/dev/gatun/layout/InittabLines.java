package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.plan.InitEntries.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the lines of {@code /etc/inittab}, and of each {@code /etc/inittab.d/*.tab} the first one
 * that says something. What is wrong with a line is a problem, and the others go on.
 *
 * @see <a
 *     href="https://manpages.debian.org/bookworm/sysvinit-core/inittab.5.en.html">inittab(5)</a>
 */
final class InittabLines {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_ID = 4;
  private static final String SUFFIX = ".tab";

  /** The one id that may stand more than once. */
  private static final OsString REPEATABLE = OsString.of("~~");

  static final Set<String> OF_SYSVINIT =
      Set.of(
          "respawn",
          "wait",
          "once",
          "boot",
          "bootwait",
          "powerfail",
          "powerfailnow",
          "powerwait",
          "powerokwait",
          "ctrlaltdel",
          "off",
          "ondemand",
          "initdefault",
          "sysinit",
          "kbrequest");

  static final Set<String> OF_BUSYBOX =
      Set.of("sysinit", "wait", "once", "respawn", "askfirst", "shutdown", "restart", "ctrlaltdel");

  private final ProgramFiles files;
  private final OsString file;
  private final List<OsString[]> raw = new ArrayList<>();
  private final List<OsString> places = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final List<InittabLine> lines = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean isOfBusybox;

  InittabLines(ProgramFiles files, OsString file) {
    this.files = files;
    this.file = file;
  }

  /**
   * Reads them.
   *
   * @throws IOException when there is no inittab, or it cannot be read
   */
  void read() throws IOException {
    split(file, files.read(file, MAX_BYTES + 1), false);
    readMore();
    isOfBusybox = looksLikeBusybox();
    Set<OsString> ids = new HashSet<>();
    for (int i = 0; i < raw.size(); i++) {
      add(places.get(i), numbers.get(i), raw.get(i), ids);
    }
  }

  private void readMore() {
    OsString directory = file.concat(OsString.of(".d"));
    if (!files.isDirectory(directory)) {
      return;
    }
    try {
      for (OsString name : files.list(directory)) {
        boolean counts =
            name.length() > SUFFIX.length()
                && name.substring(name.length() - SUFFIX.length()).equals(OsString.of(SUFFIX));
        if (counts) {
          readOne(directory.resolve(name));
        }
      }
    } catch (IOException e) {
      problems.add(new Problem(directory.toString(), 0, "cannot be read: " + e.getMessage()));
    }
  }

  private void readOne(OsString path) {
    try {
      split(path, files.read(path, MAX_BYTES + 1), true);
    } catch (IOException e) {
      problems.add(new Problem(path.toString(), 0, "cannot be read: " + e.getMessage()));
    }
  }

  private void split(OsString path, byte[] bytes, boolean firstOnly) {
    if (bytes.length > MAX_BYTES) {
      problems.add(new Problem(path.toString(), 0, "longer than " + MAX_BYTES + " bytes"));
    }
    int number = 0;
    int from = 0;
    while (from < bytes.length) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      number++;
      OsString content = InittabLine.content(OsString.ofBytes(bytes, from, to - from));
      from = to + 1;
      if (!content.isEmpty()) {
        raw.add(InittabLine.fields(content));
        places.add(path);
        numbers.add(number);
        if (firstOnly) {
          return;
        }
      }
    }
  }

  /** BusyBox's ids are terminals, and most of its lines have none; sysvinit's always have one. */
  private boolean looksLikeBusybox() {
    for (OsString[] fields : raw) {
      boolean isOne =
          fields[3] != null
              && fields[0].isEmpty()
              && fields[1].isEmpty()
              && OF_BUSYBOX.contains(lower(fields[2]));
      if (isOne) {
        return true;
      }
    }
    return false;
  }

  private void add(OsString place, int number, OsString[] fields, Set<OsString> ids) {
    String problem = problem(fields);
    if (problem.isEmpty() && !isOfBusybox) {
      boolean isNew = ids.add(fields[0]) || fields[0].equals(REPEATABLE);
      problem = isNew ? "" : "duplicate ID field \"" + fields[0] + "\"";
    }
    if (problem.isEmpty()) {
      String action = lower(fields[2]);
      lines.add(new InittabLine(place, number, fields[0], fields[1], action, fields[3]));
    } else {
      problems.add(new Problem(place.toString(), number, problem));
    }
  }

  /** What is wrong with a line; empty when nothing is. */
  private String problem(OsString[] fields) {
    if (fields[0].isEmpty() && !isOfBusybox) {
      return "missing id field";
    }
    if (fields[1] == null) {
      return "missing runlevel field";
    }
    if (fields[2] == null) {
      return "missing action field";
    }
    if (fields[3] == null) {
      return "missing process field";
    }
    if (fields[0].length() > MAX_ID && !isOfBusybox) {
      return "id field too long (max " + MAX_ID + " characters)";
    }
    String action = lower(fields[2]);
    Set<String> known = isOfBusybox ? OF_BUSYBOX : OF_SYSVINIT;
    if (!known.contains(action)) {
      return fields[2] + ": unknown action field";
    }
    boolean runsNothing = action.equals("initdefault") || action.equals("off");
    return fields[3].isEmpty() && !runsNothing ? "missing process field" : "";
  }

  private static String lower(OsString word) {
    return word.toString().toLowerCase(Locale.ROOT);
  }

  /** Those that can be used, in order. */
  List<InittabLine> lines() {
    return lines;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Whether it is written in BusyBox's language. */
  boolean isOfBusybox() {
    return isOfBusybox;
  }
}
