package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a program inherits of Gatun is what the container's runtime would have given it: everything
 * that passes through exec is made odd, and the same program tells of it, once executed in Gatun's
 * place, and once by Gatun.
 */
class InheritedIT {
  /** The ways to start Gatun. */
  enum Way {
    AS_BUILT,
    OPTIMIZED,
    FROM_THE_ARCHIVE,
    BY_JAVA_JAR;

    /** The JVM has all options from its first start. */
    boolean hasAllOptions() {
      return this == OPTIMIZED || this == FROM_THE_ARCHIVE;
    }
  }

  /** Where the runtime executes what follows, with a descriptor of its own. */
  private static final String WITH_DESCRIPTOR = "exec 7</etc/passwd; exec \"$@\"";

  private static final String NOTHING_BLOCKED = "status SigBlk:\t0000000000000000";

  @TempDir Path directory;
  private Path program;
  private Path told;
  private Path home;

  @BeforeEach
  void compile() throws IOException {
    program = CProgram.compile("inherited", directory);
    Path service = Files.createDirectories(directory.resolve("services/a"));
    Files.createSymbolicLink(service.resolve("run"), program);
    told = service.resolve("told");
    // Launchers name the directory that they are in, and their line is short.
    home = Files.createDirectory(Path.of("/tmp/g" + ProcessHandle.current().pid()));
  }

  @AfterEach
  void removeGatun() {
    Container.run("rm", "-r", home.toString());
  }

  /** The words that start Gatun. */
  private List<String> launcher(Way way) throws IOException {
    Container.run("cp", "-rp", System.getProperty("gatun.dist") + "/.", home.toString());
    Path launcher = home.resolve("gatun");
    switch (way) {
      case AS_BUILT -> {}
      case OPTIMIZED ->
          Container.run("env", "PATH=" + path(), "JAVA_HOME=", launcher.toString(), "optimize");
      case FROM_THE_ARCHIVE -> {
        Files.createSymbolicLink(home.resolve("jre"), Path.of(Container.javaHome()));
        String java = home + "/jre/bin/java @" + home + "/jvm.options -jar";
        Container.run("sed", "-i", "1s# java .*# " + java + "#", launcher.toString());
      }
      case BY_JAVA_JAR -> {
        return List.of("java", "-jar", launcher.toString());
      }
    }
    return List.of(launcher.toString());
  }

  private static String path() {
    return Container.javaHome() + "/bin:" + System.getenv("PATH");
  }

  /** In this order; the launcher's first line passes Java's variables on behind the others. */
  private List<String> environment(Way way) {
    List<String> environment = new ArrayList<>();
    environment.add("COREDUMP_FILTER=" + (way.hasAllOptions() ? "0x3d" : "0x31"));
    environment.add("LD_LIBRARY_PATH=/nowhere:" + Container.javaHome() + "/lib/server");
    environment.add("spring.datasource.url=jdbc:x?a=b&c=d");
    environment.add("PATH=" + path());
    environment.add("EMPTY=");
    environment.add("DINIT_DIR=" + directory.resolve("services"));
    environment.add("LINES=one\ntwo\n");
    if (way != Way.BY_JAVA_JAR) {
      environment.add("JAVA_TOOL_OPTIONS=-XX:NoSuchOption");
      environment.add("JDK_JAVA_OPTIONS=  --no-such-option ");
      environment.add("_JAVA_OPTIONS=-Xmx1k");
    }
    return environment;
  }

  /** Executes something as PID 1, in odd circumstances. */
  private List<String> tell(Way way, List<String> command, Path file) throws IOException {
    List<String> words = new ArrayList<>(List.of("env", "-i"));
    words.addAll(environment(way));
    words.addAll(List.of(program.toString(), "odd", "/bin/bash", "-c", WITH_DESCRIPTOR, "bash"));
    // Bash adds variables of its own, and changes the order.
    words.addAll(List.of("env", "-i"));
    words.addAll(environment(way));
    words.addAll(command);
    Container.Builder builder = new Container.Builder(directory);
    try (Container c = builder.command(words.toArray(String[]::new)).start()) {
      assertEquals(0, c.exitCode(), c::both);
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }
  }

  private List<String> withoutGatun(Way way) throws IOException {
    Path file = directory.resolve("direct");
    return tell(way, List.of(program.toString(), "tell", file.toString()), file);
  }

  /** A JVM without options raises the limit on descriptors, and nobody knows what it was. */
  private static void expectTheLimitRaised(List<String> expected) {
    expected.replaceAll(line -> line.replaceAll("^(limit 7) \\S+ (\\S+)$", "$1 $2 $2"));
  }

  private static void expectNothingBlocked(List<String> expected) {
    expected.replaceAll(line -> line.startsWith("status SigBlk:") ? NOTHING_BLOCKED : line);
  }

  @ParameterizedTest
  @EnumSource
  void aCommandInheritsWhatItWouldHaveWithoutGatun(Way way) throws IOException {
    Path file = directory.resolve("command");
    List<String> command = new ArrayList<>(launcher(way));
    command.addAll(List.of("--", program.toString(), "tell", file.toString()));
    Files.move(directory.resolve("services"), directory.resolve("no-services"));
    List<String> expected = withoutGatun(way);
    if (way == Way.BY_JAVA_JAR) {
      expectTheLimitRaised(expected);
    } else {
      expectNothingBlocked(expected);
    }
    assertSame(expected, tell(way, command, file));
  }

  @ParameterizedTest
  @EnumSource
  void aServiceInheritsTheSameInItsDirectoryWithoutDescriptorsAndBlockedSignals(Way way)
      throws IOException {
    List<String> expected = withoutGatun(way);
    expectNothingBlocked(expected);
    if (way == Way.BY_JAVA_JAR) {
      expectTheLimitRaised(expected);
    }
    expected.removeIf(line -> line.equals("descriptor 7"));
    expected.replaceAll(
        line -> line.startsWith("directory ") ? "directory " + told.getParent() : line);
    int end = expected.size();
    while (!expected.get(end - 1).startsWith("environment ")) {
      end--;
    }
    expected.add(end, "environment GATUN_SERVICE=a");
    assertSame(expected, tell(way, launcher(way), told));
  }

  /** Names the lines that differ: there are a hundred others. */
  private static void assertSame(List<String> expected, List<String> actual) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(actual);
    List<String> surplus = new ArrayList<>(actual);
    surplus.removeAll(expected);
    assertEquals(String.join("\n", missing), String.join("\n", surplus));
    assertEquals(expected, actual);
  }

  @Test
  void pidOneIsCalledGatunSoThatAScriptThatKillsJavaSparesIt() {
    String run = "read -r name < /proc/1/comm; pkill java; echo \"{\\\"name\\\":\\\"$name\\\"}\"";
    try (Container c = new Container.Builder(home).service("b", run).start()) {
      c.awaitText("\"name\":\"gatun\"");
      assertEquals(0, c.exitCode(), c::both);
    }
  }
}
