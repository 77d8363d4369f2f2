import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts faults into the machine, one at a time, and lets the simulation find them. */
final class Faults implements Verb {
  private static final Path PATCHES = Path.of("init-core/src/test/faults");

  @Override
  public String name() {
    return "faults";
  }

  @Override
  public String line() {
    return "put faults into the machine, and let the simulation find them";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev faults [--seconds N] [NAME...]

    Applies each patch below init-core/src/test/faults to the machine's sources (not in place),
    compiles them, and runs the simulation from seed 1 on until something is wrong. Prints what
    was found, and exits with 1 when a fault was not.
      --seconds N   how long to look for each (default 60)
      NAME          a patch, without .patch (default all)
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options = new Options(this, arguments, Set.of(), Set.of("--seconds"));
    List<Path> patches = Classes.files(PATCHES, ".patch");
    for (String name : options.others()) {
      if (patches.stream().noneMatch(patch -> patch.endsWith(name + ".patch"))) {
        throw new Tool.Failure(
            2, "cannot look for '" + name + "': there is no " + name + ".patch below " + PATCHES);
      }
    }
    List<String> words = new ArrayList<>(List.of(".", options.number("--seconds", "60")));
    words.addAll(options.others());
    return Classes.run("dev.gatun.sim.FindFaults", words);
  }
}
