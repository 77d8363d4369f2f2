package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service finds when it starts: exactly what a shell would have given it. */
class ServiceEnvironmentIT {
  @TempDir Path directory;

  private Container.Builder container() {
    return new Container.Builder(directory);
  }

  /** Runs a service that leaves something in a file, and gives that. */
  private byte[] left(Container.Builder builder, String command) throws Exception {
    Path file = directory.resolve("left");
    builder.service("a", command.replace("FILE", file.toString()));
    try (Container c = builder.start()) {
      assertEquals(0, c.exitCode(), c::both);
    }
    return Files.readAllBytes(file);
  }

  private static List<String> entries(byte[] environ) {
    String text = new String(environ, StandardCharsets.ISO_8859_1);
    List<String> entries = new ArrayList<>(List.of(text.split("\0")));
    entries.removeIf(e -> e.matches("(_|PWD|OLDPWD|SHLVL)=.*"));
    return entries;
  }

  private static final String[] ODD = {
    "JAVA_TOOL_OPTIONS=-Dgreeting=\"hello  world\" -XX:NoSuchOption=\n 'x'",
    "JDK_JAVA_OPTIONS=--no-such-option $HOME \\ #",
    "_JAVA_OPTIONS=-Xmx1k",
    "spring.datasource.url=jdbc:x?a=b&c=d",
    "a-b=1",
    "EMPTY=",
    "NEWLINE=one\ntwo\n",
    "QUOTES=\"'`$(true)",
    "LATIN=\u00e4\u00f6\u00fc",
    "SPACES=  two  "
  };

  @ParameterizedTest(name = "started by {0}")
  @ValueSource(strings = {"the launcher", "java -jar"})
  void everyVariableArrivesByteForByte(String way) throws Exception {
    String services = directory.resolve("services").toString();
    String path = Container.javaHome() + "/bin:" + System.getenv("PATH");
    List<String> given = new ArrayList<>(List.of(ODD));
    given.add("DINIT_DIR=" + services);
    given.add("PATH=" + path);
    if (way.equals("java -jar")) {
      given.removeIf(e -> e.startsWith("J") || e.startsWith("_J"));
    }
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    command.addAll(given);
    if (way.equals("java -jar")) {
      command.addAll(List.of("java", "-jar"));
    }
    command.add(Container.launcher().toString());
    Container.Builder builder = container().command(command.toArray(String[]::new));
    byte[] environ = left(builder, "cp /proc/self/environ FILE");
    TreeSet<String> expected = new TreeSet<>();
    for (String entry : given) {
      expected.add(new String(entry.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
    expected.add("GATUN_SERVICE=a");
    assertEquals(expected, new TreeSet<>(entries(environ)));
  }

  @Test
  void theTagOfAnOuterContainerGivesWayToTheServicesOwn() throws Exception {
    Container.Builder builder =
        container().env("GATUN_SERVICE", "outer").env("GATUN_SERVICES", "x");
    List<String> environ = entries(left(builder, "cp /proc/self/environ FILE"));
    environ.removeIf(e -> !e.startsWith("GATUN_"));
    assertEquals(
        List.of("GATUN_SERVICE=a", "GATUN_SERVICES=x"), environ.stream().sorted().toList());
  }

  @Test
  void aVariableThatIsNotUtf8ArrivesByteForByte() throws Exception {
    byte[] value = {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0x80};
    Path wrapper = directory.resolve("wrapper");
    Files.write(
        wrapper, "#!/bin/bash\nexport BINARY=$'\\xff\\xfex\\x80'\nexec \"$@\"\n".getBytes());
    Container.Builder builder =
        container().command("bash", wrapper.toString(), Container.launcher().toString());
    byte[] left = left(builder, "printf %s \"$BINARY\" > FILE");
    assertArrayEquals(value, left);
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    String status =
        new String(left(container(), "exec cp /proc/self/status FILE"), StandardCharsets.UTF_8);
    assertTrue(status.contains("SigBlk:\t0000000000000000"), status);
    assertTrue(status.contains("SigIgn:\t0000000000000000"), status);
  }

  @Test
  void whatWasIgnoredBeforeStaysIgnored() throws Exception {
    Container.Builder builder =
        container().command("bash", "-c", "trap '' HUP; exec " + Container.launcher());
    String status =
        new String(left(builder, "exec cp /proc/self/status FILE"), StandardCharsets.UTF_8);
    assertTrue(status.contains("SigIgn:\t0000000000000001"), status);
  }

  @Test
  void onlyThreeDescriptorsAreOpen() throws Exception {
    Container.Builder builder =
        container().command("bash", "-c", "exec 7</etc/passwd 12>&1; exec " + Container.launcher());
    String listed = new String(left(builder, "ls /proc/$$/fd > FILE"), StandardCharsets.UTF_8);
    // Bash reads its script through descriptor 255.
    assertEquals("0\n1\n2\n255\n", listed);
  }

  @Test
  void theLimitOnDescriptorsIsTheOneThatWasGiven() throws Exception {
    Path options = Container.launcher().resolveSibling("jvm.options");
    String java = "env --block-signal _JAVA_SR_SIGNUM=16 java @" + options + " -jar ";
    Container.Builder builder =
        container().command("bash", "-c", "ulimit -Sn 321; exec " + java + Container.launcher());
    String limit = new String(left(builder, "ulimit -Sn > FILE"), StandardCharsets.UTF_8);
    assertEquals("321\n", limit);
  }

  @Test
  void stdinIsEmptyAndTheServiceDirectoryIsTheWorkingDirectory() throws Exception {
    String seen =
        new String(
            left(container(), "{ pwd; echo $#; cat | wc -c; } > FILE"), StandardCharsets.UTF_8);
    assertEquals(directory.resolve("services/a") + "\n0\n0\n", seen);
  }

  @Test
  void theTagsOfTheLauncherAreGone() throws Exception {
    String environ =
        new String(left(container(), "cp /proc/self/environ FILE"), StandardCharsets.UTF_8);
    assertTrue(
        !environ.contains("_JAVA_SR_SIGNUM") && !environ.matches("(?s).*\\x00[123]=.*"), environ);
  }
}
