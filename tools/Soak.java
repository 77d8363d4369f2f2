import java.util.List;
import java.util.Random;
import java.util.Set;

/** Runs containers that churn, made from a seed, with the built Gatun as PID 1. */
final class Soak implements Verb {
  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String line() {
    return "let containers churn under the built program, from a seed";
  }

  @Override
  public String usage() {
    return """
    usage: scripts/dev soak [--seconds N] [--seed N]

    Runs containers one after another, each in a pid namespace of its own: services whose
    children exit, are killed, fork, stop, become daemons and write, and that behave badly in
    every other way. Each must end with the right exit code, without a lost line, a zombie, a
    descriptor or memory that is left. Stops at the first that does not, says what was wrong and
    how to run it again, and exits with 1. Needs root, unshare(1) and a C compiler.
      --seconds N    how long (default 600); the first container has a third of it
      --seed N       what the containers are made from (default: any)
    """;
  }

  @Override
  public int run(List<String> arguments) throws InterruptedException {
    Options options = new Options(this, arguments, Set.of(), Set.of("--seconds", "--seed")).alone();
    String seconds = options.number("--seconds", "600");
    String seed = options.number("--seed", String.valueOf(new Random().nextInt(1 << 30)));
    if (!Tool.canUnshare()) {
      throw new Tool.Failure(2, "pid namespaces need root and unshare(1) (Debian: util-linux)");
    }
    Classes.buildProgram();
    return Tool.run(
        List.of(
            Tool.java(),
            "-Dgatun.dist=" + Classes.launcher().getParent(),
            "-cp",
            "init-cli/target/test-classes",
            "dev.gatun.cli.Soak",
            seconds,
            seed));
  }
}
