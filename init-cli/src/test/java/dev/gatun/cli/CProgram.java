package dev.gatun.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The C programs that do what shells cannot, or not quickly enough: NAME.c of the resources. */
final class CProgram {
  private CProgram() {}

  /** The path of the program, which is put into {@code directory}. */
  static Path compile(String name, Path directory) {
    Path program = directory.resolve(name);
    Path source = directory.resolve(name + ".c");
    try (InputStream text = CProgram.class.getResourceAsStream("/" + name + ".c")) {
      Files.copy(text, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String to = program.toString();
    String said = Container.run("cc", "-O2", "-pthread", "-o", to, source.toString());
    if (!Files.exists(program)) {
      throw new AssertionError("cannot compile " + name + ".c: " + said);
    }
    return program;
  }
}
