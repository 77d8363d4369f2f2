package dev.gatun.layout;

import dev.gatun.plan.InitEntries.Problem;
import dev.gatun.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a layout reads.
 *
 * @param killAfterNanos how long after it was told to stop a service gets KILL; as {@link
 *     dev.gatun.plan.Stop} has it
 * @param services where services are found while the container is up, if anywhere
 * @param environment the files that keep the environment of what is started, if any do: the plan's
 *     is completed from them, and programs may change them
 * @param inittab what the runlevels are read from, if there are any, and read again
 * @param notices what is to be said of it at the start
 * @param reason which layout it is and why, for people
 * @param isReasonTold whether somebody may have expected another one
 */
public record Setup(
    Plan plan,
    OutputSettings output,
    long killAfterNanos,
    Optional<ServiceDirectory> services,
    Optional<EnvironmentDirectory> environment,
    Optional<Inittab> inittab,
    List<String> notices,
    String reason,
    boolean isReasonTold) {

  /** A container whose services are all known and get the environment that Gatun was given. */
  static Setup of(Plan plan, OutputSettings output, long killAfterNanos) {
    return new Setup(
        plan,
        output,
        killAfterNanos,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        false);
  }

  Setup with(ServiceDirectory directory) {
    return with(plan, output, Optional.of(directory), environment);
  }

  Setup with(EnvironmentDirectory files) {
    return with(plan, output, services, Optional.of(files));
  }

  Setup with(Plan otherPlan, OutputSettings otherOutput) {
    return with(otherPlan, otherOutput, services, environment);
  }

  private Setup with(
      Plan otherPlan,
      OutputSettings otherOutput,
      Optional<ServiceDirectory> directory,
      Optional<EnvironmentDirectory> files) {
    return new Setup(
        otherPlan,
        otherOutput,
        killAfterNanos,
        directory,
        files,
        inittab,
        notices,
        reason,
        isReasonTold);
  }

  Setup with(Inittab file, List<Problem> problems) {
    List<String> said = new ArrayList<>();
    for (Problem problem : problems) {
      said.add(problem.said());
    }
    return new Setup(
        plan,
        output,
        killAfterNanos,
        services,
        environment,
        Optional.of(file),
        said,
        reason,
        isReasonTold);
  }

  Setup because(String why, boolean isTold) {
    return new Setup(
        plan, output, killAfterNanos, services, environment, inittab, notices, why, isTold);
  }
}
