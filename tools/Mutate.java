import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the code one place at a time, and counts how many of the changes a test finds. */
final class Mutate implements Verb {
  private static final double LEAST_PERCENT = 90;

  /** Quick ones: every order of events, for one, takes longer than all mutants together may. */
  private static final Map<String, String> TESTS =
      new TreeMap<>(
          Map.of(
              "machine",
              "InitMachine Reparent Adopt Unlisted MachineRules Start Restart Commands Messages"
                  + " Targets Closing SignalRules StaleEvents Forward Effect",
              "output",
              "OutputPlane PatternStamper StrictJson StrictLines StamperRoom Encoding Timestamp"
                  + " Sink JsonScanner LineFramer Fairness OutputTurns"));

  private static final Pattern MUTATION =
      Pattern.compile("(?s)<mutation detected='(true|false)' status='(\\w+)'.*?</mutation>");

  @Override
  public String name() {
    return "mutate";
  }

  @Override
  public String line() {
    return "change the code one place at a time, and see whether a test fails";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev mutate [--package machine|output]

    Has PIT (pitest.org) make mutants of a package's classes, each with one small change such as
    < for <= or a call left out, and runs the quick tests on each until one fails. Prints the
    mutants that survived all of them and the part that did not, and exits with 1 when that is
    less than 90 %. Which survivors are known and why stands in docs/proof.md. Takes ten
    minutes a package, or fifteen.
      --package NAME   which; both when none is given
    The report is init-core/target/mutation/NAME/index.html.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options = new Options(this, arguments, Set.of(), Set.of("--package")).alone();
    String one = options.matching("--package", "", "machine|output", "machine or output");
    int status = 0;
    for (String name : one.isEmpty() ? TESTS.keySet() : Set.of(one)) {
      status = Math.max(status, mutate(name));
    }
    return status;
  }

  private static int mutate(String name) throws InterruptedException {
    StringBuilder tests =
        new StringBuilder("dev.gatun.sim.SampleOfSeeds,dev.gatun.sim.GoldenTranscriptTest");
    for (String test : TESTS.get(name).split(" ")) {
      tests.append(",dev.gatun.").append(name).append('.').append(test).append("Test");
    }
    List<String> words = Tool.maven("-pl", "init-core", "-am", "-Pmutation");
    words.add("-Dmutation.package=" + name);
    words.add("-Dmutation.tests=" + tests);
    words.add("process-test-classes");
    Tool.must(words);
    System.out.println("== dev.gatun." + name);
    return judge(Path.of("init-core/target/mutation", name, "mutations.xml"));
  }

  private record Survivor(String file, int line, String text) {}

  /** What the report says: survivors in the order of the sources, then the score. */
  private static int judge(Path report) {
    String xml;
    try {
      xml = Files.readString(report);
    } catch (IOException e) {
      throw new Tool.Failure("cannot read PIT's report: " + e.getMessage());
    }
    List<Survivor> survivors = new ArrayList<>();
    int all = 0;
    for (Matcher found = MUTATION.matcher(xml); found.find(); all++) {
      if (found.group(1).equals("false")) {
        String nothing = found.group(2).equals("NO_COVERAGE") ? " (no test goes there)" : "";
        String mutation = found.group();
        survivors.add(
            new Survivor(
                member(mutation, "sourceFile"),
                Integer.parseInt(member(mutation, "lineNumber")),
                member(mutation, "mutatedMethod")
                    + ": "
                    + member(mutation, "description")
                    + nothing));
      }
    }
    survivors.sort(Comparator.comparing(Survivor::file).thenComparing(Survivor::line));
    for (Survivor survivor : survivors) {
      System.out.println(survivor.file + ":" + survivor.line + " in " + survivor.text);
    }
    if (all == 0) {
      throw new Tool.Failure("there were no mutants");
    }
    int detected = all - survivors.size();
    double percent = 100.0 * detected / all;
    System.out.printf("%d of %d mutants were found, %.1f %%%n", detected, all, percent);
    return percent < LEAST_PERCENT ? 1 : 0;
  }

  private static String member(String mutation, String name) {
    Matcher found = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(mutation);
    String text = found.find() ? found.group(1) : "0";
    return text.replace("&lt;", "<").replace("&gt;", ">").replaceAll("&#\\d+;", "");
  }
}
