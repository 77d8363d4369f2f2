package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same clients of the real s6, given to s6-svscan and to Gatun: the answers are the same. */
class S6SideBySideIT {
  /** Tells what happens to it, and stops when it is told to. */
  private static final String TALKS =
      """
      cd $OWN
      for s in HUP INT QUIT USR1 USR2 ALRM ABRT WINCH; do trap "echo $s >>got" $s; done
      trap 'echo TERM >>got; exit 0' TERM
      echo start $* >>got
      while :; do sleep 0.02 & wait $!; done
      """;

  /** What a command of s6-svc must have come to: how often the service has been started. */
  private record Step(String command, int starts) {}

  private static final List<Step> SIGNALS =
      List.of(
          new Step("s6-svok", 1),
          new Step("s6-svc -a", 1),
          new Step("s6-svc -h", 1),
          new Step("s6-svc -i", 1),
          new Step("s6-svc -q", 1),
          new Step("s6-svc -1", 1),
          new Step("s6-svc -2", 1),
          new Step("s6-svc -b", 1),
          new Step("s6-svc -y", 1),
          new Step("s6-svc -u", 1),
          new Step("s6-svc -p", 1),
          new Step("s6-svc -c", 1),
          new Step("s6-svc -t", 2),
          new Step("s6-svc -r", 3),
          new Step("s6-svc -k", 4),
          new Step("s6-svstat -o up,wantedup,normallyup,ready,paused", 4));

  private static final List<Step> STATES =
      List.of(
          new Step("s6-svwait -t 5000 -u", 1),
          new Step("s6-svc -wd -T 5000 -d", 1),
          new Step("s6-svwait -t 5000 -d", 1),
          new Step("s6-svwait -t 5000 -D", 1),
          new Step("s6-svc -h", 1),
          new Step("s6-svc -wu -T 5000 -u", 2),
          new Step("s6-svc -wD -T 5000 -d", 2),
          new Step("s6-svc -o", 3),
          new Step("s6-svc -t", 3),
          new Step("s6-svc -u", 4),
          new Step("s6-svc -O", 4),
          new Step("s6-svc -t", 4),
          new Step("s6-svwait -t 200 -u", 4),
          new Step("s6-svc -u", 5),
          new Step("s6-svc -wr -T 5000 -r", 6));

  private static final List<Step> FINISHED =
      List.of(
          new Step("s6-svc -wD -T 5000 -d", 1),
          new Step("s6-svc -u", 2),
          new Step("s6-svc -k", 3),
          new Step("s6-svc -wr -T 8000 -r", 4),
          new Step("s6-svc -D", 4),
          new Step("s6-svc -U", 5));

  private static final List<Step> LATER =
      List.of(
          new Step("s6-svstat -o up,wantedup,normallyup", 0),
          new Step("s6-svc -wu -T 5000 -u", 1),
          new Step("s6-svc -wD -T 5000 -d", 1));

  private static final List<Step> READY =
      List.of(
          new Step("s6-svwait -t 8000 -U", 1),
          new Step("s6-svc -wR -T 8000 -r", 2),
          new Step("s6-svstat -o up,ready", 2),
          new Step("s6-svc -wD -T 5000 -d", 2),
          new Step("s6-svc -wU -T 8000 -u", 3));

  @TempDir Path directory;

  private static String script(String own, String text) {
    return "OWN=" + own + "\n" + text;
  }

  private static Container.Builder services(Container.Builder builder, Path services) {
    for (String name : List.of("talks", "listens", "finished", "later", "ready")) {
      builder.service(name(services, name), script(services.resolve(name) + "", TALKS));
    }
    String finished = name(services, "finished");
    String got = services.resolve("finished/got").toString();
    return builder
        .script(finished + "/finish", "echo finish $1 $2 $3 >>" + got)
        .file(name(services, "later") + "/down", "")
        .file(name(services, "ready") + "/notification-fd", "3\n")
        .script(
            name(services, "ready") + "/run",
            script(services.resolve("ready") + "", "(sleep 0.1; echo >&3) &\n" + TALKS));
  }

