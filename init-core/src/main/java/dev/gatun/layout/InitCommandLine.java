package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.plan.Runlevels;
import java.util.List;

/**
 * What an init is told by its own command line, in sysvinit's words.
 *
 * @param level the runlevel that is entered first; empty where the inittab says it
 * @param emergency whether a shell comes before everything else
 * @param automatic whether programs are told that nobody is there
 */
public record InitCommandLine(String level, boolean emergency, boolean automatic) {
  public static final InitCommandLine NONE = new InitCommandLine("", false, false);

  /** Words that mean nothing are for others, and are passed over. */
  public static InitCommandLine of(List<OsString> words) {
    String level = "";
    boolean emergency = false;
    boolean automatic = false;
    for (OsString word : words) {
      String text = word.toString();
      switch (text) {
        case "single", "-s", "s", "S" -> level = Runlevels.SINGLE;
        case "-b", "emergency" -> emergency = true;
        case "-a", "auto" -> automatic = true;
        default -> level = Runlevels.isLevel(text) ? text : level;
      }
    }
    return new InitCommandLine(level, emergency, automatic);
  }
}
