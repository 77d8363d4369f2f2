import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes README's table of settings and the manual page. */
final class Settings implements Verb {
  @Override
  public String name() {
    return "settings";
  }

  @Override
  public String line() {
    return "make README's table of settings and gatun.1 from the code's";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev settings [--check]

    Writes README.md's table of settings and init-cli/src/main/dist/gatun.1, both from Setting.java
    and Help.java in init-cli; --check only says whether one of them is stale.
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    new Options(this, arguments, Set.of("--check"), Set.of()).alone();
    Tool.must(Tool.maven("-pl", "init-cli", "-am", "test-compile"));
    List<String> words = new ArrayList<>(List.of(Tool.java(), "-XX:TieredStopAtLevel=1", "-cp"));
    words.add(Classes.ofCore() + ":init-cli/target/classes:init-cli/target/test-classes");
    words.add("dev.gatun.cli.SettingPages");
    words.addAll(arguments);
    return Tool.run(words);
  }
}
