package dev.gatun.strace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Behind scripts/dev strace-loop: prints the turns of a loop that strace has watched. */
final class StraceLoop {
  private StraceLoop() {}

  /**
   * @param arguments the service directory, strace's files, and whether each call is to be printed
   */
  public static void main(String[] arguments) throws IOException {
    Path services = Path.of(arguments[0]).toRealPath();
    Trace trace = Trace.read(Path.of(arguments[1]));
    boolean raw = Boolean.parseBoolean(arguments[2]);
    if (trace.loop().isEmpty()) {
      System.err.println("strace-loop: Gatun ended before its loop began: see what it said above");
      System.exit(1);
    }
    String text = new Annotator(trace, services.toString(), raw).text();
    System.out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
