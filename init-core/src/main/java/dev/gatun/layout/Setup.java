package dev.gatun.layout;

import dev.gatun.plan.Plan;
import java.util.Optional;

/**
 * All that a layout reads.
 *
 * @param killAfterNanos how long after it was told to stop a service gets KILL; as {@link
 *     dev.gatun.plan.Stop} has it
 * @param services where services are found while the container is up, if anywhere
 * @param environment the files that keep the environment of what is started, if any do: the plan's
 *     is completed from them, and programs may change them
 * @param reason which layout it is and why, for people
 * @param isReasonTold whether somebody may have expected another one
 */
public record Setup(
    Plan plan,
    OutputSettings output,
    long killAfterNanos,
    Optional<ServiceDirectory> services,
    Optional<EnvironmentDirectory> environment,
    String reason,
    boolean isReasonTold) {

  /** A container whose services are all known and get the environment that Gatun was given. */
  static Setup of(Plan plan, OutputSettings output, long killAfterNanos) {
    return new Setup(plan, output, killAfterNanos, Optional.empty(), Optional.empty(), "", false);
  }

  Setup with(ServiceDirectory directory) {
    return new Setup(
        plan, output, killAfterNanos, Optional.of(directory), environment, reason, isReasonTold);
  }

  Setup with(EnvironmentDirectory files) {
    return new Setup(
        plan, output, killAfterNanos, services, Optional.of(files), reason, isReasonTold);
  }

  Setup with(Plan otherPlan, OutputSettings otherOutput) {
    return new Setup(
        otherPlan, otherOutput, killAfterNanos, services, environment, reason, isReasonTold);
  }

  Setup because(String why, boolean isTold) {
    return new Setup(plan, output, killAfterNanos, services, environment, why, isTold);
  }
}
