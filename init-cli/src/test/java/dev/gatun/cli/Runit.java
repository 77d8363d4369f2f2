package dev.gatun.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's own runit: the clients that Gatun must satisfy, and the supervisor that it is held
 * against.
 */
final class Runit {
  private Runit() {}

  /** Skips the test where it is not installed. */
  static void assumeInstalled() {
    if (!Files.isExecutable(Path.of("/usr/bin/sv"))) {
      Assumptions.abort("skipped: the clients of runit are not there (Debian: runit)");
    }
  }

  /** A container in the runit layout: services below {@code services}, stages in {@code runit}. */
  static Container.Builder container(Path directory) {
    assumeInstalled();
    return new Container.Builder(directory)
        .env("DINIT_DIR", "")
        .env("GATUN_LAYOUT", "runit")
        .env("RUNIT_DIR", directory.resolve("runit").toString())
        .env("SVDIR", directory.resolve("services").toString());
  }

  /** runsvdir as the container's only program, with the same services and no Gatun. */
  static Container.Builder runsvdir(Path directory) {
    return container(directory).command("runsvdir", directory.resolve("services").toString());
  }

  /** What a client said, pids and seconds made the same, and its exit code. */
  record Answer(String text, int code) {}

  static Answer sv(Path services, String... arguments) {
    List<String> words = new ArrayList<>(List.of("sv"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("SVDIR", services.toString());
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(
          said.replaceAll("\\(pid \\d+\\)", "(pid N)").replaceAll("\\b\\d+s\\b", "Ns"),
          process.waitFor());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The line that tells what a service does, or nothing when there is none. */
  static String stat(Path services, String service) {
    return text(services.resolve(service + "/supervise/stat")).strip();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  static void awaitStat(Path services, String service, String expected) {
    Container.await(
        service + " to be '" + expected + "', not '" + stat(services, service) + "'",
        () -> stat(services, service).equals(expected));
  }
}
