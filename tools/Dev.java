import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The developers' tool, as scripts/dev starts it: finds the verb and does what it says. */
final class Dev {
  private static final List<Verb> VERBS =
      List.of(
          new Format(),
          new Settings(),
          new Examples(),
          new Simulate(),
          new Faults(),
          new Mutate(),
          new Soak(),
          new StraceLoop(),
          new StateMachine(),
          new Measure(),
          new JournalCosts(),
          new Jmh(),
          new Compile(),
          new Release());

  private Dev() {}

  public static void main(String[] words) throws InterruptedException {
    if (words.length == 0 || List.of("-h", "--help", "help").contains(words[0])) {
      list();
      return;
    }
    List<String> arguments = new ArrayList<>(Arrays.asList(words).subList(1, words.length));
    for (Verb verb : VERBS) {
      if (verb.name().equals(words[0])) {
        System.exit(run(verb, arguments));
      }
    }
    System.err.println("dev: there is no verb '" + words[0] + "'; scripts/dev lists them");
    System.exit(2);
  }

  private static int run(Verb verb, List<String> arguments) throws InterruptedException {
    if (arguments.contains("-h") || arguments.contains("--help")) {
      System.out.print(verb.usage());
      return 0;
    }
    try {
      return verb.run(arguments);
    } catch (Tool.Failure e) {
      System.err.println(verb.name() + ": " + e.getMessage());
      return e.code();
    }
  }

  private static void list() {
    System.out.println("usage: scripts/dev VERB [ARGUMENT...]; scripts/dev VERB --help tells more");
    System.out.println();
    for (Verb verb : VERBS) {
      System.out.printf("  %-14s %s%n", verb.name(), verb.line());
    }
  }
}
