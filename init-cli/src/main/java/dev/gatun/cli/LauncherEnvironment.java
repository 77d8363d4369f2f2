package dev.gatun.cli;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher does to the environment, and its undoing. Variables that are meant for the
 * user's JVMs must not reach Gatun's own, so the launcher sets them aside under other names; the
 * services get them back.
 */
final class LauncherEnvironment {
  /**
   * Moves HotSpot's own signal from USR2, which is for the services, to STKFLT, which nobody uses.
   */
  private static final String SUSPEND_SIGNAL = "_JAVA_SR_SIGNUM";

  /** Where the launcher's first line puts {@code JDK_JAVA_OPTIONS}. */
  static final String JAVA_OPTIONS_ASIDE = "2";

  /**
   * Says that Gatun has executed itself anew: a name that a shell in between does not drop. Its
   * value is the set of signals that were blocked before that, in hexadecimal digits.
   */
  private static final String RELAUNCHED = "_GATUN_RELAUNCHED";

  private static final OsString LIBRARY_PATH = OsString.of("LD_LIBRARY_PATH=");

  private static final String[] MEANT_FOR_SERVICES = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"
  };

  /** Names that no shell can make and the launcher's first line has room for. */
  private static final String[] SET_ASIDE = {"1", JAVA_OPTIONS_ASIDE, "3"};

  /** The same where Gatun sets them aside itself: a JVM may be started by a shell script. */
  private static final String[] SET_ASIDE_ANEW = {"_GATUN_1", "_GATUN_2", "_GATUN_3"};

  private LauncherEnvironment() {}

  /**
   * What the launcher's first line does, done by Gatun itself; order and emptiness are kept.
   *
   * @param blockedSignals what a command is to start with, each a bit
   */
  static Environment setAside(Environment given, long blockedSignals) {
    OsString[] from = beginnings(MEANT_FOR_SERVICES);
    OsString[] to = beginnings(SET_ASIDE_ANEW);
    List<OsString> entries = new ArrayList<>();
    for (OsString entry : given.entries()) {
      entries.add(renamed(entry, from, to));
    }
    return new Environment(entries)
        .with(SUSPEND_SIGNAL, OsString.of("16"))
        .with(RELAUNCHED, OsString.of(Long.toHexString(blockedSignals)));
  }

  /** The signals that were blocked before the launcher blocked all: none where nobody knows. */
  static long blockedSignals(Environment environment) {
    OsString digits = environment.get(RELAUNCHED);
    return digits == null ? 0 : Long.parseUnsignedLong(digits.toString(), 16);
  }

  static boolean isRelaunched(Environment environment) {
    return environment.get(RELAUNCHED) != null;
  }

  /**
   * What the services are given: the environment that the launcher was given. The launcher's first
   * line cannot tell a variable that is empty from one that is not set; it is taken for the latter.
   */
  static Environment restore(Environment environment) {
    boolean exact = isRelaunched(environment);
    OsString[] from = beginnings(exact ? SET_ASIDE_ANEW : SET_ASIDE);
    OsString[] to = beginnings(MEANT_FOR_SERVICES);
    List<OsString> entries = new ArrayList<>();
    for (OsString entry : environment.entries()) {
      OsString original = renamed(entry, from, to);
      boolean unset = original != entry && original.indexOf('=') == original.length() - 1;
      if (exact || !unset) {
        entries.add(withoutJavasOwnDirectories(original));
      }
    }
    return new Environment(entries).without(SUSPEND_SIGNAL).without(RELAUNCHED);
  }

  /**
   * Where the path of libraries leads to a libjvm.so, java puts its own directories in front and
   * executes itself anew. A service would load Gatun's JVM in the place of the one that it was
   * given.
   */
  private static OsString withoutJavasOwnDirectories(OsString entry) {
    if (!entry.startsWith(LIBRARY_PATH)) {
      return entry;
    }
    String lib = System.getProperty("java.home") + "/lib";
    OsString front = LIBRARY_PATH.concat(OsString.of(lib + "/server:" + lib + ":"));
    if (!entry.startsWith(front)) {
      return entry;
    }
    OsString rest = entry.substring(front.length());
    OsString third = OsString.of(System.getProperty("java.home") + "/../lib:");
    return LIBRARY_PATH.concat(rest.startsWith(third) ? rest.substring(third.length()) : rest);
  }

  /** What the entries of these variables begin with. */
  private static OsString[] beginnings(String[] names) {
    OsString[] beginnings = new OsString[names.length];
    for (int i = 0; i < names.length; i++) {
      beginnings[i] = OsString.of(names[i] + "=");
    }
    return beginnings;
  }

  private static OsString renamed(OsString entry, OsString[] from, OsString[] to) {
    for (int i = 0; i < from.length; i++) {
      if (entry.startsWith(from[i])) {
        return to[i].concat(entry.substring(from[i].length()));
      }
    }
    return entry;
  }
}
