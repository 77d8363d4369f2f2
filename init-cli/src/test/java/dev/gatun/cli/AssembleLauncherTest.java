package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of the build that puts the launcher together. */
class AssembleLauncherTest {
  private static final String SOURCE = "src/build/java/AssembleLauncher.java";

  @TempDir Path directory;

  private Path dist;

  @BeforeEach
  void files() throws IOException {
    dist = Files.createDirectories(directory.resolve("dist/s6")).getParent();
    Files.writeString(dist.resolve("jvm.options"), "# options\n-Xrs\n");
    Files.writeString(dist.resolve("s6/halt"), "#!/bin/sh\n");
    Files.writeString(directory.resolve("jar"), "JAR\n#!");
    Files.writeString(dist.resolve("launcher-line"), "#!/usr/bin/env -S java -Xrs -jar\n");
  }

  private String assemble(int code, String... more) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", SOURCE, dist.toString()));
    words.addAll(List.of(directory.resolve("jar").toString()));
    words.addAll(List.of(more));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    String text = new String(said, StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), text);
    return text;
  }

  @Test
  void theLauncherIsTheJarBehindTheLineAndTheFilesLieBeside()
      throws IOException, InterruptedException {
    Path target = directory.resolve("target");
    assemble(0, target.toString());
    Path launcher = target.resolve("gatun");
    assertEquals("#!/usr/bin/env -S java -Xrs -jar\nJAR\n#!", Files.readString(launcher));
    assertTrue(Files.isExecutable(launcher));
    assertTrue(Files.isExecutable(target.resolve("s6/halt")));
    assertFalse(Files.isExecutable(target.resolve("jvm.options")));
    assertFalse(Files.exists(target.resolve("launcher-line")));
  }

  @Test
  void anImagesLauncherNamesItsOwnJava() throws IOException, InterruptedException {
    Path target = directory.resolve("target");
    Path image = directory.resolve("image");
    assemble(0, target.toString());
    Files.createDirectories(image.resolve("of/yesterday"));
    assemble(0, image.toString(), "/opt/gatun", target.toString());
    assertEquals(
        "#!/usr/bin/env -S /opt/gatun/jre/bin/java @/opt/gatun/jvm.options -jar\nJAR\n#!",
        Files.readString(image.resolve("gatun")));
    assertTrue(Files.isExecutable(image.resolve("s6/halt")));
    assertFalse(Files.exists(image.resolve("of")));
  }

  @Test
  void aLineThatTheKernelWouldCutIsRefused() throws IOException, InterruptedException {
    String begin = "#!/usr/bin/env -S java -D";
    String longest = begin + "x".repeat(255 - begin.length() - " -jar".length()) + " -jar\n";
    Files.writeString(dist.resolve("launcher-line"), longest);
    assemble(0, directory.resolve("target").toString());
    Files.writeString(dist.resolve("launcher-line"), longest.replace("x -jar", "xx -jar"));
    String said = assemble(1, directory.resolve("target").toString());
    assertTrue(said.contains("has 256 bytes: shorten it to the kernel's limit, 255"), said);
  }

  @Test
  void aLineOfAnotherShapeIsRefused() throws IOException, InterruptedException {
    for (String line : List.of("java -jar\n", "#!/usr/bin/env java\n", "#!a -jar\n#!b -jar\n")) {
      Files.writeString(dist.resolve("launcher-line"), line);
      String said = assemble(1, directory.resolve("target").toString());
      assertTrue(said.contains("is not one line that begins with #!"), said);
    }
  }
}
