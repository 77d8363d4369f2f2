import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes what a release consists of, twice, and compares. It publishes nothing. */
final class Release implements Verb {
  private static final Path OUT = Path.of("target/release").toAbsolutePath();
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>gatun-parent</artifactId>\\s*<version>([^<]*)</version>");

  /** What names the time of its making, or sums of what does. */
  private static final Pattern NOT_COMPARED = Pattern.compile(".*maven-metadata.*");

  @Override
  public String name() {
    return "release";
  }

  @Override
  public String line() {
    return "make what a release consists of, twice, and compare; publish nothing";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev release [--version V]

    Builds the commit that is checked out in two directories of their own, compares every file of
    the two builds, and leaves in target/release/V
      gatun-V.tar.gz              the directory for images that have Java, for both architectures
      gatun-V-linux-ARCH.tar.gz   the same with a Java runtime, for this machine's architecture
      gatun-V.cdx.json            the bill of materials (CycloneDX)
      maven/                      the artifacts as a Maven repository has them: classes, sources,
                                  Javadoc, poms
      CHANGES.md                  the changelog's section
      SHA256SUMS                  the checksums of all of these
    It publishes nothing, and no file of the working tree is changed.
      --version V   the version; without it that of pom.xml, without -SNAPSHOT
    The archive for the other architecture is made by the same command on a machine of that
    architecture. Needs git, binutils and a JDK of which jlink can make a runtime.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options = new Options(this, arguments, Set.of(), Set.of("--version")).alone();
    Matcher found = VERSION.matcher(Tool.read(Path.of("pom.xml")));
    if (!found.find()) {
      throw new Tool.Failure("cannot find the version in pom.xml");
    }
    String current = found.group(1);
    String wanted =
        options.matching(
            "--version", current.replace("-SNAPSHOT", ""), "\\d+(\\.\\d+)*(-\\w+)?", "a version");
    Tool.deleteAll(OUT);
    Map<String, String> first = build("first", current, wanted);
    Map<String, String> second = build("second", current, wanted);
    compare(first, second);
    try {
      Files.move(OUT.resolve("first/out"), OUT.resolve(wanted));
      StringBuilder sums = new StringBuilder();
      first.forEach((file, sum) -> sums.append(sum).append("  ").append(file).append('\n'));
      Files.writeString(OUT.resolve(wanted).resolve("SHA256SUMS"), sums);
    } catch (IOException e) {
      throw new Tool.Failure("cannot put the release together: " + e.getMessage());
    }
    Tool.deleteAll(OUT.resolve("first"));
    Tool.deleteAll(OUT.resolve("second"));
    System.out.println("two builds are the same: " + first.size() + " files");
    System.out.println(Path.of("").toAbsolutePath().relativize(OUT.resolve(wanted)));
    return 0;
  }

  /** Builds what is committed; the checksums of all files of the release. */
  private static Map<String, String> build(String name, String current, String wanted)
      throws InterruptedException {
    Path tree = OUT.resolve(name).resolve("tree");
    Path out = OUT.resolve(name).resolve("out");
    Tool.makeDirectory(tree);
    Tool.makeDirectory(out);
    Path archive = OUT.resolve(name).resolve("sources.tar");
    Tool.must(List.of("git", "archive", "--output", archive.toString(), "HEAD"));
    Tool.must(List.of("tar", "-xf", archive.toString(), "-C", tree.toString()));
    for (String pom : List.of("", "init-ffm-bindings", "init-core", "init-cli")) {
      Path file = tree.resolve(pom).resolve("pom.xml");
      String before = "<version>" + current + "</version>";
      Tool.write(file, Tool.read(file).replace(before, "<version>" + wanted + "</version>"));
    }
    List<String> maven = new ArrayList<>(List.of(tree.resolve("mvnw").toString(), "-q", "-B"));
    maven.addAll(List.of("-ntp", "-f", tree.resolve("pom.xml").toString()));
    maven.addAll(List.of("-Plibrary,image", "-Dmaven.test.skip=true", "deploy"));
    maven.add("-DaltDeploymentRepository=release::file:" + out.resolve("maven"));
    // install comes before deploy, and the user's repository is not ours.
    maven.add("-Dmaven.repo.local=" + OUT.resolve("repository"));
    maven.add(
        "-Dmaven.repo.local.tail=" + Path.of(System.getProperty("user.home"), ".m2/repository"));
    Tool.must(maven);
    collect(tree.resolve("init-cli/target"), out, wanted);
    Tool.write(out.resolve("CHANGES.md"), changes(tree, wanted));
    return sums(out);
  }

  private static void collect(Path target, Path out, String version) throws InterruptedException {
    try {
      for (Path file : Classes.files(target, ".tar.gz")) {
        Files.copy(file, out.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.copy(
          target.resolve("gatun/gatun.cdx.json"), out.resolve("gatun-" + version + ".cdx.json"));
    } catch (IOException e) {
      throw new Tool.Failure("cannot copy what was built: " + e.getMessage());
    }
    List<String> tar = new ArrayList<>(List.of("tar", "--create", "--use-compress-program"));
    tar.addAll(List.of("gzip -9n", "--format", "gnu", "--sort", "name", "--owner", "0"));
    tar.addAll(List.of("--group", "0", "--numeric-owner", "--mode", "u=rwX,go=rX"));
    tar.addAll(List.of("--mtime", "2026-11-22T00:00:00Z", "-C", target.toString(), "--file"));
    tar.addAll(List.of(out.resolve("gatun-" + version + ".tar.gz").toString(), "gatun"));
    Tool.must(tar);
  }

  /** The changelog's newest section, which must be this version's. */
  private static String changes(Path tree, String version) {
    String text = Tool.read(tree.resolve("CHANGELOG.md"));
    int begin = text.indexOf("\n## ");
    int end = text.indexOf("\n## ", begin + 1);
    String section = text.substring(begin + 1, end < 0 ? text.length() : end + 1);
    if (!section.startsWith("## " + version)) {
      throw new Tool.Failure(
          "CHANGELOG.md's newest section is not '## " + version + "': give it that title");
    }
    return section;
  }

  private static Map<String, String> sums(Path directory) {
    Map<String, String> sums = new TreeMap<>();
    try {
      for (Path file : Classes.files(directory, "")) {
        String name = directory.relativize(file).toString();
        if (Files.isRegularFile(file) && !NOT_COMPARED.matcher(name).matches()) {
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          sums.put(name, HexFormat.of().formatHex(digest));
        }
      }
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new Tool.Failure("cannot take checksums: " + e.getMessage());
    }
    return sums;
  }

  private static void compare(Map<String, String> first, Map<String, String> second) {
    List<String> differing = new ArrayList<>();
    for (Map.Entry<String, String> file : first.entrySet()) {
      if (!file.getValue().equals(second.get(file.getKey()))) {
        differing.add(file.getKey());
      }
    }
    if (!differing.isEmpty() || first.size() != second.size()) {
      throw new Tool.Failure("two builds differ in " + differing);
    }
  }
}
