package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands of the real sv, given to runsv and to Gatun: the answers must be the same. */
class SvSideBySideIT {
  /**
   * Tells what happens to it, and stops when it is told to. A shell that waits for a program in the
   * foreground does not always hear INT.
   */
  private static final String TALKS =
      """
      for s in HUP INT QUIT USR1 USR2 ALRM; do trap "echo $s >>got" $s; done
      trap 'echo TERM >>got; exit 0' TERM
      echo start >>got
      while :; do sleep 0.02 & wait $!; done
      """;

  private static final String DEAF = "trap '' TERM; echo start >>got; while :; do sleep 0.02; done";

  /**
   * A command of sv and what must become of it.
   *
   * @param stat what the service does in the end
   * @param starts how often it has been started by then
   * @param lastDeed what it says last; empty where that does not matter
   */
  private record Step(String command, String stat, int starts, String lastDeed) {
    Step(String command, String stat, int starts) {
      this(command, stat, starts, "");
    }
  }

  @TempDir Path directory;

  private static Container.Builder services(Container.Builder builder) {
    return builder
        .service("talks", TALKS)
        .service("listens", TALKS)
        .service("logged", TALKS)
        .service("logged/log", "exec cat >>got")
        .service("deaf", DEAF)
        .service("checked", TALKS)
        .script("checked/check", "test -e ready")
        .script("checked/finish", "echo finish $* >>got")
        .service("controlled", TALKS)
        .script("controlled/control/t", "echo control t >>got; exit 0")
        .script("controlled/control/h", "echo control h >>got; exit 1")
        .script("controlled/control/d", "echo control d >>got")
        .script("controlled/control/x", "echo control x >>got")
        .service("later", TALKS)
        .file("later/down", "");
  }

