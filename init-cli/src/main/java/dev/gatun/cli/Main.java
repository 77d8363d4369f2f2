package dev.gatun.cli;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.layout.Finding;
import dev.gatun.layout.HttpSettings;
import dev.gatun.layout.Inspection;
import dev.gatun.layout.JournalSettings;
import dev.gatun.layout.LayoutException;
import dev.gatun.layout.Layouts;
import dev.gatun.layout.Meaningless;
import dev.gatun.layout.OutputSettings;
import dev.gatun.layout.ServiceDirectory;
import dev.gatun.layout.Setup;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.linux.LinuxSignals;
import dev.gatun.linux.OwnProcess;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Reporter;
import dev.gatun.loop.Shell;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Environment;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command {@code gatun}. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILURE = 1;

  private Main() {}

  /** Ends the process at once: there is nothing that a shutdown hook could still do. */
  public static void main(String[] arguments) {
    int code = FAILURE;
    try {
      code = run(arguments);
    } catch (Throwable e) {
      say(Level.ERROR, "cannot go on: " + e);
      e.printStackTrace();
    } finally {
      Runtime.getRuntime().halt(code);
    }
  }

  private static int run(String[] arguments) {
    String launcher = launcherName();
    if (arguments.length == 0 && launcher.equals("gatun")) {
      return runContainer(null);
    }
    if (isInit(launcher)) {
      return runInit(arguments);
    }
    if (CommandStart.isAsked(launcher, arguments)) {
      return runCommand(launcher, arguments);
    }
    if (arguments.length == 0) {
      return runContainer(null);
    }
    if (arguments[0].equals("check") && isHelp(arguments)) {
      return print(Help.CHECK);
    }
    if (arguments[0].equals("check")) {
      return check(List.of(arguments).subList(1, arguments.length));
    }
    if (JournalCommand.isOne(arguments[0])) {
      return JournalCommand.run(arguments[0], List.of(arguments).subList(1, arguments.length));
    }
    if (ControlCommand.isOne(arguments[0])) {
      return ControlCommand.run(arguments[0], List.of(arguments).subList(1, arguments.length));
    }
    if (arguments[0].equals("optimize") && isHelp(arguments)) {
      return print(Help.OPTIMIZE);
    }
    if (arguments.length > 1) {
      return refuse(arguments[1]);
    }
    return switch (arguments[0]) {
      case "--help", "-h" -> print(Help.text());
      case "--version" -> print("gatun " + version() + "\n");
      case "optimize" -> optimize();
      default -> refuse(arguments[0]);
    };
  }

  /** What the launcher was called by, without its directory: links may call it otherwise. */
  private static String launcherName() {
    String path = launcherPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a launcher of that name is an init, or the one who asks it for something. */
  private static boolean isInit(String launcher) {
    return launcher.equals("init") || launcher.equals("telinit");
  }

  /** The path that the launcher was called by. */
  static String launcherPath() {
    String path = System.getProperty("gatun.launcher");
    return path == null ? System.getProperty("java.class.path") : path;
  }

  private static String version() {
    return Main.class.getPackage().getImplementationVersion();
  }

  private static boolean isHelp(String[] arguments) {
    return arguments.length == 2 && (arguments[1].equals("--help") || arguments[1].equals("-h"));
  }

  private static int check(List<String> arguments) {
    Check check;
    try {
      check = Check.of(arguments);
    } catch (IllegalArgumentException e) {
      return refuse(e.getMessage());
    }
    Inspection result = check.run();
    print(check.text(result));
    return result.errors() == 0 ? OK : FAILURE;
  }

  /** The cache is made for the JVM that containers are going to run in. */
  private static int optimize() {
    Environment given = LinuxEnvironment.read();
    try {
      ChosenJvm chosen = ChosenJvm.of(given);
      if (chosen != null) {
        say(Level.ERROR, Relaunch.execute(given, new LinuxFiles(), chosen));
        return FAILURE;
      }
      Path launcher = Path.of(System.getProperty("java.class.path")).toRealPath();
      Environment environment = LauncherEnvironment.restore(given);
      return print("gatun: " + new Optimize(launcher, environment).run() + "\n");
    } catch (IllegalArgumentException e) {
      say(Level.ERROR, e.getMessage());
      return FAILURE;
    } catch (IOException e) {
      say(Level.ERROR, "cannot optimize: " + e.getMessage());
      return FAILURE;
    }
  }

  static int print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
    return OK;
  }

  private static int refuse(String argument) {
    say(Level.ERROR, "cannot use the argument " + argument + ": see gatun --help");
    return FAILURE;
  }

  private static int runCommand(String launcher, String[] arguments) {
    try {
      CommandStart command = CommandStart.of(launcher, arguments);
      String answer = command.answer(version());
      return answer == null ? runContainer(command) : print(answer);
    } catch (LayoutException e) {
      say(Level.ERROR, e.getMessage());
      return e.exitCode();
    }
  }

  /** As PID 1 it is an init, and otherwise it asks that one for something. */
  private static int runInit(String[] arguments) {
    List<OsString> words = CommandStart.exact(arguments);
    return OwnProcess.isFirst() ? runContainer(null, words) : InitStart.ask(words);
  }

  private static int runContainer(CommandStart command) {
    return runContainer(command, List.of());
  }

  /**
   * @param words what an init was told, if it is called so
   * @param command what to run, or null for the services alone
   */
  private static int runContainer(CommandStart command, List<OsString> words) {
    LinuxFiles files = new LinuxFiles();
    Environment given = LinuxEnvironment.read();
    ChosenJvm chosen;
    try {
      chosen = ChosenJvm.of(given);
    } catch (IllegalArgumentException e) {
      say(Level.ERROR, e.getMessage());
      return FAILURE;
    }
    if (chosen != null || !LinuxSignals.areBlocked()) {
      say(Level.ERROR, Relaunch.execute(given, files, chosen));
      return FAILURE;
    }
    Environment environment = LauncherEnvironment.restore(given);
    Setup setup;
    Optional<Conversions> conversions = Optional.empty();
    Optional<JournalSettings> journal;
    Optional<HttpSettings> http;
    try {
      setup =
          command == null
              ? layouts(files, environment, words).read()
              : command.read(files, environment);
      if (setup.plan().convertsLines()) {
        conversions = Optional.of(Conversions.of(setup.plan()));
      }
      journal = readJournal(environment);
      http = readHttp(environment);
    } catch (LayoutException e) {
      if (!OsString.of("none").equals(environment.get("DINIT_LOG_LEVEL"))) {
        say(Level.ERROR, e.getMessage());
      }
      return e.exitCode();
    }
    leaveNoTraces(environment);
    LinuxKernel kernel = new LinuxKernel();
    kernel.blockInJobs(LauncherEnvironment.blockedSignals(given));
    if (command != null && command.goesToRoot()) {
      kernel.goToRootAfterCommand();
    }
    int signals = kernel.openSignals();
    if (signals < 0) {
      say(Level.ERROR, "cannot receive signals: " + kernel.explain(-signals));
      return FAILURE;
    }
    Shell shell =
        shell(kernel, signals, setup.output()).withAdvice(new ProgramAdvice(files, environment));
    return run(complete(shell, setup, conversions, journal), shell, environment, http).exitCode();
  }

  private static Layouts layouts(LinuxFiles files, Environment environment, List<OsString> words) {
    Layouts layouts = new Layouts(files, environment, LinuxEnvironment.workingDirectory());
    return isInit(launcherName())
        ? layouts.calledAs(launcherPath(), InitStart.commandLine(words))
        : layouts;
  }

  /** What children inherit and others see is what the container was given, and not the JVM's. */
  private static void leaveNoTraces(Environment environment) {
    OwnProcess.callItself("gatun");
    OwnProcess.restoreCoreFilter();
    OwnProcess.showEnvironment(environment);
  }

  private static Optional<JournalSettings> readJournal(Environment environment)
      throws LayoutException {
    OsString wanted = environment.get(JournalSettings.VARIABLE);
    return wanted == null || wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(JournalSettings.read(environment, LinuxEnvironment.workingDirectory()));
  }

  private static Optional<HttpSettings> readHttp(Environment environment) throws LayoutException {
    OsString wanted = environment.get("GATUN_HTTP");
    return wanted == null || wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(HttpSettings.read(environment, LinuxEnvironment.workingDirectory()));
  }

  private static Shell shell(Kernel kernel, int signals, OutputSettings settings) {
    Poll poll = new Poll(kernel);
    OutputPlane output =
        new OutputPlane(
            kernel, poll, settings.stdout(), settings.verbosity(), settings.lineLimitBytes());
    Reporter reporter = new OwnLog(settings.verbosity(), output);
    Shell shell = new Shell(kernel, poll, output, signals, reporter);
    return settings.isRaw() ? shell.passingOutputThrough() : shell;
  }

  /** The loop, with what the layout and the variables ask for beside it. */
  private static EventLoop complete(
      Shell plain,
      Setup setup,
      Optional<Conversions> conversions,
      Optional<JournalSettings> journal) {
    Shell shell = plain;
    Plan plan = setup.plan();
    if (setup.isReasonTold()) {
      shell.reports().report(Level.INFO, setup.reason());
    }
    warn(shell, Meaningless.find(plan.environment(), setup.services().isPresent()));
    if (conversions.isPresent()) {
      conversions.get().convert(shell.output());
    }
    if (setup.environment().isPresent()) {
      EnvironmentFiles source =
          new EnvironmentFiles(
              setup.environment().get(), plan.environment(), shell.reports(), distribution());
      plan = source.startingWith(plan);
      shell = source.givenTo(shell);
    }
    if (setup.services().isPresent()) {
      Conversions all = conversions.isPresent() ? conversions.get() : new Conversions();
      ServiceDirectory services = setup.services().get();
      if (services.live().isPresent()) {
        warn(shell, Meaningless.ofOverlay(plan.environment()));
      }
      shell = shell.withClients(Serving.clients(services, all, shell, plan.services()));
    }
    if (setup.inittab().isPresent()) {
      shell = InitStart.withClients(shell, setup);
    }
    if (journal.isPresent()) {
      shell = shell.withObserver(Journaling.of(journal.get(), shell, version()));
    }
    if (shell.kernel().processId() != 1) {
      becomeSubreaper(shell);
    }
    return new EventLoop(shell, plan);
  }

  private static void warn(Shell shell, List<Finding> findings) {
    for (Finding finding : findings) {
      shell.reports().report(Level.WARNING, finding.where() + ": " + finding.text());
    }
  }

  /** The directory that Gatun lies in, absolute. */
  private static OsString distribution() {
    OsString here = LinuxEnvironment.workingDirectory();
    OsString jar = here.resolveAbsolute(OsString.of(System.getProperty("java.class.path")));
    return jar.substring(0, jar.lastIndexOf('/'));
  }

  /**
   * Whatever is thrown, the heap's or the stack's exhaustion too, the services are told to stop.
   */
  private static Verdict run(
      EventLoop loop, Shell shell, Environment environment, Optional<HttpSettings> http) {
    try {
      loop.begin();
      Attending.begin(loop, shell, environment, http);
      return loop.run();
    } catch (RuntimeException | Error e) {
      return loop.endInOrder(e);
    }
  }

  private static void becomeSubreaper(Shell shell) {
    int result = shell.kernel().becomeSubreaper();
    if (result < 0) {
      shell
          .reports()
          .report(
              Level.WARNING,
              "not PID 1, and cannot become a subreaper: "
                  + shell.kernel().explain(-result)
                  + ": orphaned processes will not be seen");
    } else {
      shell.reports().report(Level.INFO, "not PID 1: running as a child subreaper");
    }
  }

  /** For what has to be said when there is no output plane. */
  static void say(Level level, String text) {
    byte[] message = OutputPlane.ownMessage(System.currentTimeMillis(), level, text);
    System.err.write(message, 0, message.length);
    System.err.flush();
  }
}
