package dev.gatun.layout;

import dev.gatun.kernel.ServiceFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.Configuration;
import java.util.Optional;

/** Chooses the layout that a container is read by. */
public final class Layouts {
  /** The variable that chooses one by name. */
  public static final String VARIABLE = "GATUN_LAYOUT";

  private static final int DINIT = 0;
  private static final int RUNIT = 1;
  private static final int KLEIN = 2;
  private static final OsString STAGE_TWO = OsString.of("/etc/runit/2");
  private static final OsString INIT_DIRECTORY = OsString.of("/etc/init");

  private final ServiceFiles files;
  private final Environment environment;
  private final OsString workingDirectory;

  /**
   * What a layout reads.
   *
   * @param kept where services are found that are kept running, if there are any
   * @param reason which layout it is and why, for people
   */
  public record Chosen(Configuration configuration, Optional<KeptServices> kept, String reason) {}

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  public Layouts(ServiceFiles files, Environment environment, OsString workingDirectory) {
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
    int named = new Variables(environment).choice(VARIABLE, -1, "dinit", "runit", "klein");
    return named >= 0 ? read(named, VARIABLE + " says so") : readFound();
  }

  /** A variable that says where a layout's files are means that layout, whatever else is there. */
  private Chosen readFound() throws LayoutException {
    boolean dinit = isSet("DINIT_DIR");
    boolean runit = isSet("RUNIT_DIR");
    if (dinit && runit) {
      throw undecided("DINIT_DIR is set, for dinit", "RUNIT_DIR, for runit");
    }
    if (dinit || runit) {
      return dinit ? read(DINIT, "DINIT_DIR is set") : read(RUNIT, "RUNIT_DIR is set");
    }
    boolean hasStageTwo = files.exists(STAGE_TWO);
    // No class of another layout is loaded without need: the first service waits for it.
    boolean hasInit = files.isDirectory(INIT_DIRECTORY) && kleinLayout().isThere();
    if (hasStageTwo && hasInit) {
      throw undecided(
          "there is " + STAGE_TWO + ", for runit", "programs in " + INIT_DIRECTORY + ", for klein");
    }
    if (hasStageTwo) {
      return read(RUNIT, "there is " + STAGE_TWO);
    }
    return hasInit
        ? read(KLEIN, "there are programs in " + INIT_DIRECTORY)
        : read(DINIT, "there are no files of another one");
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

  private Chosen read(int layout, String cause) throws LayoutException {
    if (layout == RUNIT) {
      return runitLayout().read("the layout is runit: " + cause);
    }
    if (layout == KLEIN) {
      return kleinLayout().read("the layout is klein: " + cause);
    }
    return new Chosen(
        new DinitLayout(files, environment, workingDirectory).read(),
        Optional.empty(),
        "the layout is dinit: " + cause);
  }

  private RunitLayout runitLayout() {
    return new RunitLayout(files, environment, workingDirectory);
  }

  private KleinLayout kleinLayout() {
    return new KleinLayout(files, environment, workingDirectory);
  }
}
