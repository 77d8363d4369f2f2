package dev.gatun.reaper;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts many processes with known exit codes while a reaper is at work, from threads that end,
 * virtual threads and a pool, each of which leaves an orphan; says how many codes were wrong.
 *
 * <p>Arguments: how many, the program {@code orphans}, and whether to be a subreaper.
 */
public final class KnownCodes {
  private static final int AT_ONCE = 24;
  private static final int[] SIGNALS = {1, 2, 6, 9, 13, 15, 64};

  private final String program;
  private final Semaphore running = new Semaphore(AT_ONCE);
  private final AtomicInteger wrong = new AtomicInteger();

  private KnownCodes(String program) {
    this.program = program;
  }

  public static void main(String[] arguments) throws InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    OrphanReaper.Builder builder = OrphanReaper.builder();
    if (arguments.length > 2) {
      builder.subreaper(true);
    }
    try (OrphanReaper reaper = builder.start()) {
      KnownCodes codes = new KnownCodes(arguments[1]);
      codes.startAll(count);
      Zombies.await("all orphans being reaped", () -> reaper.reaped() >= count);
      Zombies.await("no zombie being left", () -> Zombies.count() == 0);
      System.out.println(
          "wrong: " + codes.wrong + ", reaped: " + reaper.reaped() + ", left: " + Zombies.count());
    }
  }

  private void startAll(int count) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < count; i++) {
        running.acquire();
        int number = i;
        switch (i % 3) {
          case 0 -> Thread.ofPlatform().start(() -> startOne(number));
          case 1 -> Thread.ofVirtual().start(() -> startOne(number));
          default -> pool.execute(() -> startOne(number));
        }
      }
    }
    running.acquire(AT_ONCE);
  }

  /** The thread ends, and another one hears of the process's end. */
  private void startOne(int number) {
    boolean bySignal = number % 5 == 4;
    int signal = SIGNALS[number % SIGNALS.length];
    int expected = bySignal ? 128 + signal : number % 256;
    String argument = String.valueOf(bySignal ? 256 + signal : expected);
    String millis = String.valueOf(number % 4);
    try {
      Process process = new ProcessBuilder(program, argument, "1", millis).start();
      process.onExit().thenAccept(ended -> judge(ended.exitValue(), expected));
    } catch (IOException e) {
      System.out.println(e);
      wrong.incrementAndGet();
      running.release();
    }
  }

  private void judge(int code, int expected) {
    if (code != expected) {
      System.out.println("exit code " + code + " instead of " + expected);
      wrong.incrementAndGet();
    }
    running.release();
  }
}
