import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Builds examples/reaper from the library as a repository would have it, and runs it as PID 1. */
final class Examples implements Verb {
  private static final Path REPOSITORY = Path.of("target/repository").toAbsolutePath();
  private static final int TRIES = 600;
  private static final long PAUSE_MILLIS = 100;

  @Override
  public String name() {
    return "examples";
  }

  @Override
  public String line() {
    return "build examples/reaper from the installed library, and run it as PID 1";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev examples

    Installs init-core as a library (classes, sources, Javadoc) into target/repository, builds
    examples/reaper with it as any user of the library would, and runs that as PID 1 of a pid
    namespace: commands must have their exit codes, and what they leave behind must be reaped.
    The user's own Maven repository is read and not written to.
    Ends with 77 where pid namespaces cannot be made.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    if (!arguments.isEmpty()) {
      throw Tool.misuse(this, arguments.getFirst());
    }
    List<String> library = maven("install", "-Plibrary", "-pl", "init-ffm-bindings,init-core");
    library.addAll(List.of("-am", "-Dmaven.test.skip=true"));
    Tool.must(library);
    Tool.must(maven("package", "-f", "examples/reaper/pom.xml"));
    if (!Tool.canUnshare()) {
      System.err.println("skipped: pid namespaces need root and unshare(1) (Debian: util-linux)");
      return Tool.SKIPPED;
    }
    try {
      serve();
    } catch (IOException e) {
      throw new Tool.Failure("cannot talk to examples/reaper: " + e.getMessage());
    }
    return 0;
  }

  /** Maven with a repository of our own; what is in the user's is taken from there. */
  private static List<String> maven(String... words) {
    List<String> command = Tool.maven(words);
    Path users = Path.of(System.getProperty("user.home"), ".m2", "repository");
    command.add("-Dmaven.repo.local=" + REPOSITORY);
    command.add("-Dmaven.repo.local.tail=" + users);
    return command;
  }

  private static void serve() throws IOException, InterruptedException {
    List<String> words =
        List.of(
            "unshare",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            Tool.java(),
            "-jar",
            "examples/reaper/target/commands.jar",
            "0");
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      if (line == null || !line.startsWith("listening on port ")) {
        throw new Tool.Failure("examples/reaper does not listen, it says: " + line);
      }
      askEverything("http://localhost:" + line.substring("listening on port ".length()));
      check("it tells what it has reaped", output.readLine(), "exitCode=OptionalInt[5]");
      process.children().forEach(ProcessHandle::destroy);
      check("TERM ends it", "code " + process.waitFor(), "code 143");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void askEverything(String server) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      check("a command's exit code", run(client, server, "echo one; exit 7"), "one\nexit code 7\n");
      String orphan = "(sleep 0.2; exit 5) >/dev/null 2>&1 & exit 3";
      check("a parent's exit code", run(client, server, orphan), "exit code 3\n");
      String reaped = "";
      for (int i = 0; i < TRIES && !reaped.equals("1 reaped\n"); i++) {
        Thread.sleep(PAUSE_MILLIS);
        HttpRequest count = HttpRequest.newBuilder(URI.create(server + "/orphans")).build();
        reaped = client.send(count, BodyHandlers.ofString()).body();
      }
      check("the orphan is reaped", reaped, "1 reaped\n");
    }
  }

  private static String run(HttpClient client, String server, String command)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/run"))
            .POST(BodyPublishers.ofString(command))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static void check(String what, String text, String expected) {
    if (text == null || !text.contains(expected)) {
      throw new Tool.Failure("examples/reaper: " + what + ": " + text + ", not " + expected);
    }
    System.out.println("ok: " + what);
  }
}
