package dev.gatun.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Debian's own s6: the clients that Gatun must satisfy, and what it is held against. */
final class S6 {
  /** Services and their clients meet below /run, which is each container's own. */
  private static final String OWN_RUN = "mount -t tmpfs tmpfs /run && exec \"$@\"";

  private S6() {}

  /** Skips the test where it is not installed. */
  static void assumeInstalled() {
    for (String program : List.of("s6-svc", "execlineb")) {
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", program)),
          "skipped: the clients of s6 are not there (Debian: s6, execline)");
    }
  }

  /** A container in the layout of s6-overlay, whose {@code /etc} is the directory services. */
  static Container.Builder container(Path directory, String... arguments) {
    assumeInstalled();
    List<String> gatun = new ArrayList<>(List.of(Container.launcher().toString()));
    gatun.addAll(List.of(arguments));
    return new Container.Builder(directory)
        .env("DINIT_DIR", "")
        .env("GATUN_S6_DIR", directory.resolve("services").toString())
        .command(withOwnRun(gatun));
  }

  /** The same program with nothing below /run. */
  static String[] withOwnRun(List<String> program) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", OWN_RUN, "sh"));
    words.addAll(program);
    return words.toArray(String[]::new);
  }

  /** What a client says that is run inside of a container. */
  static String inside(Container c, String script) {
    String pid = String.valueOf(c.pid());
    return Container.run("nsenter", "-t", pid, "-m", "-p", "--", "sh", "-c", script);
  }

  /** Waits until a script that is run inside of a container succeeds. */
  static void await(Container c, String script) {
    Container.await(
        script + "\n" + c.both(),
        () -> inside(c, script + " >/dev/null 2>&1 && echo y").equals("y\n"));
  }
}
