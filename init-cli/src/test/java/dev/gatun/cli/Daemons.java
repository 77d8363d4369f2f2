package dev.gatun.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Services that leave daemons behind, which Gatun adopts. */
final class Daemons {
  /** What a service does when it has left its daemons behind. */
  static final String WAITS = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  private Daemons() {}

  static Container.Builder container(Path directory) {
    return new Container.Builder(directory).env("DINIT_REPARENTING_POLICY", "adopt");
  }

  /** Starts a shell script as a daemon that is called {@code name}. */
  static String daemon(String name, String script) {
    return "(setsid bash -c 'exec -a \"$0\" bash -c \"$1\"' " + name + " '" + script + "' &); ";
  }

  /** The pid in the container of the process that was adopted under that name. */
  static String adopted(Container c, String name) {
    String words = "adopting reparented process (\\d+) \\(" + name + "\\)";
    Pattern pattern = Pattern.compile(words);
    c.awaitOutput(name + " to be adopted", () -> pattern.matcher(c.stderr()).find());
    Matcher matcher = pattern.matcher(c.stderr());
    assertTrue(matcher.find(), c::both);
    return matcher.group(1);
  }

  /** The program of orphan.c, compiled; skips the test where there is no compiler. */
  static Path orphan(Path directory) {
    assumeTool("cc");
    return CProgram.compile("orphan", directory);
  }

  static void assumeTool(String name) {
    for (String path : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(path, name))) {
        return;
      }
    }
    Assumptions.abort("skipped: there is no " + name);
  }
}
