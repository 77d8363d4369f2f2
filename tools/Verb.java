import java.util.List;

/** Something that the developers' tool does. */
interface Verb {
  /** The word for it. */
  String name();

  /** What it does, in a line of the list. */
  String line();

  /** What {@code --help} prints, with its newline. */
  String usage();

  /**
   * Does it.
   *
   * @return the exit code; 77 if it was skipped
   * @throws Tool.Failure when it cannot be done, with a sentence
   */
  int run(List<String> arguments) throws InterruptedException;
}
