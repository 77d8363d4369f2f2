import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures Gatun against C references, a Java Hello World and the peers that are installed. */
final class Measure implements Verb {
  private static final Path BUILD = Path.of("target/bench");

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String line() {
    return "measure output, start, idle and stop beside other inits";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev bench [--rounds N] [--millions N] [PART...]

    Writes the parts into docs/benchmarks.md, and docs/benchmarks.svg. Without a PART all of them:
      throughput  lines a second and CPU time of Gatun as built and as optimized, of the C
                  reference, and of s6-log, svlogd and multilog where they are installed
      cold        the same for the first million lines after the start
      reaction    latency of quiet services' lines, of reaping and of TERM while another service
                  floods
      checked     100 million lines of eight services through a reader that pauses at random, with
                  counts and checksums per stream
      start       time from the exec of Gatun, as built and as optimized, until its first service
                  begins, beside a Java Hello World, tini, dumb-init, catatonit, s6-svscan and
                  runsvdir, with the CPU time until the end
      idle        memory and wake-ups of the same while nothing happens
      stop        from TERM until the end, with 1, 10 and 100 services
      orphans     CPU time for 10,000 orphans
      chart       draws docs/benchmarks.svg from the page's table of throughput, measures nothing
    --rounds (5) says how often each is measured, --millions (10) how many lines of 100 bytes at a
    time. Two programs of which there are no packages take part where the environment names them:
      DINIT=/path/to/dinit            in all tables but checked and strict JSON
      REGEX2JSON=/path/to/regex2json  where an access log is converted
    Needs gcc and the built program (./mvnw package); the last four parts also need root.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options = new Options(this, arguments, Set.of(), Set.of("--rounds", "--millions"));
    compile(BUILD);
    List<String> words = new ArrayList<>(List.of(Tool.java(), "benchmarks/Bench.java"));
    words.add(Path.of("").toAbsolutePath().toString());
    words.add(BUILD.toAbsolutePath().toString());
    words.add(options.number("--rounds", "5"));
    words.add(options.number("--millions", "10"));
    words.addAll(options.others());
    return Tool.run(words);
  }

  /** The C programs that the parts run. */
  static void compile(Path into) throws InterruptedException {
    Tool.makeDirectory(into);
    for (Path source : Classes.files(Path.of("benchmarks"), ".c")) {
      String name = source.getFileName().toString().replace(".c", "");
      List<String> words = new ArrayList<>(List.of("gcc", "-O3", "-Wall", "-Wextra", "-Werror"));
      words.add("-Wno-unused-result");
      if (name.equals("service")) {
        words.add("-static");
      }
      words.addAll(List.of("-o", into.resolve(name).toString(), source.toString()));
      Tool.must(words);
    }
  }
}
