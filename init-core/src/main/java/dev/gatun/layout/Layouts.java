package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Verbosity;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the layout that a container is read by. No class of another one is loaded without need:
 * the first service waits for it.
 */
public final class Layouts {
  /** The variable that chooses one by name. */
  public static final String VARIABLE = "GATUN_LAYOUT";

  /** Says where what is read of {@code /etc} in the layout of s6-overlay is. */
  static final String S6_DIRECTORY = "GATUN_S6_DIR";

  /** What the variable says where a command is all there is. */
  static final String COMMAND = "command";

  private static final String SYSV = "sysv";
  private static final OsString INITTAB = OsString.of("/etc/inittab");
  private static final OsString STAGE_TWO = OsString.of("/etc/runit/2");
  private static final OsString INIT_DIRECTORY = OsString.of("/etc/init");
  private static final OsString MY_INIT_DIRECTORY = OsString.of("/etc/my_init.d");
  private static final OsString ENVIRONMENT_DIRECTORY = OsString.of("/etc/container_environment");
  private static final OsString OVERLAY = OsString.of("/etc/s6-overlay");
  private static final OsString OVERLAY_PACKAGE = OsString.of("/package/admin/s6-overlay");
  private static final OsString OVERLAY_SERVICES = OsString.of("/etc/services.d");
  private static final OsString OVERLAY_INIT = OsString.of("/etc/cont-init.d");

  private final ProgramFiles files;
  private final Variables variables;
  private final Variables ofLayout;
  private String launcher = "";
  private InitCommandLine initCommandLine;
  private String cause;

  /**
   * @param workingDirectory absolute; what relative values of variables are relative to
   */
  public Layouts(ProgramFiles files, Environment environment, OsString workingDirectory) {
    this(files, new Variables(environment, workingDirectory, Findings.AT_START));
  }

  Layouts(ProgramFiles files, Variables variables) {
    this(files, variables, variables);
  }

  /**
   * @param variables by which a layout is chosen
   * @param ofLayout what that one reads
   */
  private Layouts(ProgramFiles files, Variables variables, Variables ofLayout) {
    this.files = files;
    this.variables = variables;
    this.ofLayout = ofLayout;
  }

  /**
   * The same of a Gatun that was called by another name.
   *
   * @param path by which it was called
   * @param commandLine what an init was told by its arguments
   */
  public Layouts calledAs(String path, InitCommandLine commandLine) {
    launcher = path;
    initCommandLine = commandLine;
    return this;
  }

  /**
   * Chooses a layout and reads it.
   *
   * @throws LayoutException when no layout can be decided on, or what it reads is unusable
   */
  public Setup read() throws LayoutException {
    if (isCommandNamed()) {
      throw new LayoutException(
          "cannot run a command: " + VARIABLE + "=command, and none is named",
          "give one, as in gatun -- COMMAND, or set it to another layout");
    }
    Layout layout = choose();
    Setup setup = layout.read();
    return setup.because(reason(layout), isWorthTelling(layout, setup));
  }

  /** Why it is this layout, for people. */
  String reason(Layout layout) {
    return "the layout is " + layout.name() + ": " + cause;
  }

  /** Whether a layout was named, or files of more than one are there. */
  private boolean isWorthTelling(Layout layout, Setup setup) {
    if (!(layout instanceof DinitLayout) || variables.isSet(VARIABLE)) {
      return true;
    }
    // To look for files takes time, and it is spent only where somebody is told.
    return variables.isSet(DinitLayout.DIRECTORY)
        && setup.output().verbosity().compareTo(Verbosity.INFO) >= 0
        && (files.exists(STAGE_TWO) || ofBaseimage() != null || hasKlein() || ofOverlay() != null);
  }

  /**
   * Looks for all that is wrong with what a container would be made from, and changes nothing.
   *
   * @param services the directory of the services, absolute; null for the layout's own
   */
  public Inspection check(Programs programs, OsString services) {
    return AllFindings.inspect(files, variables, programs, services);
  }

