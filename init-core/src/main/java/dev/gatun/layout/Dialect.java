package dev.gatun.layout;

import dev.gatun.layout.Options.Given;
import dev.gatun.layout.Options.Known;
import dev.gatun.layout.Options.Meaning;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.Forwarding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a command line is to be read: Gatun's own words, or those of the init it stands in for. */
public enum Dialect {
  GATUN(
      "gatun",
      true,
      false,
      new Known('\0', "single-child", Meaning.SINGLE_CHILD),
      new Known('\0', "rewrite", Meaning.REWRITE),
      new Known('\0', "remap-exit", Meaning.FORGIVE),
      new Known('\0', "parent-death-signal", Meaning.PARENT_DEATH),
      new Known('\0', "log", Meaning.LOG),
      new Known('\0', "verbose", Meaning.VERBOSE),
      new Known('\0', "version", Meaning.VERSION),
      new Known('h', "help", Meaning.HELP)),
  TINI(
      "tini",
      false,
      true,
      new Known('h', null, Meaning.HELP),
      new Known('s', null, Meaning.NOTHING),
      new Known('p', null, Meaning.PARENT_DEATH),
      new Known('v', null, Meaning.VERBOSE),
      new Known('w', null, Meaning.NOTHING),
      new Known('g', null, Meaning.WHOLE_GROUP),
      new Known('e', null, Meaning.FORGIVE),
      new Known('l', null, Meaning.LICENSE),
      new Known('\0', "version", Meaning.VERSION)),
  DUMB_INIT(
      "dumb-init",
      true,
      false,
      new Known('c', "single-child", Meaning.SINGLE_CHILD),
      new Known('r', "rewrite", Meaning.REWRITE),
      new Known('v', "verbose", Meaning.DEBUG),
      new Known('h', "help", Meaning.HELP),
      new Known('V', "version", Meaning.VERSION)),
  CATATONIT(
      "catatonit",
      false,
      true,
      new Known('g', null, Meaning.WHOLE_GROUP),
      new Known('h', null, Meaning.HELP),
      new Known('L', null, Meaning.LICENSE),
      new Known('P', null, Meaning.PAUSE),
      new Known('V', "version", Meaning.VERSION)),
  MY_INIT(
      "my_init",
      true,
      true,
      new Known('\0', "quiet", Meaning.NOTHING),
      new Known('\0', "skip-startup-files", Meaning.NO_START_PROGRAMS),
      new Known('\0', "skip-runit", Meaning.NO_SERVICES),
      new Known('\0', "no-kill-all-on-exit", Meaning.NOTHING),
      new Known('\0', "no-main-command", Meaning.NOTHING),
      new Known('h', "help", Meaning.HELP));

  private static final int MOST_LEVELS = 4;
  private static final int MOST_CODE = 255;
  private static final int MOST_OF_DUMB_INIT = 31;

  private final String program;
  private final boolean wholeGroup;
  private final boolean optionsAnywhere;
  private final List<Known> known;

  /**
   * @param wholeGroup whether the whole group gets signals unless something else is said
   * @param optionsAnywhere whether an option may follow the command's name, up to {@code --}
   */
  Dialect(String program, boolean wholeGroup, boolean optionsAnywhere, Known... known) {
    this.program = program;
    this.wholeGroup = wholeGroup;
    this.optionsAnywhere = optionsAnywhere;
    this.known = List.of(known);
  }

  /** The one of a launcher of that name; Gatun's own for any name that is nobody's. */
  public static Dialect of(String launcher) {
    for (Dialect dialect : values()) {
      if (dialect.program.equals(launcher)) {
        return dialect;
      }
    }
    return GATUN;
  }

  /** What the program is called. */
  public String program() {
    return program;
  }

