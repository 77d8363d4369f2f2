import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures what the journal costs, as a part of the loop's own CPU time. */
final class JournalCosts implements Verb {
  private static final Path WORK = Path.of("target/journal-cost").toAbsolutePath();

  @Override
  public String name() {
    return "journal-cost";
  }

  @Override
  public String line() {
    return "measure what the journal costs";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev journal-cost [ORPHANS [MILLIONS_OF_LINES]]

    Runs containers, and then their journals: one with many orphans (default 10000), one with a
    flood of lines (default 20 million). Needs root, unshare(1) and the built program
    (./mvnw package).
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    List<String> counts = new Options(this, arguments, Set.of(), Set.of()).others();
    long orphans = Long.parseLong(counts.isEmpty() ? "10000" : counts.getFirst());
    long millions = Long.parseLong(counts.size() < 2 ? "20" : counts.get(1));
    String launcher = Classes.launcher().toString();
    String classPath = launcher + ":" + Classes.jars(Path.of(launcher).resolveSibling("lib"));
    Path classes = WORK.resolve("classes");
    Tool.makeDirectory(classes);
    Classes.compile(classes, classPath, List.of(Path.of("benchmarks/JournalCost.java")));
    measure(
        "orphans",
        classes + ":" + classPath,
        "for ((i = 0; i < " + orphans + "; i++)); do (sleep 600 &); done\nsleep 4\n");
    measure(
        "lines",
        classes + ":" + classPath,
        "yes '{\"message\":\"a line that is neither short nor long, as services write"
            + " them\",\"n\":1}' |\n  head -n "
            + millions * 1_000_000
            + "\n");
    return 0;
  }

  private static void measure(String name, String classPath, String script)
      throws InterruptedException {
    Path services = WORK.resolve(name);
    Path run = services.resolve("service/run");
    Tool.makeDirectory(run.getParent());
    try {
      Files.writeString(run, "#!/bin/bash\n" + script);
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new Tool.Failure("cannot write " + run + ": " + e.getMessage());
    }
    List<String> words = new ArrayList<>();
    words.addAll(List.of("unshare", "--pid", "--fork", "--mount-proc", "env"));
    words.addAll(List.of("--block-signal", "_JAVA_SR_SIGNUM=16", "DINIT_DIR=" + services));
    words.addAll(List.of("DINIT_LOG_LEVEL=" + System.getenv().getOrDefault("level", "warn")));
    words.addAll(List.of(Tool.java(), "-Xrs", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-XX:-UsePerfData", "-Xmx64m", "-Xss256k"));
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, "JournalCost"));
    words.add(WORK.resolve("journal").toString());
    String said = Tool.errors(words);
    said.lines()
        .filter(line -> line.contains(" events in "))
        .forEach(line -> System.out.println(name + ": " + line));
  }
}
