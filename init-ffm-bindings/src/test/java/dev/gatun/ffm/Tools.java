package dev.gatun.ffm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compilers and other programs that a test runs. */
final class Tools {
  private Tools() {}

  /** Skips the test where the machine does not have that program. */
  static void need(String tool) {
    boolean there = false;
    for (String path : System.getenv("PATH").split(":")) {
      there |= Files.isExecutable(Path.of(path, tool));
    }
    assumeTrue(there, tool + " is not installed");
  }

  /** How a program ended, and what it wrote. */
  record Output(int status, String text) {}

  static Output run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // What is meant for this JVM would announce itself on the child's stderr.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    byte[] output = process.getInputStream().readAllBytes();
    int status = process.waitFor();
    return new Output(status, new String(output, StandardCharsets.UTF_8).strip());
  }
}
