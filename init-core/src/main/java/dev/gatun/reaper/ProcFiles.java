package dev.gatun.reaper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What /proc tells of this process's children and threads.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
final class ProcFiles {
  private static final byte[] NOTHING = {};

  private final Path proc;
  private final Path tasks;
  private final int self;

  /** Whether the kernel lists the children of threads (CONFIG_PROC_CHILDREN). */
  private final boolean childrenAreListed;

  ProcFiles(Path proc, int self) {
    this.proc = proc;
    this.tasks = proc.resolve("self/task");
    this.self = self;
    this.childrenAreListed = Files.exists(childrenOf(String.valueOf(self)));
  }

  private Path childrenOf(String thread) {
    return tasks.resolve(thread).resolve("children");
  }

  /** Whether this is the proc file system of this process's own pid namespace. */
  static boolean shows(Path proc, int self) {
    try {
      return Files.readSymbolicLink(proc.resolve("self")).toString().equals(String.valueOf(self));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The children among which the orphans are: those of the thread group's leader, or all of them
   * where the kernel does not tell them apart.
   *
   * @throws IOException when they cannot be listed now, for instance for want of descriptors
   */
  List<Integer> children() throws IOException {
    if (childrenAreListed) {
      return ProcText.pids(Files.readAllBytes(childrenOf(String.valueOf(self))));
    }
    List<Integer> children = new ArrayList<>();
    for (Path process : entries(proc)) {
      int pid = ProcText.pid(process.getFileName().toString());
      if (pid > 0 && ProcText.parent(read(process.resolve("stat"))) == self) {
        children.add(pid);
      }
    }
    return children;
  }

  /**
   * The children of all other threads, which this process has started itself: an orphan comes to
   * the leader.
   *
   * @throws IOException when the threads cannot be listed now
   */
  Set<Integer> childrenOfOtherThreads() throws IOException {
    Set<Integer> children = new HashSet<>();
    if (childrenAreListed) {
      for (Path thread : entries(tasks)) {
        String id = thread.getFileName().toString();
        if (ProcText.pid(id) != self) {
          children.addAll(ProcText.pids(read(childrenOf(id))));
        }
      }
    }
    return children;
  }

  /**
   * The processes that threads of this one are waiting for in the kernel, by the numbers of the
   * system calls and of waitid's way to name one process.
   *
   * @throws IOException when the threads cannot be listed now
   */
  Set<Integer> waitedFor(int wait4, int waitid, int onePid) throws IOException {
    Set<Integer> pids = new HashSet<>();
    for (Path thread : entries(tasks)) {
      byte[] call = read(thread.resolve("syscall"));
      pids.add(ProcText.waitedFor(call, wait4, waitid, onePid));
    }
    return pids;
  }

  /** When a process was started, in ticks since the machine's boot, or -1. */
  long startTicks(int pid) {
    return ProcText.startTicks(read(proc.resolve(String.valueOf(pid)).resolve("stat")));
  }

  /** The name of a process's program, or the empty text. */
  String command(int pid) {
    byte[] name = read(proc.resolve(String.valueOf(pid)).resolve("comm"));
    String text = new String(name, StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  /** What is in a file, or nothing: threads and processes end while they are looked at. */
  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      return NOTHING;
    }
  }
}
