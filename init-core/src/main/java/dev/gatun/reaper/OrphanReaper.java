package dev.gatun.reaper;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reaps the zombies of processes that have lost their parent, in a Java program that is PID 1 or a
 * child subreaper. The JVM waits for what it has started itself and for nothing else, so that each
 * orphan stays a zombie for ever. Those of its own it leaves to it: no {@link Process} loses its
 * exit status, which it would report as 0.
 *
 * <pre>{@code
 * try (OrphanReaper reaper = OrphanReaper.start()) {
 *   server.run();
 * }
 * }</pre>
 *
 * <p>A daemon thread, {@code gatun-orphan-reaper}, looks once a second while there are children,
 * and every five seconds while there are none. It handles and blocks no signal, sends none, has no
 * exit hook and writes nothing but messages to the {@link System.Logger} {@code dev.gatun.reaper}
 * (DEBUG for each orphan). An orphan is reaped a grace after it has ended, or up to a look later.
 *
 * <p>Other native code of this process that forks and waits is safe while it waits for the process
 * by its number; else it has to {@link #claim} the number.
 *
 * <p>All methods may be called by any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/waitid.2.html">waitid(2)</a>
 */
public final class OrphanReaper implements AutoCloseable {
  private final ReaperThread thread;

  private OrphanReaper(ReaperThread thread) {
    this.thread = thread;
  }

  /**
   * A reaper as {@link #builder()} makes it if it is asked for nothing more.
   *
   * @see Builder#start()
   */
  public static OrphanReaper start() {
    return builder().start();
  }

  /** What a reaper is to be like. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Leaves a child to native code that waits for it itself, and not at once. It ought to be called
   * within the grace after the fork, and {@link #release} once the child was waited for: its number
   * may be an orphan's later.
   *
   * @throws IllegalArgumentException for what is no process id
   */
  public void claim(long pid) {
    thread.claims().add(checked(pid));
  }

  /**
   * Takes a {@link #claim} back; without one it does nothing.
   *
   * @throws IllegalArgumentException for what is no process id
   */
  public void release(long pid) {
    thread.claims().remove(checked(pid));
  }

  private static int checked(long pid) {
    if (pid < 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "cannot claim or release process " + pid + ": process ids are 1 to " + Integer.MAX_VALUE);
    }
    return (int) pid;
  }

  /** Whether it reaps: not where there is nothing to do for it, and not once it was closed. */
  public boolean isActive() {
    return thread.isActive();
  }

  /** How many orphans it has reaped. */
  public long reaped() {
    return thread.reaped();
  }

  /** How many zombies it has seen that it will reap if nobody waits for them within the grace. */
  public long pending() {
    return thread.pending();
  }

  /**
   * Ends the thread, waits for that, and takes the subreaper flag back if it was set here. Zombies
   * that are there stay. Called by {@code onReap} on the reaper's thread, it does not wait. Doing
   * it twice does no harm.
   */
  @Override
  public void close() {
    thread.end();
  }

  /** What a reaper is to be like; each method but {@link #start} answers this builder. */
  public static final class Builder {
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);

    private Boolean requirePid1;
    private boolean subreaper;
    private Duration grace = Duration.ofSeconds(1);
    private Consumer<? super Orphan> onReap;
    private Executor executor;

    private Builder() {}

    /**
     * Whether to do nothing, with one message, where the program is not PID 1, as on a developer's
     * machine. The default is true, and false with {@link #subreaper}.
     */
    public Builder requirePid1(boolean required) {
      requirePid1 = required;
      return this;
    }

    /**
     * Whether to have the orphans among this process's descendants come to it although it is not
     * PID 1. The default is false.
     *
     * @see <a
     *     href="https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html">PR_SET_CHILD_SUBREAPER(2const)</a>
     */
    public Builder subreaper(boolean wanted) {
      subreaper = wanted;
      return this;
    }

    /**
     * How long a zombie must have been nobody's. It covers the time between the fork of a process
     * and its parent's waiting for it. The default is a second.
     *
     * @throws IllegalArgumentException for zero, a negative time, and more than a day
     */
    public Builder grace(Duration time) {
      if (time.isZero() || time.isNegative() || time.compareTo(LONGEST_GRACE) > 0) {
        throw new IllegalArgumentException(
            "cannot wait for "
                + time
                + " before orphans are reaped: give more than 0, up to a day");
      }
      grace = time;
      return this;
    }

    /**
     * What is to be told of each orphan that was reaped, by the reaper's thread, which reaps
     * nothing meanwhile. What it throws is logged.
     */
    public Builder onReap(Consumer<? super Orphan> consumer) {
      onReap = Objects.requireNonNull(consumer);
      return this;
    }

    /** What is to run {@link #onReap} instead of the reaper's thread. */
    public Builder executor(Executor other) {
      executor = Objects.requireNonNull(other);
      return this;
    }

    /**
     * Starts the reaper. It is one that is not active, and one message says so, where PID 1 is
     * required and this process is another.
     *
     * @throws IllegalStateException when there is one already in this JVM, where /proc is not this
     *     process's, and where the kernel refuses to make it a subreaper
     * @throws IllegalCallerException when this JVM grants no native access to the bindings
     * @throws UnsupportedOperationException on another system than Linux, or another architecture
     *     than x86-64 and AArch64
     */
    public OrphanReaper start() {
      String system = System.getProperty("os.name");
      if (!"Linux".equals(system)) {
        throw new UnsupportedOperationException(
            "cannot reap orphans on " + system + ": only Linux brings them to PID 1");
      }
      boolean required = requirePid1 == null ? !subreaper : requirePid1;
      ReaperThread thread =
          new ReaperThread(new Setup(required, subreaper, grace.toNanos()), listener());
      thread.begin();
      return new OrphanReaper(thread);
    }

    private Consumer<Orphan> listener() {
      Consumer<? super Orphan> consumer = onReap;
      Executor other = executor;
      if (consumer == null) {
        return orphan -> {};
      }
      Consumer<Orphan> logged = orphan -> tell(consumer, orphan);
      return other == null ? logged : orphan -> other.execute(() -> logged.accept(orphan));
    }

    private static void tell(Consumer<? super Orphan> consumer, Orphan orphan) {
      try {
        consumer.accept(orphan);
      } catch (Throwable thrown) {
        log(Level.ERROR, "what is told of reaped orphans (onReap) has failed at " + orphan, thrown);
      }
    }
  }

  /** What the thread has to know. */
  record Setup(boolean requirePid1, boolean subreaper, long graceNanos) {}

  static void log(Level level, String message, Throwable thrown) {
    logger().log(level, message, thrown);
  }

  /** Made when there is something to say: that takes longer than all else of a start. */
  static Logger logger() {
    return LoggerHolder.LOGGER;
  }

  private static final class LoggerHolder {
    static final Logger LOGGER = System.getLogger("dev.gatun.reaper");
  }
}
