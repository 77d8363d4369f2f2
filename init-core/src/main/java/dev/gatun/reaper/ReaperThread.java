package dev.gatun.reaper;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The life of a reaper: one thread, which makes all its calls of C. */
final class ReaperThread {
  private static final Path PROC = Path.of("/proc");

  /** The one that there may be in a JVM: it reaps for all who use the JVM. */
  private static final AtomicReference<ReaperThread> THE_ONE = new AtomicReference<>();

  private final OrphanReaper.Setup setup;
  private final Consumer<Orphan> listener;
  private final Set<Integer> claims = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;

  private volatile boolean active;
  private volatile long reaped;
  private volatile int pending;

  private NativeCalls calls;
  private Looks looks;
  private boolean isSubreaperByUs;

  ReaperThread(OrphanReaper.Setup setup, Consumer<Orphan> listener) {
    this.setup = setup;
    this.listener = listener;
    this.thread =
        Thread.ofPlatform()
            .name("gatun-orphan-reaper")
            .daemon()
            .inheritInheritableThreadLocals(false)
            .unstarted(this::live);
  }

  /** Starts the thread, and tells what keeps it from its work. */
  void begin() {
    if (!THE_ONE.compareAndSet(null, this)) {
      throw new IllegalStateException(
          "cannot start an orphan reaper: this JVM has one already: use that one, or close it"
              + " before");
    }
    try {
      thread.start();
    } catch (Throwable thrown) {
      THE_ONE.set(null);
      throw thrown;
    }
    try {
      begun.join();
    } catch (CompletionException e) {
      throw unchecked(e.getCause());
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  Set<Integer> claims() {
    return claims;
  }

  boolean isActive() {
    return active;
  }

  long reaped() {
    return reaped;
  }

  long pending() {
    return pending;
  }

  /** Whoever is told of orphans by the thread cannot wait for its end. */
  void end() {
    ending.countDown();
    if (Thread.currentThread() == thread) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live() {
    try {
      active = prepare();
    } catch (Throwable thrown) {
      THE_ONE.set(null);
      begun.completeExceptionally(thrown);
      return;
    }
    if (active) {
      begun.complete(true);
      reap();
      if (isSubreaperByUs) {
        calls.setSubreaper(false);
      }
      active = false;
    }
    THE_ONE.set(null);
    begun.complete(false);
  }

  /** Whether there is anything to do here. */
  private boolean prepare() {
    calls = new NativeCalls();
    int self = calls.self();
    if (setup.requirePid1() && self != 1) {
      OrphanReaper.logger()
          .log(
              Level.INFO,
              "orphans are not reaped: this process is "
                  + self
                  + " and not PID 1; subreaper(true) would bring its descendants' to it");
      return false;
    }
    if (!ProcFiles.shows(PROC, self)) {
      throw new IllegalStateException(
          "cannot reap orphans: /proc does not show this process, and without it they cannot be"
              + " told from processes that are waited for: mount it (mount -t proc proc /proc)");
    }
    if (setup.subreaper() && self != 1 && !calls.isSubreaper()) {
      calls.setSubreaper(true);
      isSubreaperByUs = true;
    }
    ProcFiles files = new ProcFiles(PROC, self);
    looks = new Looks(calls, files, setup.graceNanos(), claims::contains);
    return true;
  }

  /** Nothing that happens at a look keeps the next one from coming. */
  private void reap() {
    boolean ends = false;
    while (!ends) {
      try {
        look();
      } catch (IOException e) {
        OrphanReaper.log(Level.DEBUG, "cannot look for orphans now; later again", e);
      } catch (Throwable thrown) {
        OrphanReaper.log(Level.WARNING, "cannot look for orphans now; later again", thrown);
      }
      ends = waitForEnd(looks.pauseNanos());
    }
  }

  private void look() throws IOException {
    for (Zombie zombie : looks.orphans()) {
      Orphan orphan = ending.getCount() > 0 ? looks.reap(zombie) : null;
      if (orphan != null) {
        reaped++;
        OrphanReaper.logger().log(Level.DEBUG, () -> "reaped " + orphan);
        tell(orphan);
      }
    }
    pending = looks.pending();
  }

  /**
   * An executor may refuse, and the next orphan is reaped all the same. An interrupt, of whoever is
   * told, is not for the reaper: files could not be read with it.
   */
  private void tell(Orphan orphan) {
    try {
      listener.accept(orphan);
    } catch (Throwable thrown) {
      OrphanReaper.log(Level.ERROR, "nobody could be told that " + orphan + " was reaped", thrown);
    }
    Thread.interrupted();
  }

  private boolean waitForEnd(long nanos) {
    try {
      return ending.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return ending.getCount() == 0;
    }
  }
}
