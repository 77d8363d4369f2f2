package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.model.ExitStatus;
import java.util.Set;

/**
 * What the contract says of a command's exit code. Written from the contract and not from the
 * machine.
 *
 * @param forgiven codes that become 0
 */
record CommandRule(String program, Set<Integer> forgiven) {

  /** The rule for a workload's command, or null when it has none. */
  static CommandRule of(Workload workload) {
    if (workload.plan().signals().forwarding().isEmpty()) {
      return null;
    }
    String name = workload.plan().signals().forwarding().get().to().name().toString();
    return new CommandRule(ServiceMaker.run(name), Set.copyOf(ServiceMaker.FORGIVEN));
  }

  int ended(ExitStatus status) {
    int code =
        status instanceof ExitStatus.Signaled killed
            ? 128 + killed.signal().number()
            : ((ExitStatus.Exited) status).code();
    return forgiven.contains(code) ? 0 : code;
  }

  int notStarted(int error) {
    return switch (error) {
      case Errno.ENOENT -> 127;
      case Errno.EACCES -> 126;
      default -> 1;
    };
  }
}
