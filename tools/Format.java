import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats the Java sources in Google's style. */
final class Format implements Verb {
  private static final Path DIRECTORY = Path.of("target/format");
  private static final Pattern VERSION =
      Pattern.compile("<google-java-format.version>(.*)</google-java-format.version>");

  /** Generated sources stay as the generator wrote them. */
  private static final Pattern GENERATED = Pattern.compile("^(//|/\\*+) ?Generated");

  @Override
  public String name() {
    return "format";
  }

  @Override
  public String line() {
    return "format the Java sources";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev format [--check]

    Formats the Java sources with google-java-format, which Maven fetches; its version stands in
    pom.xml. --check only lists what it would change, and exits with 1 if there is anything.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    boolean check =
        new Options(this, arguments, Set.of("--check"), Set.of()).alone().has("--check");
    List<String> words = new ArrayList<>(List.of(Tool.java(), "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-jar", formatter().toString()));
    words.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    for (String root : List.of("init-ffm-bindings/src", "init-core/src", "init-cli/src")) {
      words.addAll(sources(root));
    }
    for (String root : List.of("examples", "benchmarks", "tools")) {
      words.addAll(sources(root));
    }
    int code = Tool.run(words);
    if (check && code != 0) {
      System.err.println("not formatted: the files above; scripts/dev format does it");
    }
    return code;
  }

  private static List<String> sources(String root) {
    return Classes.files(Path.of(root), ".java").stream()
        .map(Path::toString)
        .filter(file -> !file.contains("/target/"))
        .filter(file -> !GENERATED.matcher(Tool.read(Path.of(file))).find())
        .toList();
  }

  private static Path formatter() throws InterruptedException {
    Matcher version = VERSION.matcher(Tool.read(Path.of("pom.xml")));
    if (!version.find()) {
      throw new Tool.Failure("cannot find google-java-format.version in pom.xml");
    }
    String file = "google-java-format-" + version.group(1) + "-all-deps.jar";
    Path jar = DIRECTORY.resolve(file);
    if (!Files.exists(jar)) {
      Tool.must(
          Tool.maven(
              "--non-recursive",
              "dependency:copy",
              "-Dartifact=com.google.googlejavaformat:google-java-format:"
                  + version.group(1)
                  + ":jar:all-deps",
              "-DoutputDirectory=" + DIRECTORY));
    }
    return jar;
  }
}
