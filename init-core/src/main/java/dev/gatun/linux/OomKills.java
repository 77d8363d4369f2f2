package dev.gatun.linux;

import java.nio.charset.StandardCharsets;

/**
 * How many processes the kernel has killed because the container's limit of memory was reached, as
 * the cgroup of this process counts them.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">memory.events</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">memory.oom_control</a>
 */
final class OomKills {
  private static final int MAX_BYTES = 16 * 1024;
  private static final String KEY = "oom_kill ";

  private final String proc;
  private final String groups;

  /** What a later count is compared with. */
  private long before;

  /** Whether the cgroup is the root of all that this process sees. */
  private boolean isOwn;

  /** Whether there was a count before. */
  private boolean isBegun;

  OomKills() {
    this("/proc/self/cgroup", "/sys/fs/cgroup");
  }

  /**
   * @param proc the file that names this process's cgroups
   * @param groups where these are
   */
  OomKills(String proc, String groups) {
    this.proc = proc;
    this.groups = groups;
  }

  /**
   * Whether there are more than when this was asked before. The first time there are more than none
   * where the cgroup is the container's own, which begins with it; elsewhere nothing is known yet.
   */
  boolean hasGrown() {
    long count = count();
    boolean hasGrown = isBegun ? count > before : count > 0 && isOwn;
    isBegun = true;
    before = count;
    return hasGrown;
  }

  /** The count, or -1 where it cannot be known. */
  long count() {
    long count = -1;
    for (String line : text(proc).split("\n")) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && count < 0) {
        if (fields[1].isEmpty()) {
          count = count(groups, fields[2], "memory.events");
        } else if (("," + fields[1] + ",").contains(",memory,")) {
          count = count(groups + "/memory", fields[2], "memory.oom_control");
        }
      }
    }
    return count;
  }

  /** A container sees its own cgroup as the root, and may be told another path for it. */
  private long count(String root, String path, String file) {
    long count = path.equals("/") ? -1 : number(text(root + path + "/" + file));
    isOwn = count < 0;
    return isOwn ? number(text(root + "/" + file)) : count;
  }

  private static long number(String text) {
    for (String line : text.split("\n")) {
      if (line.startsWith(KEY)) {
        return ProcFile.number(line.substring(KEY.length()), 10, -1);
      }
    }
    return -1;
  }

  private static String text(String path) {
    return new String(ProcFile.read(path, MAX_BYTES), StandardCharsets.ISO_8859_1);
  }
}
