import java.nio.file.Path;
import java.util.List;

/**
 * What scripts/dev bench runs: the parts that are asked for, in turn, each into its place in the
 * page.
 */
final class Bench {
  private static final List<String> ALL =
      List.of("throughput", "cold", "reaction", "checked", "start", "idle", "stop", "orphans");

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Lab lab = new Lab(Path.of(arguments[0]), Path.of(arguments[1]));
    int rounds = Integer.parseInt(arguments[2]);
    double millions = Double.parseDouble(arguments[3]);
    List<String> parts =
        arguments.length > 4 ? List.of(arguments).subList(4, arguments.length) : ALL;
    for (String part : parts) {
      switch (part) {
        case "chart" -> Chart.write(lab.svg(), lab.page);
        case "throughput" -> new Throughput(lab, rounds, millions).run();
        case "cold" -> new Throughput(lab, rounds, 1).runCold();
        case "reaction" -> new Reaction(lab, rounds).run();
        case "checked" -> new Checked(lab).run(100);
        case "start" -> new Start(lab, rounds).runStarts();
        case "idle" -> new Start(lab, rounds).runIdle();
        case "stop" -> new Start(lab, rounds).runStops();
        case "orphans" -> new Start(lab, rounds).runOrphans();
        default -> throw new IllegalArgumentException("no such part: " + part);
      }
    }
  }
}