  /**
   * The layout that is to be looked at, without a command.
   *
   * @param read the variables that it reads
   * @throws LayoutException when no layout can be decided on
   */
  static Layout toInspect(ProgramFiles files, Variables variables, Variables read)
      throws LayoutException {
    Layouts layouts = new Layouts(files, variables, read);
    return layouts.isCommandNamed() ? new DinitLayout(files, read) : layouts.choose();
  }

  /**
   * The layout that is to be read although there is a command, and whose services are supervised:
   * one that is named, by the variable or by what Gatun was called, and that of s6-overlay.
   *
   * @throws LayoutException when the variable's value is unusable
   */
  Optional<Layout> besideCommand(CommandRequest request, Dialect dialect) throws LayoutException {
    if (dialect == Dialect.MY_INIT) {
      cause = "Gatun is called my_init";
      return Optional.of(new BaseimageLayout(files, ofLayout, request.omissions()));
    }
    if (isCommandNamed()) {
      return Optional.empty();
    }
    Layout named = named(request.omissions());
    if (named == null && dialect == Dialect.GATUN && isOverlay()) {
      return Optional.of(find());
    }
    return named == null || named instanceof DinitLayout ? Optional.empty() : Optional.of(named);
  }

  /** Images for s6-overlay give their init a command, and both are to run. */
  private boolean isOverlay() {
    boolean isOther =
        variables.isSet(DinitLayout.DIRECTORY) || variables.isSet(RunitLayout.DIRECTORY);
    return variables.isSet(S6_DIRECTORY) || !isOther && ofOverlay() != null;
  }

  private boolean isCommandNamed() {
    return OsString.of(COMMAND).equals(variables.get(VARIABLE, null));
  }

  /** The layout that the variable names; null when it names none. */
  private Layout named(Set<CommandRequest.Omission> omissions) throws LayoutException {
    cause = VARIABLE + " says so";
    int choice =
        variables.choice(
            VARIABLE,
            -1,
            DinitLayout.NAME,
            RunitLayout.NAME,
            KleinLayout.NAME,
            BaseimageLayout.NAME,
            S6Layout.NAME,
            SYSV,
            COMMAND);
    return switch (choice) {
      case 0 -> new DinitLayout(files, ofLayout);
      case 1 -> new RunitLayout(files, ofLayout);
      case 2 -> new KleinLayout(files, ofLayout);
      case 3 -> new BaseimageLayout(files, ofLayout, omissions);
      case 4 -> new S6Layout(files, ofLayout);
      case 5 -> sysv();
      default -> null;
    };
  }

  private Layout choose() throws LayoutException {
    Layout named = named(Set.of());
    return named == null ? find() : named;
  }

  /** A variable that says where a layout's files are means that layout, whatever else is there. */
  private Layout find() throws LayoutException {
    boolean dinit = variables.isSet(DinitLayout.DIRECTORY);
    boolean runit = variables.isSet(RunitLayout.DIRECTORY);
    boolean overlay = variables.isSet(S6_DIRECTORY);
    if (dinit && runit) {
      throw undecided("DINIT_DIR is set, for dinit", "RUNIT_DIR, for runit");
    }
    if (overlay && (dinit || runit)) {
      throw undecided(
          "GATUN_S6_DIR is set, for s6", dinit ? "DINIT_DIR, for dinit" : "RUNIT_DIR, for runit");
    }
    if (overlay) {
      cause = "GATUN_S6_DIR is set";
      return new S6Layout(files, ofLayout);
    }
    if (dinit) {
      cause = "DINIT_DIR is set";
      return new DinitLayout(files, ofLayout);
    }
    if (runit) {
      cause = "RUNIT_DIR is set";
      return new RunitLayout(files, ofLayout);
    }
    if (launcher.endsWith("/init") && files.exists(INITTAB) && !isInitOfAnother()) {
      cause = "Gatun is called " + launcher + ", and there is " + INITTAB;
      return sysv();
    }
    return findByFiles();
  }

