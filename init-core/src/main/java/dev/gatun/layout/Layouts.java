package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.Configuration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the layout that a container is read by. */
public final class Layouts {
  /** The variable that chooses one by name. */
  public static final String VARIABLE = "GATUN_LAYOUT";

  static final int RUNIT = 1;
  static final int KLEIN = 2;
  static final int BASEIMAGE = 3;

  /** What the variable may say; the last is for a command alone. */
  private static final String[] NAMES = {"dinit", "runit", "klein", "baseimage", "command"};

  private static final int DINIT = 0;
  private static final int COMMAND = 4;
  private static final OsString STAGE_TWO = OsString.of("/etc/runit/2");
  private static final OsString INIT_DIRECTORY = OsString.of("/etc/init");
  private static final OsString MY_INIT_DIRECTORY = OsString.of("/etc/my_init.d");
  private static final OsString ENVIRONMENT_DIRECTORY = OsString.of("/etc/container_environment");

  private final ProgramFiles files;
  private final Environment environment;
  private final OsString workingDirectory;
  private String cause;

  /**
   * What a layout reads.
   *
   * @param kept where services are found that are kept running, if there are any
   * @param passesOutputThrough whether what services say is theirs, and not looked at
   * @param reason which layout it is and why, for people
   * @param environment the files in which the environment of what is started is kept, if it is
   */
  public record Chosen(
      Configuration configuration,
      Optional<ServiceDirectory> kept,
      boolean passesOutputThrough,
      String reason,
      Optional<ContainerEnvironment> environment) {

    /** A layout in which what is started gets the environment that Gatun was given. */
    public static Chosen of(
        Configuration configuration,
        Optional<ServiceDirectory> kept,
        boolean passesOutputThrough,
        String reason) {
      return new Chosen(configuration, kept, passesOutputThrough, reason, Optional.empty());
    }
  }

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
    if (layout != DINIT) {
      return kept().get(layout, Set.of()).read(reason);
    }
    return Chosen.of(
        new DinitLayout(files, environment, workingDirectory).read(),
        Optional.empty(),
        false,
        reason);
  }

  private KeptLayouts kept() {
    return new KeptLayouts(files, environment, workingDirectory);
  }

  /**
   * The layout with kept services that is to be read although there is a command: one that is
   * named, by the variable or by what Gatun was called.
   *
   * @throws LayoutException when what it reads is unusable
   */
  Optional<Chosen> besideCommand(CommandRequest request, Dialect dialect) throws LayoutException {
    int named = dialect == Dialect.MY_INIT ? BASEIMAGE : named();
    if (named < RUNIT || named == COMMAND) {
      return Optional.empty();
    }
    cause = dialect == Dialect.MY_INIT ? "Gatun is called my_init" : VARIABLE + " says so";
    String reason = "the layout is " + NAMES[named] + ": " + cause;
    return Optional.of(kept().get(named, request.omissions()).read(reason));
  }

  private int named() throws LayoutException {
    return new Variables(environment).choice(VARIABLE, -1, NAMES);
  }

  /**
   * The files of a layout with kept services.
   *
   * @param services where they are, or null
   * @param ending the names of the services whose end ends the container
   * @param wrong the variables whose values would be refused
   */
  public record KeptFiles(
      OsString services,
      List<OsString> programs,
      List<OsString> ending,
      List<EngineVariables.WrongVariable> wrong) {}

  /**
   * What there is to look at in a layout with kept services; empty for another layout.
   *
   * @param services where the services are instead, or null
   * @throws LayoutException when no layout can be decided on
   */
  public Optional<KeptFiles> files(OsString services) throws LayoutException {
    int layout = named() == COMMAND ? DINIT : choose();
    return layout == DINIT ? Optional.empty() : Optional.of(kept().files(layout, services));
  }

  private int choose() throws LayoutException {
    int named = named();
    if (named == COMMAND) {
      throw new LayoutException(
          "cannot run a command: "
              + VARIABLE
              + "=command, and none is named: give one, as in gatun -- COMMAND, or set it to"
              + " another layout");
    }
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
    OsString baseimage = files.isDirectory(MY_INIT_DIRECTORY) ? MY_INIT_DIRECTORY : null;
    if (baseimage == null && files.isDirectory(ENVIRONMENT_DIRECTORY)) {
      baseimage = ENVIRONMENT_DIRECTORY;
    }
    boolean hasStageTwo = files.exists(STAGE_TWO);
    // No class of another layout is loaded without need: the first service waits for it.
    boolean hasInit = files.isDirectory(INIT_DIRECTORY) && hasKlein();
    if (hasInit && (hasStageTwo || baseimage != null)) {
      throw undecided(
          baseimage != null
              ? "there is " + baseimage + ", for baseimage"
              : "there is " + STAGE_TWO + ", for runit",
          "programs in " + INIT_DIRECTORY + ", for klein");
    }
    if (baseimage != null) {
      // The image has runit's stages too, which it does not use.
      return because("there is " + baseimage, BASEIMAGE);
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
            + " to one of dinit, runit, klein, baseimage");
  }

  private boolean hasKlein() {
    return new KleinLayout(files, environment, workingDirectory).isThere();
  }
}
