package dev.gatun.reaper;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Looks at the children now and then, and tells orphans from processes that somebody waits for.
 *
 * <p>A child belongs to the thread that has forked it, and when that ends to another one, in
 * practice the thread group's leader, to whom the orphans come too. So being a child of the leader
 * says little. A child is reaped, by its own number, only if at each look of a grace it is a
 * zombie, a child of the leader that was never seen under another thread, nobody in this process
 * waits for it, and nobody has claimed it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
final class Looks {
  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final long PAUSE_NANOS = NANOS_A_SECOND;

  /** Where no child has ended, the other threads' children are looked at less often. */
  private static final long PAUSE_OF_STARTED_NANOS = 5 * NANOS_A_SECOND;

  private final NativeCalls calls;
  private final ProcFiles files;
  private final IntPredicate isClaimed;
  private final Grace grace;

  /** Children that were seen under another thread than the leader: this process started them. */
  private final Set<Integer> started = new HashSet<>();

  private long startedDueNanos;

  Looks(NativeCalls calls, ProcFiles files, long graceNanos, IntPredicate isClaimed) {
    this.calls = calls;
    this.files = files;
    this.isClaimed = isClaimed;
    this.grace = new Grace(graceNanos);
    this.startedDueNanos = System.nanoTime();
    grace.expect(startedDueNanos);
  }

  /** How many zombies wait for their grace to be over. */
  int pending() {
    return grace.pending();
  }

  /** The pause before the next look, which is expected then. */
  long pauseNanos() {
    long pause = grace.pending() > 0 ? Math.min(PAUSE_NANOS, grace.pauseNanos()) : PAUSE_NANOS;
    grace.expect(System.nanoTime() + pause);
    return pause;
  }

  /** The zombies among the children that nobody will ever wait for. */
  List<Zombie> orphans() throws IOException {
    List<Integer> children = files.children();
    List<Integer> ended = new ArrayList<>();
    for (int pid : children) {
      if (!isClaimed.test(pid) && calls.isZombie(pid)) {
        ended.add(pid);
      }
    }
    long nowNanos = System.nanoTime();
    if (!ended.isEmpty() || nowNanos - startedDueNanos >= 0) {
      rememberStarted(children);
      startedDueNanos = nowNanos + PAUSE_OF_STARTED_NANOS;
    }
    List<Zombie> found = new ArrayList<>();
    if (!ended.isEmpty()) {
      Set<Integer> others = new HashSet<>(started);
      others.addAll(NativeCalls.waitedFor(files));
      others.addAll(WaitingThreads.pids());
      for (int pid : ended) {
        if (!others.contains(pid)) {
          found.add(new Zombie(pid, files.startTicks(pid)));
        }
      }
    }
    return grace.look(nowNanos, found);
  }

  /** A number that is nobody's child any more may come again, as another process's. */
  private void rememberStarted(List<Integer> children) throws IOException {
    Set<Integer> elsewhere = files.childrenOfOtherThreads();
    started.retainAll(new HashSet<>(children));
    started.addAll(elsewhere);
  }

  /** Reaps one of {@link #orphans}; null if it was claimed or waited for in the last moment. */
  Orphan reap(Zombie zombie) {
    String command = files.command(zombie.pid());
    Instant began = calls.instant(zombie.startTicks());
    boolean reaped = !isClaimed.test(zombie.pid()) && calls.reap(zombie.pid());
    return reaped ? calls.orphan(command, began) : null;
  }
}
