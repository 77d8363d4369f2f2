package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The layouts with kept services. Nothing of them is loaded where another one is taken. */
final class KeptLayouts {
  private final ProgramFiles files;
  private final Environment environment;
  private final OsString workingDirectory;

  KeptLayouts(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /** The one of that number, which must be one of them. */
  KeptLayout get(int layout, Set<CommandRequest.Omission> omissions) {
    return switch (layout) {
      case Layouts.RUNIT -> new RunitLayout(files, environment, workingDirectory);
      case Layouts.KLEIN -> new KleinLayout(files, environment, workingDirectory);
      case Layouts.BASEIMAGE ->
          new BaseimageLayout(files, environment, workingDirectory, omissions);
      default -> throw new IllegalArgumentException("not of kept services: " + layout);
    };
  }

  /**
   * What there is to look at, as far as wrong variables let that be known.
   *
   * @param services where the services are instead, or null
   */
  Layouts.KeptFiles files(int layout, OsString services) {
    KeptLayout read = get(layout, Set.of());
    OsString directory = services;
    List<OsString> ending = List.of();
    try {
      Optional<ServiceDirectory> own = read.services();
      if (own.isPresent()) {
        directory = services == null ? own.get().directory() : services;
        ending = own.get().endingContainer();
      }
    } catch (LayoutException e) {
      // It is among the wrong variables.
    }
    return new Layouts.KeptFiles(directory, read.programs(), ending, read.wrongVariables());
  }
}
