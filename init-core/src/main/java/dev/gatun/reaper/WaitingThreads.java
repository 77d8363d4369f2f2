package dev.gatun.reaper;

import java.util.HashSet;
import java.util.Set;

/**
 * The JDK's threads that wait for one process each, by their names: so they can be found where the
 * kernel does not tell what a thread does, and a moment before they wait. Older JDKs do not name
 * the process.
 */
final class WaitingThreads {
  private static final String BEFORE = "process reaper (pid ";
  private static final String BEHIND = ")";

  private WaitingThreads() {}

  static Set<Integer> pids() {
    Set<Integer> pids = new HashSet<>();
    for (Thread thread : threads()) {
      if (thread != null) {
        pids.add(pid(thread.getName()));
      }
    }
    return pids;
  }

  /** The process that a thread of that name waits for, or 0. */
  static int pid(String name) {
    return name.startsWith(BEFORE) && name.endsWith(BEHIND)
        ? ProcText.pid(name.substring(BEFORE.length(), name.length() - BEHIND.length()))
        : 0;
  }

  /** All platform threads; unlike their stack traces these can be had without stopping any. */
  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    while (root.enumerate(threads, true) == threads.length) {
      threads = new Thread[threads.length * 2];
    }
    return threads;
  }
}
