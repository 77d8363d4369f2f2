package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Redirection;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirecting children of this process: the same thread starts, traces and reaps them. */
class RedirectTest {
  private static final long BUFFER_BYTES = 4096;

  private static LinuxKernel kernel;

  private final Redirection redirection = new Redirection();
  private final List<Integer> descriptors = new ArrayList<>();
  private final List<Integer> living = new ArrayList<>();
  private long buffer;

  @BeforeAll
  static void begin() {
    kernel = new LinuxKernel();
  }

  @AfterEach
  void end() {
    for (int pid : living) {
      kernel.signal(pid, -1, Signal.KILL);
      awaitEnd(pid);
    }
    for (int descriptor : descriptors) {
      kernel.close(descriptor);
    }
  }

  private int[] pipe() {
    int[] ends = new int[2];
    assertEquals(0, kernel.pipe(ends));
    descriptors.add(ends[0]);
    return ends;
  }

  /** Starts a shell script whose stdout and stderr are new pipes; their reading ends are kept. */
  private int start(String script) {
    int[] out = pipe();
    int[] err = pipe();
    List<OsString> arguments = List.of(OsString.of("-c"), OsString.of(script));
    Environment environment = new Environment(List.of(OsString.of("PATH=/usr/bin:/bin")));
    int pid =
        kernel.spawn(
            new SpawnRequest(OsString.of("/bin/bash"), arguments, OsString.of("/"), environment)
                .with(SpawnRequest.NOTHING, out[1], err[1]));
    kernel.close(out[1]);
    kernel.close(err[1]);
    assertTrue(pid > 0);
    living.add(pid);
    return pid;
  }

  private int redirect(int pid) {
    redirection.clear();
    int result = kernel.redirectOutput(pid, redirection);
    keepPipes();
    return result;
  }

  private void keepPipes() {
    for (int i = 0; i < redirection.stdout().size(); i++) {
      descriptors.add(redirection.stdout().get(i));
    }
    for (int i = 0; i < redirection.stderr().size(); i++) {
      descriptors.add(redirection.stderr().get(i));
    }
  }

  /** As Gatun does: what does not stop in time is tried again. */
  private void redirectAll(int pid) {
    redirection.clear();
    int result = kernel.redirectOutput(pid, redirection);
    for (int i = 0; result == -Errno.EAGAIN && i < 100; i++) {
      pause(50);
      result = kernel.redirectOutput(pid, redirection);
    }
    keepPipes();
    assertEquals(0, result, () -> redirection.refusals().toString());
  }

  private int awaitEnd(int pid) {
    Exit exit = new Exit();
    for (int i = 0; i < 10_000; i++) {
      kernel.peekEnded();
      int result = kernel.reap(pid, exit);
      if (result != 0) {
        return result;
      }
      pause(1);
    }
    throw new AssertionError("process " + pid + " does not end:\n" + status(pid));
  }

  private static void await(String what, BooleanSupplier condition) {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      assertTrue(i < 60_000, () -> "waited in vain for " + what);
      pause(1);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String status(int pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"));
    } catch (IOException e) {
      return "";
    }
  }

