package dev.gatun.cli;

import dev.gatun.clients.ServiceSource;
import dev.gatun.clients.runsv.SuperviseClients;
import dev.gatun.clients.s6.S6Clients;
import dev.gatun.layout.LiveServices;
import dev.gatun.layout.ServiceDirectory;
import dev.gatun.linux.LinuxDirectoryWatch;
import dev.gatun.linux.LinuxSuperviseDirectory;
import dev.gatun.loop.Clients;
import dev.gatun.loop.Shell;
import dev.gatun.model.OsString;
import dev.gatun.output.OutputPlane;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Service;
import dev.gatun.plan.ServiceScan;
import java.util.List;

/** Services that are found in a directory. Loaded only where there may be some. */
final class Serving implements ServiceSource {
  private final ServiceDirectory directory;
  private final Conversions conversions;
  private final OutputPlane output;

  private Serving(ServiceDirectory directory, Conversions conversions, OutputPlane output) {
    this.directory = directory;
    this.conversions = conversions;
    this.output = output;
  }

  /**
   * Those who see and control the services of a directory.
   *
   * @param known the services that are known from the beginning
   */
  static Clients clients(
      ServiceDirectory directory, Conversions conversions, Shell shell, List<Service> known) {
    if (directory.live().isPresent()) {
      return live(directory, conversions, shell, known);
    }
    return new SuperviseClients(
        shell,
        LinuxSuperviseDirectory::new,
        new Serving(directory, conversions, shell.output()),
        new LinuxDirectoryWatch());
  }

  private static Clients live(
      ServiceDirectory directory, Conversions conversions, Shell shell, List<Service> known) {
    LiveServices live = directory.live().orElseThrow();
    S6Clients clients =
        new S6Clients(
            shell,
            new LiveDirectories(live, shell.reports()),
            live.directory(),
            live.statusHasGroup(),
            new Serving(directory, conversions, shell.output()),
            new LinuxDirectoryWatch());
    if (live.isUsable()) {
      clients.begin(known);
    }
    return clients;
  }

  @Override
  public ServiceScan scan() {
    ServiceScan scan = directory.scan();
    for (ServiceScan.Found found : scan.services()) {
      try {
        if (found.isComplete()) {
          conversions.add(found.service());
        }
      } catch (PatternException e) {
        throw new IllegalStateException("a scan has let a pattern pass: " + e.getMessage(), e);
      }
    }
    conversions.convert(output);
    return scan;
  }

  @Override
  public Hooks hooks(OsString of) {
    return directory.hooks(of);
  }
}