  /** The program {@code /init} of an image may be one that has nothing to do with an inittab. */
  private boolean isInitOfAnother() {
    return launcher.equals("/init")
        && (ofOverlay() != null || files.exists(STAGE_TWO) || ofBaseimage() != null || hasKlein());
  }

  private Layout sysv() {
    InitCommandLine commandLine = initCommandLine == null ? InitCommandLine.NONE : initCommandLine;
    return new SysvLayout(files, ofLayout, commandLine);
  }

  private Layout findByFiles() throws LayoutException {
    OsString overlay = ofOverlay();
    if (overlay != null) {
      return overlay(overlay);
    }
    OsString baseimage = ofBaseimage();
    boolean hasStageTwo = files.exists(STAGE_TWO);
    boolean hasKlein = hasKlein();
    if (hasKlein && (hasStageTwo || baseimage != null)) {
      throw undecided(
          baseimage != null
              ? "there is " + baseimage + ", for baseimage"
              : "there is " + STAGE_TWO + ", for runit",
          "programs in " + INIT_DIRECTORY + ", for klein");
    }
    if (baseimage != null) {
      // The image has runit's stages too, which it does not use.
      cause = "there is " + baseimage;
      return new BaseimageLayout(files, ofLayout, Set.of());
    }
    if (hasStageTwo) {
      cause = "there is " + STAGE_TWO;
      return new RunitLayout(files, ofLayout);
    }
    if (hasKlein) {
      cause = "there are programs in " + INIT_DIRECTORY;
      return new KleinLayout(files, ofLayout);
    }
    boolean hasServices = files.isDirectory(DinitLayout.DEFAULT_DIRECTORY);
    if (!hasServices && files.exists(INITTAB)) {
      cause = "there is " + INITTAB + ", and nothing of another one";
      return sysv();
    }
    if (!hasServices && launcher.endsWith("/init")) {
      cause = "Gatun is called " + launcher;
      return sysv();
    }
    cause = "there are no files of another one";
    return new DinitLayout(files, ofLayout);
  }

  /** This layout, unless there are files of another one. */
  private Layout overlay(OsString evidence) throws LayoutException {
    String one = "there is " + evidence + ", for s6";
    if (ofBaseimage() != null) {
      throw undecided(one, ofBaseimage() + ", for baseimage");
    }
    if (files.exists(STAGE_TWO)) {
      throw undecided(one, STAGE_TWO + ", for runit");
    }
    if (hasKlein()) {
      throw undecided(one, "programs in " + INIT_DIRECTORY + ", for klein");
    }
    cause = "there is " + evidence;
    return new S6Layout(files, ofLayout);
  }

  /** What means s6-overlay, or null. */
  private OsString ofOverlay() {
    if (files.isDirectory(OVERLAY)) {
      return OVERLAY;
    }
    if (files.exists(OVERLAY_PACKAGE)) {
      return OVERLAY_PACKAGE;
    }
    if (files.isDirectory(OVERLAY_SERVICES)) {
      return OVERLAY_SERVICES;
    }
    return files.isDirectory(OVERLAY_INIT) ? OVERLAY_INIT : null;
  }

  /** What means baseimage-docker, or null. */
  private OsString ofBaseimage() {
    if (files.isDirectory(MY_INIT_DIRECTORY)) {
      return MY_INIT_DIRECTORY;
    }
    return files.isDirectory(ENVIRONMENT_DIRECTORY) ? ENVIRONMENT_DIRECTORY : null;
  }

  private boolean hasKlein() {
    return files.isDirectory(INIT_DIRECTORY) && new KleinLayout(files, variables).isThere();
  }

  private static LayoutException undecided(String one, String other) {
    return new LayoutException(
        "cannot decide between two layouts: " + one + ", and " + other,
        "set " + VARIABLE + " to one of dinit, runit, klein, baseimage, s6, sysv");
  }
}