  /**
   * Reads a command line, and the variables that stand for options.
   *
   * @throws LayoutException whose message names the word or variable that cannot be used
   */
  public CommandRequest read(List<OsString> arguments, Environment environment)
      throws LayoutException {
    boolean posix = this != MY_INIT && environment.get("POSIXLY_CORRECT") != null;
    Options options = Options.read(known, arguments, optionsAnywhere && !posix);
    Variables variables = new Variables(environment, OsString.of("/"), Findings.AT_START);
    CommandRequest.Action action = CommandRequest.Action.RUN;
    Set<CommandRequest.Omission> omissions = new HashSet<>();
    boolean group = wholeGroupByVariables(variables);
    boolean logged = false;
    int louder = 0;
    List<Forwarding.Rewrite> rewrites = new ArrayList<>();
    List<Integer> forgiven = new ArrayList<>();
    Optional<Signal> parentDeath = Optional.empty();
    for (Given given : options.given()) {
      switch (given.meaning()) {
        case SINGLE_CHILD -> group = false;
        case WHOLE_GROUP -> group = true;
        case REWRITE -> rewrites.add(rewrite(given.value()));
        case FORGIVE -> forgiven.add(code(given.value()));
        case PARENT_DEATH -> parentDeath = Optional.of(signal(given.value(), given.value()));
        case LOG -> logged = true;
        case VERBOSE -> louder = Math.min(louder + 1, MOST_LEVELS);
        case DEBUG -> louder = MOST_LEVELS;
        case NOTHING -> {}
        case PAUSE -> action = first(action, CommandRequest.Action.PAUSE);
        case NO_START_PROGRAMS -> omissions.add(CommandRequest.Omission.START_PROGRAMS);
        case NO_SERVICES -> omissions.add(CommandRequest.Omission.SERVICES);
        case HELP -> action = first(action, CommandRequest.Action.HELP);
        case VERSION -> action = first(action, CommandRequest.Action.VERSION);
        case LICENSE -> action = first(action, CommandRequest.Action.LICENSE);
      }
    }
    if (action == CommandRequest.Action.RUN && options.operands().isEmpty()) {
      action = withoutCommand(omissions);
    }
    return new CommandRequest(
        action,
        options.operands(),
        omissions,
        group,
        rewrites,
        forgiven,
        parentDeath,
        logged,
        louder);
  }

  private CommandRequest.Action withoutCommand(Set<CommandRequest.Omission> omissions)
      throws LayoutException {
    if (this != MY_INIT) {
      throw new LayoutException("cannot run a command: none is named; see " + program + " -h");
    }
    if (omissions.contains(CommandRequest.Omission.SERVICES)) {
      throw new LayoutException(
          "cannot leave the services out without a command", "name one behind --skip-runit --");
    }
    return CommandRequest.Action.SERVE;
  }

  private static CommandRequest.Action first(
      CommandRequest.Action before, CommandRequest.Action asked) {
    return before == CommandRequest.Action.RUN ? asked : before;
  }

  private boolean wholeGroupByVariables(Variables variables) {
    boolean tini = this == TINI && variables.get("TINI_KILL_PROCESS_GROUP", null) != null;
    boolean setsid =
        this != TINI
            && this != CATATONIT
            && this != MY_INIT
            && OsString.of("0").equals(variables.get("DUMB_INIT_SETSID", null));
    return setsid ? false : wholeGroup || tini;
  }

  private Forwarding.Rewrite rewrite(OsString value) throws LayoutException {
    int colon = value.indexOf(':');
    if (colon < 0) {
      throw Options.wrong(value, "a rewrite is FROM:TO, as TERM:QUIT, or FROM:0 to drop it");
    }
    Signal from = rewritten(value.substring(0, colon), value);
    OsString to = value.substring(colon + 1);
    return new Forwarding.Rewrite(
        from, to.equals(OsString.of("0")) ? Optional.empty() : Optional.of(rewritten(to, value)));
  }

  private Signal rewritten(OsString name, OsString value) throws LayoutException {
    Signal signal = signal(name, value);
    if (this == DUMB_INIT && signal.number() > MOST_OF_DUMB_INIT) {
      throw Options.wrong(value, "dumb-init rewrites the signals 1 to " + MOST_OF_DUMB_INIT);
    }
    return signal;
  }

  private static Signal signal(OsString name, OsString value) throws LayoutException {
    Optional<Signal> signal = Signal.parse(name.toString());
    if (signal.isEmpty()) {
      throw Options.wrong(value, "there is no signal " + name + ": use a number or a name as TERM");
    }
    return signal.get();
  }

  private static int code(OsString value) throws LayoutException {
    int code = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.byteAt(i) - '0';
      boolean isDigit = digit >= 0 && digit <= 9;
      code = isDigit && code <= MOST_CODE ? code * 10 + digit : MOST_CODE + 1;
    }
    if (value.isEmpty() || code > MOST_CODE) {
      throw Options.wrong(value, "an exit code is 0 to " + MOST_CODE);
    }
    return code;
  }
}
