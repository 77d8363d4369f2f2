package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * What was looked at and found.
 *
 * @param services the names of the services, ordered bytewise
 * @param findings ordered by service; those of the environment come first
 */
public record Inspection(OsString directory, List<OsString> services, List<Finding> findings) {
  public Inspection {
    services = List.copyOf(services);
    findings = List.copyOf(findings);
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
