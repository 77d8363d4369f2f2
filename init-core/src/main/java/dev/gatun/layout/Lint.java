package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.Control;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds in a service tree what a container made from it would trip over. Changes nothing. */
public final class Lint {
  private static final int SCRIPT_BYTES = 64 * 1024;
  private static final OsString PID_VARIABLE = OsString.of("DINIT_PID");

  private final ProgramFiles files;
  private final Programs programs;
  private final boolean kept;
  private final List<OsString> services = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * What was looked at and found.
   *
   * @param services the names of the services, ordered bytewise
   * @param findings ordered by service; those of the environment come first
   */
  public record Result(OsString directory, List<OsString> services, List<Finding> findings) {
    public Result {
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

  /**
   * @param kept whether services are kept running, and have the scripts of such ones
   */
  private Lint(ProgramFiles files, Programs programs, boolean kept) {
    this.kept = kept;
    this.files = files;
    this.programs = programs;
  }

  /**
   * Looks at the services below {@code directory} and at the variables that Gatun reads.
   *
   * @param directory absolute
   */
  public static Result check(
      ProgramFiles files, Programs programs, Environment environment, OsString directory) {
    Lint lint = new Lint(files, programs, false);
    lint.findings.addAll(refused(EngineVariables.wrongVariables(environment)));
    lint.checkTree(directory);
    return new Result(directory, lint.services, lint.findings);
  }

  /**
   * Looks at services that are kept running, and at what is run beside them.
   *
   * @param kept where all that is; without services only the programs are looked at
   */
  public static Result check(ProgramFiles files, Programs programs, Layouts.KeptFiles kept) {
    Lint lint = new Lint(files, programs, true);
    lint.findings.addAll(refused(kept.wrong()));
    for (OsString program : kept.programs()) {
      programs.examine(program).forEach(lint::add);
    }
    if (kept.services() != null) {
      lint.checkTree(kept.services());
      lint.checkEnding(kept.ending());
    }
    OsString directory = kept.services() == null ? OsString.of("/") : kept.services();
    return new Result(directory, lint.services, lint.findings);
  }

  /** What is to be said when it is not even known what to look at. */
  public static Result unreadable(OsString where, Environment environment, LayoutException cause) {
    List<Finding> findings = new ArrayList<>();
    if (cause.variable() == null) {
      String message = cause.getMessage();
      int colon = message.lastIndexOf(": ");
      findings.add(
          Finding.error(
              "layout", where, 0, message.substring(0, colon), message.substring(colon + 2)));
    } else {
      findings.addAll(refused(List.of(cause.variable())));
    }
    for (Finding other : refused(EngineVariables.wrongVariables(environment))) {
      if (!findings.contains(other)) {
        findings.add(other);
      }
    }
    return new Result(where, List.of(), findings);
  }

  private void checkEnding(List<OsString> names) {
    for (OsString name : names) {
      if (!services.contains(name)) {
        add(
            Finding.warning(
                "variable",
                OsString.of("GATUN_EXIT_ON"),
                0,
                "it names " + name + ", and there is no such service",
                "correct it, unless the service is made later"));
      }
    }
  }

  private static List<Finding> refused(List<EngineVariables.WrongVariable> variables) {
    List<Finding> findings = new ArrayList<>();
    for (EngineVariables.WrongVariable wrong : variables) {
      String problem = "its value " + wrong.value() + " cannot be used";
      findings.add(Finding.error("variable", wrong.name(), 0, problem, wrong.advice()));
    }
    return findings;
  }

  private void add(Finding finding) {
    findings.add(finding);
  }

  private void checkTree(OsString directory) {
    List<OsString> names;
    try {
      names = files.list(directory);
    } catch (IOException e) {
      add(DinitLayout.unreadable(files, directory, e));
      return;
    }
    for (OsString name : names) {
      if (name.byteAt(0) != '.') {
        checkEntry(name, directory.resolve(name));
      }
    }
    if (services.isEmpty()) {
      add(
          Finding.warning(
              "no-services",
              directory,
              0,
              "there is no service in it",
              "make a directory with an executable run for each"));
    }
  }

  private void checkEntry(OsString name, OsString path) {
    switch (files.kind(path)) {
      case DIRECTORY -> {
        services.add(name);
        checkService(name, path);
      }
      case FILE -> {
        if (files.isExecutableByAnybody(path)) {
          add(
              Finding.warning(
                  "not-a-service",
                  path,
                  0,
                  "it is executable and no directory, and is left out",
                  "if it is a service, make it " + name + "/run"));
        }
      }
      case NOTHING ->
          add(
              Finding.warning(
                  "dangling-link",
                  path,
                  0,
                  "it is a link to " + files.linkTarget(path) + ", which does not exist",
                  "correct or remove it; it is left out"));
      case OTHER -> {
        // Left out, as nobody would expect otherwise.
      }
    }
  }

  private void checkService(OsString name, OsString directory) {
    if (!isPlain(name)) {
      add(
          Finding.warning(
                  "odd-name",
                  directory,
                  0,
                  "its name has bytes that are no UTF-8 text, or control characters",
                  "give it a plain name; in log lines they are escaped")
              .of(name));
    }
    if (!files.mayExecute(directory)) {
      add(
          Finding.error(
                  "not-permitted",
                  directory,
                  0,
                  "this user may not go into it",
                  "run chmod a+rx on it")
              .of(name));
      return;
    }
    checkProgram(name, directory.resolve("run"));
    checkLog(name, directory.resolve("log"));
    if (kept) {
      checkScripts(name, directory);
    } else {
      checkStopScripts(name, directory);
    }
  }

  /** None need be there, and what is there has to be executable. */
  private void checkScripts(OsString service, OsString directory) {
    for (String script : new String[] {"finish", "check"}) {
      if (files.exists(directory.resolve(script))) {
        checkProgram(service, directory.resolve(script));
      }
    }
    OsString controls = directory.resolve("control");
    for (Control control : Control.values()) {
      OsString script = controls.resolve(String.valueOf(control.letter()));
      if (files.exists(script)) {
        checkProgram(service, script);
      }
    }
  }

  /** A name that log lines show as it is. */
  private static boolean isPlain(OsString name) {
    return OsString.of(name.toString()).equals(name);
  }

  private void checkProgram(OsString service, OsString program) {
    for (Finding finding : programs.examine(program)) {
      add(finding.of(service));
    }
  }

  private void checkLog(OsString service, OsString directory) {
    if (!files.exists(directory)) {
      return;
    }
    OsString run = directory.resolve("run");
    OsString pattern = directory.resolve("pattern");
    boolean hasRun = files.exists(run);
    boolean hasPattern = !kept && files.exists(pattern);
    if (hasRun) {
      checkProgram(service, run);
    }
    if (hasPattern) {
      PatternFile.examine(files, pattern).ifPresent(finding -> add(finding.of(service)));
    }
    if (hasRun && hasPattern) {
      add(DinitLayout.besideLog(pattern).of(service));
    }
    if (hasRun || hasPattern) {
      return;
    }
    boolean isDirectory = files.kind(directory) == Kind.DIRECTORY;
    add(
        Finding.warning(
                "log-without-run",
                directory,
                0,
                isDirectory
                    ? "it has neither run nor pattern"
                    : "it is no directory that has run or pattern",
                "put the log program at log/run"
                    + (kept ? "" : " or a pattern at log/pattern")
                    + ", or remove log; it is left out")
            .of(service));
  }

  private void checkStopScripts(OsString service, OsString directory) {
    OsString terminate = directory.resolve("terminate");
    OsString finish = directory.resolve("finish");
    if (files.exists(terminate)) {
      checkProgram(service, terminate);
      if (files.exists(finish)) {
        add(
            Finding.warning(
                    "finish-unused",
                    finish,
                    0,
                    "it is never run, because there is terminate",
                    "remove one of the two")
                .of(service));
      }
    } else if (files.exists(finish)) {
      checkProgram(service, finish);
      checkFinish(service, finish);
    }
  }

  /** Elsewhere a finish is run when the service has ended; here it has to end it. */
  private void checkFinish(OsString service, OsString finish) {
    byte[] text = files.head(finish, SCRIPT_BYTES);
    if (Shebang.isIn(text) && !contains(text, PID_VARIABLE.bytes())) {
      add(
          Finding.warning(
                  "finish-does-not-end",
                  finish,
                  0,
                  "it is run instead of sending TERM, and does not mention DINIT_PID",
                  "let it end the service, as with kill \"$DINIT_PID\", or remove it")
              .of(service));
    }
  }

  private static boolean contains(byte[] text, byte[] word) {
    for (int i = 0; i <= text.length - word.length; i++) {
      int same = 0;
      while (same < word.length && text[i + same] == word[same]) {
        same++;
      }
      if (same == word.length) {
        return true;
      }
    }
    return false;
  }
}
