import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes docs/state-machine.md from the code. */
final class StateMachine implements Verb {
  @Override
  public String name() {
    return "state-machine";
  }

  @Override
  public String line() {
    return "draw docs/state-machine.md from the code";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev state-machine [--check]

    Explores what the machine can do and writes it to docs/state-machine.md; --check only says
    whether that page is stale.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    new Options(this, arguments, Set.of("--check"), Set.of()).alone();
    List<String> words = new ArrayList<>(List.of(Tool.java(), "-XX:+UseSerialGC", "-cp"));
    words.add(Classes.ofCoreAndTests() + ":" + junit());
    words.addAll(List.of("dev.gatun.machine.StateMachinePage", "docs/state-machine.md"));
    words.addAll(arguments);
    return Tool.run(words);
  }

  /** A class of the tests that the page is made with names JUnit. */
  private static String junit() {
    Path users = Path.of(System.getProperty("user.home"), ".m2/repository/org/junit/jupiter");
    try (Stream<Path> files = Files.walk(users)) {
      return files
          .map(Path::toString)
          .filter(file -> file.matches(".*/junit-jupiter-api-[\\d.]+\\.jar"))
          .sorted()
          .reduce("", (before, last) -> last);
    } catch (IOException e) {
      return "";
    }
  }
}
