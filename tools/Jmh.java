import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the framer and the stampers by themselves, in nanoseconds a line. */
final class Jmh implements Verb {
  private static final Path OUT = Path.of("target/jmh");

  @Override
  public String name() {
    return "jmh";
  }

  @Override
  public String line() {
    return "measure the framer, the stampers and patterns alone, with JMH";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev jmh [JMH's options and patterns]

    Compiles init-core/src/jmh against the classes and runs it with JMH, which Maven fetches.
    scripts/dev jmh -l lists the benchmarks; --compile-only runs none.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Classes.ofCoreAndTests();
    Tool.must(Tool.maven("--non-recursive", "-Pjmh", "initialize"));
    String classPath = Classes.jars(OUT.resolve("lib")) + ":" + Classes.ofCore();
    Path classes = OUT.resolve("classes");
    Tool.deleteAll(classes);
    Tool.makeDirectory(classes);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    words.addAll(List.of("-proc:full", "-cp", classPath, "-d", classes.toString()));
    Classes.files(Path.of("init-core/src/jmh"), ".java").forEach(f -> words.add(f.toString()));
    Tool.must(words);
    if (arguments.contains("--compile-only")) {
      return 0;
    }
    List<String> run = new ArrayList<>(List.of(Tool.java(), "-cp", classes + ":" + classPath));
    run.add("org.openjdk.jmh.Main");
    run.addAll(arguments);
    return Tool.run(run);
  }
}
