package dev.gatun.plan;

import java.util.List;

/**
 * What an inittab says at some time.
 *
 * @param services all that its entries run
 * @param problems what is wrong with lines of it, which are left out
 */
public record InitEntries(List<Service> services, Runlevels runlevels, List<Problem> problems) {
  public InitEntries {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }

  /**
   * Something that is wrong with a line.
   *
   * @param file absolute
   * @param line from 1; 0 where no line makes sense
   */
  public record Problem(String file, int line, String text) {
    /** What is said of it, in the words that people know. */
    public String said() {
      return "INIT: " + file + (line > 0 ? "[" + line + "]" : "") + ": " + text;
    }
  }
}
