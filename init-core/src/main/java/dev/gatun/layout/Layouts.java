package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.Configuration;
import java.util.List;
import java.util.Optional;

/** Chooses the layout that a container is read by. */
public final class Layouts {
  /** The variable that chooses one by name. */
  public static final String VARIABLE = "GATUN_LAYOUT";

  private static final String[] NAMES = {"dinit", "runit", "klein"};
  private static final int DINIT = 0;
  private static final int RUNIT = 1;
  private static final int KLEIN = 2;
  private static final OsString STAGE_TWO = OsString.of("/etc/runit/2");
  private static final OsString INIT_DIRECTORY = OsString.of("/etc/init");

  private final ProgramFiles files;
  private final Environment environment;
  private final OsString workingDirectory;
  private String cause;
  private KleinLayout klein;

  /**
   * What a layout reads.
   *
   * @param kept where services are found that are kept running, if there are any
   * @param passesOutputThrough whether what services say is theirs, and not looked at
   * @param reason which layout it is and why, for people
   */
  public record Chosen(
      Configuration configuration,
      Optional<ServiceDirectory> kept,
      boolean passesOutputThrough,
      String reason) {}

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  public Layouts(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this.files = files;
    this.environment = environment;
    this.workingDirectory = workingDirectory;
  }

  /**
   * Chooses a layout and reads it.
   *
   * @throws LayoutException when no layout can be decided on, or what it reads is unusable
   */
  public Chosen read() throws LayoutException {
    return read(choose());
  }

  private Chosen read(int layout) throws LayoutException {
    String reason = "the layout is " + NAMES[layout] + ": " + cause;
    return switch (layout) {
      case RUNIT -> runitLayout().read(reason);
      case KLEIN -> kleinLayout().read(reason);
      default ->
          new Chosen(
              new DinitLayout(files, environment, workingDirectory).read(),
              Optional.empty(),
              false,
              reason);
    };
  }

  /** The files of a layout with kept services. */
  public record KeptFiles(OsString services, List<OsString> programs, List<OsString> ending) {}

  /**
   * What there is to look at in a layout with kept services; empty for another layout.
   *
   * @param services where the services are instead, or null
   * @throws LayoutException when no layout can be decided on, or a value is unusable
   */
  public Optional<KeptFiles> files(OsString services) throws LayoutException {
    int layout = choose();
    if (layout == DINIT) {
      return Optional.empty();
    }
    ServiceDirectory kept = read(layout).kept().orElse(null);
    boolean runit = layout == RUNIT;
    return Optional.of(
        new KeptFiles(
            services != null || kept == null ? services : kept.directory(),
            runit ? runitLayout().programs() : kleinLayout().programs(),
            kept == null ? List.of() : kept.endingContainer()));
  }

  private int choose() throws LayoutException {
    int named = new Variables(environment).choice(VARIABLE, -1, NAMES);
    return named >= 0 ? because(VARIABLE + " says so", named) : find();
  }

  /** A variable that says where a layout's files are means that layout, whatever else is there. */
  private int find() throws LayoutException {
    boolean dinit = isSet("DINIT_DIR");
    boolean runit = isSet("RUNIT_DIR");
    if (dinit && runit) {
      throw undecided("DINIT_DIR is set, for dinit", "RUNIT_DIR, for runit");
    }
    if (dinit || runit) {
      return because(dinit ? "DINIT_DIR is set" : "RUNIT_DIR is set", dinit ? DINIT : RUNIT);
    }
    boolean hasStageTwo = files.exists(STAGE_TWO);
    // No class of another layout is loaded without need: the first service waits for it.
    boolean hasInit = files.isDirectory(INIT_DIRECTORY) && kleinLayout().isThere();
    if (hasStageTwo && hasInit) {
      throw undecided(
          "there is " + STAGE_TWO + ", for runit", "programs in " + INIT_DIRECTORY + ", for klein");
    }
    if (hasStageTwo) {
      return because("there is " + STAGE_TWO, RUNIT);
    }
    return hasInit
        ? because("there are programs in " + INIT_DIRECTORY, KLEIN)
        : because("there are no files of another one", DINIT);
  }

  private int because(String found, int layout) {
    cause = found;
    return layout;
  }

  private boolean isSet(String name) {
    OsString value = environment.get(name);
    return value != null && !value.isEmpty();
  }

  private static LayoutException undecided(String one, String other) {
    return new LayoutException(
        "cannot decide between two layouts: "
            + one
            + ", and "
            + other
            + ": set "
            + VARIABLE
            + " to one of dinit, runit, klein");
  }

  private RunitLayout runitLayout() {
    return new RunitLayout(files, environment, workingDirectory);
  }

  private KleinLayout kleinLayout() {
    if (klein == null) {
      klein = new KleinLayout(files, environment, workingDirectory);
    }
    return klein;
  }
}