  @Test
  void everyCommandIsAnsweredInTheSameWay() {
    Path runsv = directory.resolve("runsv");
    Path gatun = directory.resolve("gatun");
    try (Container old = services(Runit.container(runsv)).command(theirs(runsv)).start();
        Container c =
            services(Runit.container(gatun))
                .command(ours())
                .env("GATUN_KILL_TIMEOUT", "1")
                .start()) {
      Pair pair = new Pair(runsv.resolve("services"), gatun.resolve("services"));
      List<CompletableFuture<Void>> scripts = new ArrayList<>();
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "talks", SIGNALS)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "listens", STATES)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "logged", WITH_LOG)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "deaf", FORCED)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "checked", CHECKED)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "controlled", CONTROLLED)));
      scripts.add(CompletableFuture.runAsync(() -> run(pair, "later", LATER)));
      CompletableFuture.allOf(scripts.toArray(CompletableFuture[]::new)).join();
      assertTrue(old.isAlive(), old::both);
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  /** A test that is run in the background may ignore INT, and a shell cannot trap it then. */
  private static String[] ours() {
    return new String[] {"env", "--default-signal", Container.launcher().toString()};
  }

  private static String[] theirs(Path directory) {
    String services = directory.resolve("services").toString();
    return new String[] {"env", "--default-signal", "runsvdir", services};
  }

  private static final List<Step> SIGNALS =
      List.of(
          new Step("status", "run", 1),
          new Step("check", "run", 1),
          new Step("up", "run", 1),
          new Step("hup", "run", 1, "HUP"),
          new Step("alarm", "run", 1, "ALRM"),
          new Step("interrupt", "run", 1, "INT"),
          new Step("quit", "run", 1, "QUIT"),
          new Step("1", "run", 1, "USR1"),
          new Step("2", "run", 1, "USR2"),
          new Step("reload", "run", 1, "HUP"),
          new Step("pause", "run, paused", 1),
          new Step("status", "run, paused", 1),
          new Step("cont", "run", 1),
          new Step("status", "run", 1),
          new Step("term", "run", 2),
          new Step("-w 5 restart", "run", 3),
          new Step("try-restart", "run", 4),
          new Step("kill", "run", 5),
          new Step("kill", "run", 6));

  private static final List<Step> STATES =
      List.of(
          new Step("down", "down", 1),
          new Step("status", "down", 1),
          new Step("check", "down", 1),
          new Step("hup", "down", 1),
          new Step("once", "run, want down", 2),
          new Step("status", "run, want down", 2),
          new Step("term", "down", 2),
          new Step("-v up", "run", 3),
          new Step("stop", "down", 3),
          new Step("start", "run", 4),
          new Step("force-restart", "run", 5),
          new Step("force-stop", "down", 5),
          new Step("once", "run, want down", 6),
          new Step("-w 5 exit", "run", 7),
          new Step("status", "run", 7));

  private static final List<Step> WITH_LOG =
      List.of(
          new Step("status", "run", 1),
          new Step("down", "down", 1),
          new Step("status", "down", 1),
          new Step("up", "run", 2),
          new Step("-w 5 restart", "run", 3),
          new Step("-w 5 exit", "run", 4),
          new Step("status", "run", 4));

  private static final List<Step> FORCED =
      List.of(
          new Step("-w 1 down", "run, got TERM, want down", 1),
          new Step("status", "run, got TERM, want down", 1),
          new Step("-w 1 force-stop", "down", 1),
          new Step("up", "run", 2),
          new Step("-w 1 restart", "run, got TERM", 2),
          new Step("-w 1 force-restart", "run", 3),
          new Step("-w 1 force-shutdown", "run", 4));

  private static final List<Step> CHECKED =
      List.of(
          new Step("-w 1 check", "run", 1),
          new Step("-w 1 start", "run", 1),
          new Step("-w 1 restart", "run", 2),
          new Step("-w 5 stop", "down", 2),
          new Step("-w 1 check", "down", 2),
          new Step("up", "run", 3),
          new Step("kill", "run", 4));

  private static final List<Step> CONTROLLED =
      List.of(
          new Step("term", "run", 1, "control t"),
          new Step("hup", "run", 1, "HUP"),
          new Step("down", "run, want down", 1, "control d"),
          new Step("up", "run", 1),
          new Step("kill", "run", 2));

  private static final List<Step> LATER =
      List.of(
          new Step("status", "down", 0),
          new Step("-w 5 start", "run", 1),
          new Step("status", "run", 1),
          new Step("-w 5 stop", "down", 1));

  /** The same services, kept by the two. */
  private record Pair(Path runsv, Path gatun) {}

  private static void run(Pair pair, String service, List<Step> steps) {
    Runit.awaitStat(pair.runsv(), service, steps.getFirst().starts() == 0 ? "down" : "run");
    Runit.awaitStat(pair.gatun(), service, steps.getFirst().starts() == 0 ? "down" : "run");
    awaitStarts(pair, service, Math.min(1, steps.getFirst().starts()));
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String what = service + ", step " + i + ": " + step.command();
      List<String> words = new ArrayList<>(List.of(step.command().split(" ")));
      words.add(service);
      if (step.command().endsWith("restart")) {
        // sv(8) compares whole seconds, and takes a start of this one for the one it asks for.
        Container.sleep(Duration.ofSeconds(1));
      }
      String[] arguments = words.toArray(String[]::new);
      CompletableFuture<Runit.Answer> theirs =
          CompletableFuture.supplyAsync(() -> Runit.sv(pair.runsv(), arguments));
      Runit.Answer ours = Runit.sv(pair.gatun(), arguments);
      assertEquals(theirs.join(), ours, what);
      awaitStarts(pair, service, step.starts());
      awaitLast(pair, service, step.lastDeed());
      Runit.awaitStat(pair.runsv(), service, step.stat());
      Runit.awaitStat(pair.gatun(), service, step.stat());
      awaitSameDeeds(pair, service, what);
    }
  }

  private static void awaitStarts(Pair pair, String service, int starts) {
    for (Path services : List.of(pair.runsv(), pair.gatun())) {
      Container.await(
          starts + " starts of " + services.resolve(service),
          () -> deeds(services, service).split("start", -1).length - 1 == starts);
    }
  }

  private static void awaitLast(Pair pair, String service, String deed) {
    for (Path services : List.of(pair.runsv(), pair.gatun())) {
      Container.await(
          services.resolve(service) + " to say " + deed,
          () -> deeds(services, service).strip().endsWith(deed));
    }
  }

  private static String deeds(Path services, String service) {
    return Runit.text(services.resolve(service + "/got"));
  }

  private static void awaitSameDeeds(Pair pair, String service, String what) {
    Container.await(
        what + "\n" + deeds(pair.runsv(), service) + "---\n" + deeds(pair.gatun(), service),
        () -> deeds(pair.runsv(), service).equals(deeds(pair.gatun(), service)));
  }
}
