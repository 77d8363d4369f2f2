package dev.gatun.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about system calls, held against what strace saw; and scripts/dev strace-loop itself. */
class SystemCallsIT {
  private static final Path SCRIPT = Path.of("..", "scripts", "dev").toAbsolutePath();

  @TempDir Path directory;

  private record Run(int code, String turns, String others, Trace trace) {
    String all() {
      return others + turns;
    }
  }

  private static void needsStrace() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/strace")), "skipped: needs strace (Debian: strace)");
  }

  private void service(String name, String run) throws IOException {
    Path file = Files.createDirectories(directory.resolve("services/" + name)).resolve("run");
    Files.writeString(file, "#!/bin/bash\n" + run + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "strace-loop"));
    command.addAll(List.of(arguments));
    Path turns = directory.resolve("turns");
    Path others = directory.resolve("others");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.environment().put("GATUN_JDK", System.getProperty("java.home"));
    Process script = builder.redirectOutput(turns.toFile()).redirectError(others.toFile()).start();
    int code = script.waitFor();
    Path traces = directory.resolve("traces");
    return new Run(
        code,
        Files.readString(turns),
        Files.readString(others),
        Files.exists(traces) ? Trace.read(traces) : null);
  }

  private Run runServices(Map<String, String> variables) throws IOException, InterruptedException {
    String traces = directory.resolve("traces").toString();
    Run run = run(variables, "--keep", traces, directory.resolve("services").toString());
    assertEquals(0, run.code, run::all);
    return run;
  }

  private static int first(List<Call> calls, Predicate<Call> which) {
    for (int i = 0; i < calls.size(); i++) {
      if (which.test(calls.get(i))) {
        return i;
      }
    }
    throw new AssertionError("no such call");
  }

  private static Predicate<Call> named(String name) {
    return call -> call.name().equals(name);
  }

  private static void assertTurn(String turns, String... parts) {
    StringBuilder regex = new StringBuilder("(?s)");
    for (String part : parts) {
      regex.append(Pattern.quote(part)).append("(?:(?!\n\n).)*?");
    }
    assertTrue(Pattern.compile(regex.toString()).matcher(turns).find(), turns);
  }

  @Test
  void aWholeLifeKeepsItsPromises() throws Exception {
    needsStrace();
    service("api", "echo '{}'; (sleep 100 &); sleep 1.5; exit 0");
    service("stubborn", "trap '' TERM; while :; do sleep 1; done");
    Run run = runServices(Map.of("GATUN_KILL_TIMEOUT", "1", "DINIT_KILL_TIMEOUT", "1"));
    turnsTellWhatHappened(run.turns);
    theMaskTheSignalsAndTheServicesComeInThisOrder(run.trace);
    nothingIsForkedWaitedForOrKilledByNumber(run.trace);
    everyDescriptorIsClosedByExec(run.trace);
  }

  private void turnsTellWhatHappened(String turns) {
    assertTurn(turns, " start\n", "spawn\n", "that is api/run, pid ");
    assertTurn(turns, " ms: ", "stdout of api/run", "read 3 bytes from stdout of api/run");
    assertTurn(turns, " ms: ", "the end of api/run", "reap api/run, which exited with 0");
    assertTurn(turns, "hear SIGCHLD");
    assertTurn(turns, "send SIGTERM to stubborn/run");
    assertTurn(turns, "its time has come", "send SIGKILL to stubborn/run");
    assertTurn(turns, "reap stubborn/run, which was ended by SIGKILL");
    assertTurn(turns, "the list of orphans");
  }

  private static void theMaskTheSignalsAndTheServicesComeInThisOrder(Trace trace) {
    List<Call> start = trace.first();
    int mask = first(start, call -> call.name().equals("rt_sigprocmask") && blocksMost(call));
    int java = first(start, call -> call.name().equals("execve") && isJava(call));
    assertTrue(mask < java, "signals are blocked before the JVM is there");
    List<Call> loop = trace.loop();
    int signals = first(loop, named("signalfd4"));
    int spawn = first(loop, Trace::isSpawn);
    int watch = first(loop, call -> call.arguments().contains("[signalfd]>, {events=EPOLLIN"));
    assertTrue(signals < spawn && spawn < watch, signals + " " + spawn + " " + watch);
    assertTrue(watch < first(loop, call -> call.name().startsWith("epoll_wait")));
    List<Call> child = trace.of(loop.get(spawn).value());
    int program = first(child, named("execve"));
    int unblock = first(child, call -> call.name().equals("rt_sigprocmask") && isEmptyMask(call));
    assertTrue(unblock < program, "services start with no signal blocked");
  }

  /** env(1) blocks one signal after the other. */
  private static boolean blocksMost(Call call) {
    return call.arguments().startsWith("SIG_BLOCK, ~[")
        || call.arguments().startsWith("SIG_BLOCK, [HUP INT QUIT")
        || call.arguments().startsWith("SIG_SETMASK, ~[");
  }

  private static boolean isJava(Call call) {
    return !call.failed() && call.text().endsWith("/java");
  }

  private static boolean isEmptyMask(Call call) {
    return call.arguments().startsWith("SIG_SETMASK, [],");
  }

  private static void nothingIsForkedWaitedForOrKilledByNumber(Trace trace) {
    Set<String> never = Set.of("fork", "wait4", "waitpid", "kill", "tkill", "ptrace");
    int told = 0;
    for (List<Call> thread : trace.threadsOfGatun()) {
      for (Call call : thread) {
        assertTrue(!never.contains(call.name()), call::toString);
        assertTrue(
            !Trace.isSpawn(call) || call.arguments().contains("CLONE_VM|CLONE_VFORK"),
            call::toString);
        told += call.name().equals("pidfd_send_signal") ? 1 : 0;
      }
    }
    // TERM and CONT to the service and to the orphan, KILL to the service.
    assertTrue(told >= 5, told + " signals through pidfds");
  }

  /** The JDK does not do so; what it has open is marked before each spawn. */
  private static void everyDescriptorIsClosedByExec(Trace trace) {
    List<Call> loop = trace.loop();
    List<Call> ours = loop.subList(first(loop, named("epoll_create1")), loop.size());
    int made = 0;
    boolean marked = false;
    for (Call call : ours) {
      boolean makes = Set.of("pipe2", "epoll_create1", "signalfd4").contains(call.name());
      boolean opens = call.name().equals("openat") && call.text().startsWith("/proc/self/");
      if (makes || opens) {
        assertTrue(call.arguments().contains("_CLOEXEC"), call::toString);
        made++;
      }
      marked |= call.name().equals("close_range") && call.arguments().contains("RANGE_CLOEXEC");
      if (Trace.isSpawn(call)) {
        assertTrue(marked, "descriptors are marked before each spawn");
        marked = false;
      }
      assertTrue(!Set.of("dup", "dup2", "pipe", "eventfd").contains(call.name()), call::toString);
    }
    assertTrue(made >= 7, made + " descriptors");
  }

  @Test
  void aBatchOfOutputIsOneWaitOneReadAndOneWrite() throws Exception {
    needsStrace();
    // Whole pipes full at once, as what a service does is traced as well.
    String lines = "text=$(printf '{\"x\":\"%090d\"}\\n' {1..600})";
    service("flood", lines + "; for i in {1..120}; do echo \"$text\"; done; exit 0");
    // Whoever asks for the state of the services makes calls of his own.
    Run run = runServices(Map.of("GATUN_CONTROL", "off"));
    assertEquals(72_000, run.others.lines().filter(l -> l.startsWith("{\"x\":\"0")).count());
    int batches = 0;
    int exact = 0;
    List<List<Call>> turns = Trace.turns(run.trace.loop());
    for (List<Call> turn : turns.subList(Math.min(20, turns.size()), turns.size())) {
      List<String> calls =
          turn.stream()
              .filter(call -> !call.isOfTheJvm() && !call.name().equals("madvise"))
              .map(Call::name)
              .toList();
      if (calls.contains("read") && turn.getFirst().value() == 1) {
        batches++;
        exact += calls.equals(List.of("epoll_wait", "read", "write")) ? 1 : 0;
        assertTrue(calls.stream().filter("read"::equals).count() <= 1, turn::toString);
        assertTrue(calls.stream().filter("write"::equals).count() <= 1, turn::toString);
      }
    }
    assertTrue(batches > 50, batches + " batches");
    // Now and then a child's end is looked for. After a burst memory is given back (madvise).
    assertTrue(exact >= batches * 9 / 10, exact + " of " + batches);
  }

  @Test
  void badArgumentsAreExplained() throws Exception {
    Run nothing = run(Map.of());
    assertEquals(2, nothing.code);
    assertTrue(nothing.others.contains("cannot run without a service directory"), nothing::all);
    Run missing = run(Map.of(), "/no/such");
    assertEquals(2, missing.code);
    assertTrue(missing.others.contains("cannot read the service directory '/no/such'"));
    Run seconds = run(Map.of(), "--seconds", "soon", ".");
    assertEquals(2, seconds.code);
    assertTrue(seconds.others.contains("--seconds needs a whole number of at least 1, not 'soon'"));
    Run help = run(Map.of(), "--help");
    assertEquals(0, help.code);
    assertTrue(help.turns.contains("--keep DIR"), help::all);
  }
}