  /** Reads until that text has come. */
  private void expect(int descriptor, String text) {
    if (buffer == 0) {
      buffer = kernel.memory().allocate(BUFFER_BYTES);
    }
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 10_000 && seen.indexOf(text) < 0; i++) {
      long count = kernel.read(descriptor, buffer, BUFFER_BYTES);
      if (count > 0) {
        byte[] bytes = kernel.memory().bytes(buffer, (int) count);
        seen.append(new String(bytes, StandardCharsets.UTF_8));
      } else {
        assertEquals(-Errno.EAGAIN, count, () -> "the end, after " + seen);
        pause(1);
      }
    }
    assertTrue(seen.indexOf(text) >= 0, () -> "seen: " + seen);
  }

  /** Waits until something has been written to the child's own stdout. */
  private void expectFirst(String text) {
    expect(descriptors.getFirst(), text);
  }

  @Test
  void stdoutAndStderrAndTheirCopiesAreRedirectedAndNothingElseIs() {
    int pid =
        start(
            "exec 7>&1 8>&2 9>/dev/null; trap 'go=1' USR1; sleep 100 & echo ready;"
                + " until [[ $go ]]; do wait; done;"
                + " echo seven >&7; echo eight >&8; echo one; echo two >&2; sleep 100");
    expectFirst("ready");
    Path nine = Path.of("/proc/" + pid + "/fd/9");
    redirectAll(pid);
    int out = redirection.stdout().get(0);
    int err = redirection.stderr().get(0);
    kernel.signal(pid, -1, Signal.USR1);
    expect(out, "seven\none\n");
    expect(err, "eight\ntwo\n");
    assertTrue(Files.isSymbolicLink(nine));
    // Its sleeping child had copies, too.
    assertTrue(redirection.stdout().size() <= 2, () -> redirection.stdout().size() + " pipes");
  }

  /** It has stopped meanwhile, and nobody has let it go before it is tried again. */
  @Test
  void whatDidNotStopInTimeIsRedirectedAsSoonAsItHasStopped(@TempDir Path directory)
      throws Exception {
    Path source = directory.resolve("waits.c");
    Files.writeString(
        source,
        """
        #include <unistd.h>
        int main(void) {
          write(1, "ready", 5);
          if (vfork() == 0) { pause(); _exit(0); }
          for (;;) { write(1, "goes on", 7); usleep(10000); }
        }
        """);
    Path program = directory.resolve("waits");
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "there is no C compiler");
    Process compiler =
        new ProcessBuilder("/usr/bin/cc", "-w", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    assertEquals(0, compiler.waitFor());
    int pid = start("exec " + program);
    expectFirst("ready");
    await("its child", () -> !children(pid).isEmpty());
    assertEquals(-Errno.EAGAIN, redirect(pid));
    kernel.signal(Integer.parseInt(children(pid)), -1, Signal.KILL);
    await("its stop", () -> status(pid).contains("State:\tt"));
    redirectAll(pid);
    expect(redirection.stdout().get(0), "goes on");
  }

  private static String children(int pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children")).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aProcessThatHasEndedIsGone() {
    int pid = start("exit 0");
    await("its end", () -> status(pid).contains("State:\tZ"));
    assertEquals(-Errno.ESRCH, redirect(pid));
    assertEquals(List.of(), redirection.refusals());
  }

  @Test
  void aProcessWithoutOutputIsLeftAlone() {
    int pid = start("echo ready; exec >&- 2>&-; exec sleep 100");
    expectFirst("ready");
    await("its silence", () -> status(pid).contains("Name:\tsleep"));
    redirectAll(pid);
    assertEquals(0, redirection.stdout().size());
  }

  @Test
  void aProcessThatIsTracedAlreadyIsRefused() {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/usr/bin/strace")), "skipped: there is no strace (Debian: strace)");
    int traced = start("exec sleep 100");
    int tracer = start("exec strace -o /dev/null -p " + traced);
    await("the tracer", () -> status(traced).contains("TracerPid:\t" + tracer));
    assertEquals(-Errno.EPERM, redirect(traced));
    assertEquals(List.of("it is being traced by process " + tracer), redirection.refusals());
  }

  @Test
  void twoHundredThatDieOrExecuteInTheMiddleHurtNobody() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int redirected = 0;
    for (int i = 0; i < 200; i++) {
      boolean dies = random.nextBoolean();
      int spins = random.nextInt(3000);
      String end = dies ? "exit 7" : "exec sleep 100";
      int pid = start("echo ready; for ((i=0; i<" + spins + "; i++)); do :; done; " + end);
      expect(descriptors.get(descriptors.size() - 2), "ready");
      int result = redirect(pid);
      // A machine with much else to do may not let it stop in time.
      boolean known = result == 0 || result == -Errno.ESRCH || result == -Errno.EAGAIN;
      assertTrue(known, () -> "answered " + result + " " + redirection.refusals());
      redirected += result == 0 ? 1 : 0;
      if (!dies) {
        awaitNotStopped(pid);
        kernel.signal(pid, -1, Signal.KILL);
      }
      assertEquals(pid, awaitEnd(pid));
      living.remove((Integer) pid);
      for (int descriptor : descriptors) {
        kernel.close(descriptor);
      }
      descriptors.clear();
    }
    System.out.println("redirected " + redirected + " of 200");
    assertTrue(redirected > 20, "only " + redirected + " were redirected");
  }

  @Test
  void signalsThatComeInTheMiddleAreHeardAndStopsEnd() {
    int pid = start("trap 'n=1' USR1; echo ready; while :; do read -t 0.01 < <(:); echo $n; done");
    expectFirst("ready");
    int helper =
        start(
            "for i in {1..400}; do kill -STOP $1; kill -CONT $1; kill -USR1 $1; done"
                .replace("$1", String.valueOf(pid)));
    for (int i = 0; i < 20; i++) {
      int result = redirect(pid);
      assertTrue(result == 0 || result == -Errno.EAGAIN, () -> "" + redirection.refusals());
      pause(5);
    }
    awaitEnd(helper);
    living.remove((Integer) helper);
    redirectAll(pid);
    expect(redirection.stdout().get(0), "1\n1\n");
    awaitNotStopped(pid);
  }

  private static void awaitNotStopped(int pid) {
    for (int i = 0; i < 5000; i++) {
      kernel.peekEnded();
      String status = status(pid);
      boolean stopped = status.contains("State:\tt") || status.contains("State:\tT");
      if (status.contains("TracerPid:\t0") && !stopped) {
        return;
      }
      pause(1);
    }
    throw new AssertionError("still traced:\n" + status(pid));
  }

  @Test
  void nothingStaysOpenHere() {
    int before = open();
    for (int i = 0; i < 50; i++) {
      int pid = start("echo ready; exec sleep 100");
      expect(descriptors.get(descriptors.size() - 2), "ready");
      redirectAll(pid);
      kernel.signal(pid, -1, Signal.KILL);
      awaitEnd(pid);
      living.remove((Integer) pid);
      for (int descriptor : descriptors) {
        kernel.close(descriptor);
      }
      descriptors.clear();
    }
    assertEquals(before, open());
  }

  private static int open() {
    String[] names = new java.io.File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }
}
