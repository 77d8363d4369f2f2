import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compiles what is run by people only, now and then, and has to compile all the same. */
final class Compile implements Verb {
  private static final Path OUT = Path.of("target/compile");

  @Override
  public String name() {
    return "compile";
  }

  @Override
  public String line() {
    return "compile the benchmarks, these tools and the examples, warnings being errors";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev compile

    Compiles what no test runs: the benchmarks (Java, C and JMH), this tool, and the examples that
    are single files. Warnings are errors. scripts/dev examples builds the other examples.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    new Options(this, arguments, Set.of(), Set.of()).alone();
    String classPath = Classes.ofCoreAndTests() + ":init-cli/target/classes";
    Tool.must(Tool.maven("-pl", "init-cli", "-am", "process-classes"));
    Tool.deleteAll(OUT);
    Classes.compile(OUT.resolve("benchmarks"), classPath, java("benchmarks"));
    Classes.compile(OUT.resolve("tools"), classPath, java("tools"));
    for (Path example : java("examples/web")) {
      Classes.compile(OUT.resolve("examples"), classPath, List.of(example));
    }
    Measure.compile(OUT.resolve("c"));
    return new Jmh().run(List.of("--compile-only"));
  }

  private static List<Path> java(String directory) {
    return new ArrayList<>(Classes.files(Path.of(directory), ".java"));
  }
}
