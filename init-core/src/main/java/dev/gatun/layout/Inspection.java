package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * What was looked at and found.
 *
 * @param services the names of the services, ordered bytewise
 * @param findings ordered by service; those of the environment come first
 * @param isSupervised whether the layout is one whose services are started again
 */
public record Inspection(
    OsString directory, List<OsString> services, List<Finding> findings, boolean isSupervised) {
  public Inspection {
    services = List.copyOf(services);
    findings = List.copyOf(findings);
  }

  /** The same, with other findings. */
  public Inspection with(List<Finding> others) {
    return new Inspection(directory, services, others, isSupervised);
  }

  public int errors() {
    int errors = 0;
    for (Finding finding : findings) {
      errors += finding.isError() ? 1 : 0;
    }
    return errors;
  }

  public int warnings() {
    return findings.size() - errors();
  }
}
