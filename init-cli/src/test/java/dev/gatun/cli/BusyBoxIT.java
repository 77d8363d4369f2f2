package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image whose programs are BusyBox's, as Alpine's are: the launcher's first line needs GNU env,
 * and {@code java -jar} is the way in. The JVM is glibc's here.
 */
class BusyBoxIT {
  private static final List<String> APPLETS =
      List.of("sh", "env", "cat", "sleep", "kill", "ls", "grep", "tr");

  @TempDir Path directory;

  @BeforeEach
  void needBusyBox() throws IOException {
    Container.assumeNamespaces();
    Path busybox = Path.of("/bin/busybox");
    assumeTrue(Files.isExecutable(busybox), "there is no BusyBox (Debian: busybox-static)");
    Path bin = Files.createDirectories(directory.resolve("root/bin"));
    Files.copy(busybox, bin.resolve("busybox"));
    for (String applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    Path user = Files.createDirectories(directory.resolve("root/usr/bin"));
    Files.createSymbolicLink(user.resolve("env"), Path.of("../../bin/busybox"));
    Files.writeString(directory.resolve("enter"), ENTER);
  }

  /** Mounts what a JVM and Gatun need into the root and goes there; all of it ends with PID 1. */
  private static final String ENTER =
      """
      set -e
      root=$1 services=$2 home=$3 dist=$4
      shift 4
      for shared in /lib /lib64 /usr/lib /dev "$services" "$home" "$dist"; do
        [ -e "$shared" ] || continue
        mkdir -p "$root$shared"
        mount --rbind "$shared" "$root$shared"
      done
      mkdir -p "$root/proc" "$root/tmp"
      mount -t proc proc "$root/proc"
      exec chroot "$root" "$@"
      """;

  private Container.Builder container(String... command) {
    Container.Builder builder = new Container.Builder(directory).env("PATH", path());
    String[] words = new String[6 + command.length];
    words[0] = "sh";
    words[1] = directory.resolve("enter").toString();
    words[2] = directory.resolve("root").toString();
    words[3] = directory.resolve("services").toString();
    words[4] = Container.javaHome();
    words[5] = System.getProperty("gatun.dist");
    System.arraycopy(command, 0, words, 6, command.length);
    return builder.command(words);
  }

  /** The machine's programs come last: they are for the way into the root, where they are not. */
  private static String path() {
    return Container.javaHome() + "/bin:/bin:/usr/bin:" + System.getenv("PATH");
  }

  @Test
  void javaJarIsTheWayInAndHearsEverySignal() {
    String run =
        """
        #!/bin/sh
        trap 'echo told; exit 0' TERM
        grep SigBlk /proc/self/status
        tr '\\0' '\\n' </proc/$$/environ | grep -E '^(JAVA|JDK|_JAVA|_GATUN|a\\.b)'
        echo up
        while :; do sleep 0.05; done
        """;
    try (Container c =
        container("env", "a.b=c d", "java", "-jar", Container.launcher().toString())
            .executable("a/run", run)
            .env("DINIT_JSON_STDOUT", "0")
            .env("JDK_JAVA_OPTIONS", "-Xshare:auto")
            .start()) {
      c.awaitText(" a/run: up");
      c.signal("HUP");
      c.signal("USR2");
      c.signal("TERM");
      assertEquals(0, c.exitCode(), c::both);
      List<String> said =
          c.stdout().lines().map(l -> l.substring(l.indexOf("a/run: ") + 7)).sorted().toList();
      List<String> expected =
          List.of("JDK_JAVA_OPTIONS=-Xshare:auto", "SigBlk:\t0000000000000000", "a.b=c d");
      assertEquals(expected, said.subList(0, 3), c::both);
      assertEquals(List.of("told", "up"), said.subList(3, said.size()), c::both);
    }
  }

  @Test
  void theLauncherIsRefusedByBusyBoxsEnvBeforeAnythingStarts() {
    try (Container c =
        container(Container.launcher().toString())
            .executable("a/run", "#!/bin/sh\necho up\n")
            .start()) {
      assertEquals(1, c.exitCode(), c::both);
      assertTrue(c.stderr().contains("env: "), c::both);
      assertEquals("", c.stdout());
    }
  }

  @Test
  void aCommandRunsThereToo() {
    try (Container c =
        container("java", "-jar", Container.launcher().toString(), "sh", "-c", "echo $0 $$; exit 7")
            .env("GATUN_LAYOUT", "command")
            .start()) {
      assertEquals(7, c.exitCode(), c::both);
      assertTrue(c.stdout().startsWith("sh "), c::both);
    }
  }
}
