import java.util.List;
import java.util.Set;

/** Runs simulated containers: the real loop and machine on a kernel made from a seed. */
final class Simulate implements Verb {
  @Override
  public String name() {
    return "simulate";
  }

  @Override
  public String line() {
    return "run simulated containers from a seed";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev simulate [--seed N] [--count N | --seconds N] [--without N,N...]
                                [--trace] [--faulty] [--twice]

    Runs the containers that the seeds from N on make, and says what is wrong with them and how
    many seeds a minute were run. Exits with 1 when something is wrong.
      --seed N         the first seed (default 1)
      --count N        how many seeds (default 1)
      --seconds N      as many seeds as that takes
      --without N,...  leave parts of the container away, as a failing test says
      --trace          print what happens: the kernel's events, the machine's events and effects
      --faulty         the kernel's calls fail by plan, too
      --twice          run each seed twice; the transcripts must be the same
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options =
        new Options(
                this,
                arguments,
                Set.of("--trace", "--faulty", "--twice"),
                Set.of("--seed", "--count", "--seconds", "--without"))
            .alone();
    for (String name : List.of("--seed", "--count", "--seconds")) {
      options.matching(name, "", "-?\\d{1,19}", "a whole number");
    }
    options.matching("--without", "", "\\d+(,\\d+)*", "numbers, separated by commas");
    return Classes.run("dev.gatun.sim.Simulate", arguments);
  }
}
