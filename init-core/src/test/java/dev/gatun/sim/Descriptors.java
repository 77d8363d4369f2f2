package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Readiness;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** The init's open files, and which of them are watched and ready, as epoll keeps it. */
final class Descriptors {
  private static final int FIRST = 4;

  /** One end of a pipe. */
  record PipeEnd(SimPipe pipe, boolean reading) {}

  private record Open(Object file, Interest watched) {}

  private final List<Open> table = new ArrayList<>();
  private final Set<Integer> ready = new LinkedHashSet<>();
  private final IntPredicate isReady;
  private final History history;
  private final int limit;

  /**
   * @param limit how many may be open
   * @param isReady whether a descriptor is ready for what is wanted of it
   */
  Descriptors(int limit, History history, IntPredicate isReady) {
    this.limit = limit;
    this.history = history;
    this.isReady = isReady;
    for (int i = 0; i < FIRST; i++) {
      table.add(new Open("standard", null));
    }
  }

  /** The lowest free number, or EMFILE. */
  int open(Object file) {
    int lowest = FIRST;
    while (lowest < table.size() && table.get(lowest) != null) {
      lowest++;
    }
    if (lowest >= limit) {
      return -Errno.EMFILE;
    }
    if (lowest == table.size()) {
      table.add(null);
    }
    table.set(lowest, new Open(file, null));
    return lowest;
  }

  int openCount() {
    int count = 0;
    for (int i = FIRST; i < table.size(); i++) {
      count += table.get(i) == null ? 0 : 1;
    }
    return count;
  }

  boolean hasRoomFor(int count) {
    int free = limit - table.size();
    for (int i = FIRST; i < table.size(); i++) {
      free += table.get(i) == null ? 1 : 0;
    }
    return free >= count;
  }

  /** The file, or null when the descriptor is not open, which is noted. */
  Object file(int descriptor, String use) {
    Open open = descriptor >= FIRST && descriptor < table.size() ? table.get(descriptor) : null;
    if (open == null) {
      history.violated(use + " of descriptor " + descriptor + ", which is not open");
      return null;
    }
    return open.file();
  }

  /** The file it was, or null when it was not open, which is noted. */
  Object close(int descriptor) {
    Object file = file(descriptor, "close");
    if (file != null) {
      if (table.get(descriptor).watched() != null) {
        history.violated("close of descriptor " + descriptor + " while it is watched");
      }
      table.set(descriptor, null);
      ready.remove(descriptor);
    }
    return file;
  }

  int watch(int descriptor, Interest interest) {
    Object file = file(descriptor, "watch");
    if (file == null) {
      return -Errno.EBADF;
    }
    if (table.get(descriptor).watched() != null) {
      history.violated("watch of descriptor " + descriptor + ", which is watched");
      return -Errno.EPERM;
    }
    table.set(descriptor, new Open(file, interest));
    changed(descriptor);
    return 0;
  }

  int unwatch(int descriptor) {
    Object file = file(descriptor, "unwatch");
    if (file == null) {
      return -Errno.EBADF;
    }
    if (table.get(descriptor).watched() == null) {
      history.violated("unwatch of descriptor " + descriptor + ", which is not watched");
      return -Errno.ENOENT;
    }
    table.set(descriptor, new Open(file, null));
    ready.remove(descriptor);
    return 0;
  }

  /** To be called when a file may have become ready. */
  void changed(int descriptor) {
    if (descriptor >= 0 && isWatched(descriptor) && isReady.test(descriptor)) {
      ready.add(descriptor);
    }
  }

  private boolean isWatched(int descriptor) {
    return descriptor < table.size()
        && table.get(descriptor) != null
        && table.get(descriptor).watched() != null;
  }

  /** Whether anything is ready; what no longer is leaves the list. */
  boolean anyReady() {
    Iterator<Integer> all = ready.iterator();
    while (all.hasNext()) {
      if (isReady.test(all.next())) {
        return true;
      }
      all.remove();
    }
    return false;
  }

  /** Level-triggered: what was reported goes to the end of the list and stays while it is ready. */
  int report(Readiness into) {
    List<Integer> reported = new ArrayList<>();
    Iterator<Integer> all = ready.iterator();
    while (all.hasNext() && reported.size() < into.capacity()) {
      int descriptor = all.next();
      all.remove();
      if (isReady.test(descriptor)) {
        into.set(reported.size(), descriptor);
        reported.add(descriptor);
      }
    }
    ready.addAll(reported);
    return reported.size();
  }

  Object peek(int descriptor) {
    return table.get(descriptor).file();
  }
}
