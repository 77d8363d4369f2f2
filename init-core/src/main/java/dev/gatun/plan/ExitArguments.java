package dev.gatun.plan;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a finish program is told of the end that it follows: two arguments, an exit code and a
 * signal's number, and perhaps two more.
 *
 * @param codeOfSignaled what stands for the code when a signal ended the program
 * @param coreDumped what is added to the signal's number when the program dumped core
 * @param notExecuted both arguments when the program could not be executed; empty where no finish
 *     program is run then
 * @param namesProcess whether the service's name and the pid of the process follow
 */
public record ExitArguments(
    int codeOfSignaled, int coreDumped, List<OsString> notExecuted, boolean namesProcess) {
  /** Two arguments. */
  public ExitArguments(int codeOfSignaled, int coreDumped, List<OsString> notExecuted) {
    this(codeOfSignaled, coreDumped, notExecuted, false);
  }

  public ExitArguments {
    notExecuted = List.copyOf(notExecuted);
  }

  /**
   * The arguments.
   *
   * @param status empty when the program could not be executed
   */
  public List<OsString> of(Optional<ExitStatus> status) {
    if (status.isEmpty()) {
      return notExecuted;
    }
    if (status.get() instanceof ExitStatus.Exited exited) {
      return List.of(number(exited.code()), number(0));
    }
    if (status.get() instanceof ExitStatus.Signaled by) {
      int core = by.dumpedCore() ? coreDumped : 0;
      return List.of(number(codeOfSignaled), number(by.signal().number() + core));
    }
    return List.of(number(codeOfSignaled), number(0));
  }

  /**
   * The arguments.
   *
   * @param pid of the process that has ended
   */
  public List<OsString> of(Optional<ExitStatus> status, ServiceName service, int pid) {
    if (!namesProcess) {
      return of(status);
    }
    List<OsString> all = new ArrayList<>(of(status));
    all.add(service.value());
    all.add(number(pid));
    return all;
  }

  private static OsString number(int value) {
    return OsString.of(String.valueOf(value));
  }
}