  private static String name(Path services, String name) {
    return services.endsWith("services.d") ? "services.d/" + name : name;
  }

  @Test
  void everyCommandIsAnsweredInTheSameWay() {
    S6.assumeInstalled();
    Path theirs = directory.resolve("s6/services");
    Path own = directory.resolve("gatun/services/services.d");
    Path run = directory.resolve("gatun/run");
    try (Container old =
            services(new Container.Builder(directory.resolve("s6")), theirs)
                .command("env", "--default-signal", "s6-svscan", theirs.toString())
                .start();
        Container c =
            services(S6.container(directory.resolve("gatun")), own)
                .env("GATUN_S6_RUN", run.toString())
                .start()) {
      Pair pair = new Pair(new Side(theirs, theirs), new Side(own, run.resolve("service")));
      List<CompletableFuture<Void>> all = new ArrayList<>();
      all.add(CompletableFuture.runAsync(() -> run(pair, "talks", SIGNALS)));
      all.add(CompletableFuture.runAsync(() -> run(pair, "listens", STATES)));
      all.add(CompletableFuture.runAsync(() -> run(pair, "finished", FINISHED)));
      all.add(CompletableFuture.runAsync(() -> run(pair, "later", LATER)));
      all.add(CompletableFuture.runAsync(() -> run(pair, "ready", READY)));
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      assertTrue(old.isAlive(), old::both);
      Answer answer = client(run.resolve("service"), "s6-svscanctl -t");
      assertEquals(new Answer("", 0), answer);
      assertEquals(0, c.exitCode(), c::both);
    }
  }

  /** Where services lie that one of the two supervises, and where clients find them. */
  private record Side(Path services, Path live) {
    String stat(String service) {
      return client(live.resolve(service), "s6-svstat").text();
    }

    String got(String service) {
      return Runit.text(services.resolve(service + "/got"));
    }
  }

  private record Pair(Side theirs, Side ours) {
    List<Side> sides() {
      return List.of(theirs, ours);
    }
  }

  /** What a client said, numbers that differ made the same, and its exit code. */
  private record Answer(String text, int code) {}

  private static Answer client(Path directory, String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(directory.toString());
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String text =
          said.replaceAll("\\(pid \\d+\\)", "(pid N)")
              .replaceAll("\\b\\d+ seconds", "N seconds")
              .replace(directory.toString(), "DIRECTORY");
      return new Answer(text, process.waitFor());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void run(Pair pair, String service, List<Step> steps) {
    String whole = steps.getFirst().starts() == 0 ? "down" : "up (pid";
    for (Side side : pair.sides()) {
      Container.await(
          service + " to be " + whole + ", not " + side.stat(service),
          () -> side.stat(service).startsWith(whole));
      awaitStarts(side, service, steps.getFirst().starts(), "the beginning");
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String what = service + ", step " + i + ": " + step.command();
      CompletableFuture<Answer> theirs =
          CompletableFuture.supplyAsync(
              () -> client(pair.theirs().live().resolve(service), step.command()));
      Answer ours = client(pair.ours().live().resolve(service), step.command());
      assertEquals(theirs.join(), ours, what);
      for (Side side : pair.sides()) {
        awaitStarts(side, service, step.starts(), what);
      }
      awaitSame(pair, service, what);
    }
  }

  private static void awaitStarts(Side side, String service, int starts, String what) {
    Container.await(
        starts + " starts in " + side + " after " + what + "\n" + side.got(service),
        () -> side.got(service).split("start", -1).length - 1 == starts);
  }

  private static void awaitSame(Pair pair, String service, String what) {
    Side theirs = pair.theirs();
    Side ours = pair.ours();
    Container.await(
        what
            + "\n"
            + theirs.got(service)
            + theirs.stat(service)
            + "---\n"
            + ours.got(service)
            + ours.stat(service),
        () ->
            theirs.got(service).equals(ours.got(service))
                && theirs.stat(service).equals(ours.stat(service)));
  }
}
