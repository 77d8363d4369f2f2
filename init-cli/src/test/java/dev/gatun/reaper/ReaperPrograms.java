package dev.gatun.reaper;

import static dev.gatun.reaper.Zombies.await;
import static dev.gatun.reaper.Zombies.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Programs that are PID 1 and have a reaper: the first argument says which. */
public final class ReaperPrograms {
  private static String orphans;

  private ReaperPrograms() {}

  public static void main(String[] arguments) throws Exception {
    orphans = arguments[1];
    switch (arguments[0]) {
      case "told" -> told();
      case "claimed" -> claimed();
      case "many" -> many();
      case "stopped" -> stopped(Path.of(arguments[2]));
      case "untouched" -> untouched();
      case "refused" -> refused();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("done");
  }

  private static void leaveOrphans(String... arguments) throws IOException, InterruptedException {
    List<String> words = new java.util.ArrayList<>(List.of(orphans));
    words.addAll(List.of(arguments));
    int code = new ProcessBuilder(words).inheritIO().start().waitFor();
    check(code == Integer.parseInt(arguments[0]), "the code of the parent is its own: " + code);
  }

  private static OrphanReaper.Builder quick() {
    return OrphanReaper.builder().grace(Duration.ofMillis(200));
  }

  /** What is told of orphans, by whom, and what happens when the one who is told fails. */
  private static void told() throws Exception {
    Queue<Orphan> reaped = new ConcurrentLinkedQueue<>();
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    Instant before = Instant.now();
    try (OrphanReaper reaper =
        quick()
            .onReap(
                orphan -> {
                  reaped.add(orphan);
                  threads.add(Thread.currentThread().getName());
                  Thread.currentThread().interrupt();
                  throw new IllegalStateException("for the log");
                })
            .start()) {
      check(reaper.isActive(), "it is active");
      leaveOrphans("3", "1", "300", "42");
      leaveOrphans("4", "1", "0", String.valueOf(256 + 15));
      await("both", () -> reaped.size() == 2);
      check(reaper.reaped() == 2 && reaper.pending() == 0, "both are counted");
    }
    check(threads.stream().allMatch("gatun-orphan-reaper"::equals), "by its thread: " + threads);
    for (Orphan orphan : reaped) {
      check(orphan.command().equals("an orphan"), orphan + " has its name");
      Instant from = before.minusSeconds(2);
      check(orphan.started().isAfter(from), orphan + " was started after " + from);
      check(orphan.started().isBefore(Instant.now().plusSeconds(2)), orphan + " before now");
      check(orphan.exitCode().isPresent() != orphan.signal().isPresent(), orphan + " ended once");
      check(!orphan.core(), orphan + " left no core");
    }
    check(reaped.stream().anyMatch(o -> o.exitCode().equals(java.util.OptionalInt.of(42))), "42");
    check(reaped.stream().anyMatch(o -> o.signal().equals(java.util.OptionalInt.of(15))), "TERM");
    toldElsewhere();
  }

  private static void toldElsewhere() throws Exception {
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    try (ExecutorService pool = Executors.newSingleThreadExecutor(r -> new Thread(r, "elsewhere"));
        OrphanReaper reaper =
            quick()
                .onReap(orphan -> threads.add(Thread.currentThread().getName()))
                .executor(pool)
                .start()) {
      leaveOrphans("5");
      await("one", () -> threads.size() == 1);
      check(threads.contains("elsewhere"), "by the executor: " + threads);
      pool.shutdown();
      leaveOrphans("6", "2");
      await("the others, of which nobody could be told", () -> reaper.reaped() == 3);
    }
  }

  private static void claimed() throws Exception {
    try (OrphanReaper reaper = quick().start()) {
      Process shell =
          new ProcessBuilder("sh", "-c", "sh -c 'sleep 1' & echo $!; exec 1>&-; exit 0").start();
      long pid = Long.parseLong(new String(shell.getInputStream().readAllBytes()).strip());
      reaper.claim(pid);
      await("the claimed one's end", () -> Zombies.count() == 1);
      leaveOrphans("0", "3");
      await("the others", () -> reaper.reaped() == 3);
      check(Zombies.count() == 1, "the claimed one is there");
      reaper.release(pid);
      await("the released one", () -> reaper.reaped() == 4);
    }
    leaveOrphans("0");
    await("a zombie that nobody reaps", () -> Zombies.count() == 1);
    try (OrphanReaper again = quick().start()) {
      await("the zombie of before", () -> again.reaped() == 1);
    }
  }

  private static void many() throws Exception {
    try (OrphanReaper reaper = OrphanReaper.start()) {
      final int count = 10_000;
      leaveOrphans("9", String.valueOf(count));
      await("all", () -> reaper.reaped() == count);
      check(Zombies.count() == 0, "none is left");
    }
  }

  /** Somebody else stops this process, has the file removed, and lets it go on. */
  private static void stopped(Path file) throws Exception {
    try (OrphanReaper reaper = quick().start()) {
      Process[] process = new Process[1];
      String script = "while [ -e " + file + " ]; do sleep 0.05; done; exit 9";
      Thread starter =
          new Thread(
              () -> {
                try {
                  process[0] = new ProcessBuilder("sh", "-c", script).start();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      starter.start();
      starter.join();
      leaveOrphans("8", "1", "0");
      System.out.println("started");
      int code = process[0].waitFor();
      check(code == 9, "the code is 9, not " + code);
      await("the orphan", () -> reaper.reaped() == 1);
    }
  }

  /** Which signals this thread's process blocks, ignores and catches. */
  private static List<String> signals() throws IOException {
    return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
        .filter(line -> line.matches("Sig(Blk|Ign|Cgt):.*"))
        .toList();
  }

  private static void untouched() throws Exception {
    List<String> before = signals();
    String property = System.getProperty("java.lang.foreign.VERIFY_BINDINGS", "none");
    try (OrphanReaper reaper = quick().start()) {
      leaveOrphans("1");
      await("the orphan", () -> reaper.reaped() == 1);
      check(signals().equals(before), signals() + " are as before: " + before);
      String after = System.getProperty("java.lang.foreign.VERIFY_BINDINGS", "none");
      check(property.equals(after), "no property was set");
    }
  }

  private static void refused() {
    for (int i = 0; i < 2; i++) {
      try {
        OrphanReaper.start().close();
        System.out.println("not refused");
      } catch (RuntimeException e) {
        System.out.println(e);
      }
    }
  }
}
