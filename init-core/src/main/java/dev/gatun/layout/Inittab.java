package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.InitEntries;
import dev.gatun.plan.InitEntries.Problem;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Action;
import dev.gatun.plan.Runlevels.Entry;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An inittab, which may be read again and again. */
public final class Inittab {
  static final OsString FILE = OsString.of("/etc/inittab");

  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** From TERM to KILL, unless somebody asks for another time. */
  static final long SLEEP_NANOS = 3 * NANOS_A_SECOND;

  private static final Restart RESPAWN = Restart.always(0);
  private static final Runlevels.Limit LIMIT =
      new Runlevels.Limit(10, 120 * NANOS_A_SECOND, 300 * NANOS_A_SECOND);

  private static final Meaning.Oneshot IS_SAID = new Meaning.Oneshot(Meaning.Failure.IS_SAID);
  private static final OsString NO_NAME = OsString.of("~~");
  private static final OsString SULOGIN = OsString.of("/sbin/sulogin");
  private static final String ALL = "0123456789";

  /** The one level that BusyBox's init has, beside the end. */
  private static final String OF_BUSYBOX = "2";

  private final ProgramFiles files;
  private final OsString file;
  private final OsString searchPath;
  private final InitCommandLine commandLine;
  private final long killAfterNanos;

  /**
   * @param searchPath where programs are looked for
   * @param killAfterNanos how long after TERM a process gets KILL at the container's end
   */
  Inittab(
      ProgramFiles files,
      OsString file,
      OsString searchPath,
      InitCommandLine commandLine,
      long killAfterNanos) {
    this.files = files;
    this.file = file;
    this.searchPath = searchPath;
    this.commandLine = commandLine;
    this.killAfterNanos = killAfterNanos;
  }

  /**
   * What it says now.
   *
   * @throws IOException when it cannot be read, whose message is the cause
   */
  public InitEntries read() throws IOException {
    return read(Findings.AT_START);
  }

  InitEntries read(Findings findings) throws IOException {
    InittabLines lines = new InittabLines(files, file);
    lines.read();
    return new Reading(lines, new InitProgram(files, searchPath, findings)).entries();
  }

  /** What is made of the lines that can be used. */
  private final class Reading {
    private final InittabLines lines;
    private final InitProgram programs;
    private final List<Problem> problems;
    private final List<Service> services = new ArrayList<>();
    private final List<Entry> first = new ArrayList<>();
    private final List<Entry> others = new ArrayList<>();
    private final Set<ServiceId> ids = new HashSet<>();
    private final List<OsString> ctrlAltDel = new ArrayList<>();
    private String initial = "";
    private boolean hasSingle;

    Reading(InittabLines lines, InitProgram programs) {
      this.lines = lines;
      this.programs = programs;
      this.problems = new ArrayList<>(lines.problems());
    }

    InitEntries entries() {
      if (commandLine.emergency()) {
        add(
            NO_NAME,
            Runlevels.SYSINIT,
            Action.SYSINIT,
            Program.of(SULOGIN, OsString.of("/")),
            true);
      }
      for (InittabLine line : lines.lines()) {
        if (lines.isOfBusybox()) {
          addOfBusybox(line);
        } else {
          add(line);
        }
      }
      boolean busybox = lines.isOfBusybox();
      if (!hasSingle && !busybox) {
        Program login = Program.of(SULOGIN, OsString.of("/"));
        add(NO_NAME, Runlevels.SINGLE, Action.WAIT, login, true);
      }
      first.addAll(others);
      String usual = busybox ? OF_BUSYBOX : initial;
      String level = commandLine.level().isEmpty() ? usual : commandLine.level();
      Runlevels runlevels =
          new Runlevels(
              first, level, usual, InitSignals.of(busybox, ctrlAltDel), LIMIT, SLEEP_NANOS);
      return new InitEntries(services, runlevels, problems);
    }

    private void add(InittabLine line) {
      String levels = levels(line.levels());
      if (line.action().equals("initdefault")) {
        initial = initial.isEmpty() ? highest(levels) : initial;
      }
      if (line.action().equals("initdefault") || line.action().equals("off")) {
        return;
      }
      Action action = Action.valueOf(line.action().toUpperCase(Locale.ROOT));
      boolean isRecorded = line.process().byteAt(0) != '+';
      OsString process = isRecorded ? line.process() : line.process().substring(1);
      if (action == Action.CTRLALTDEL) {
        ctrlAltDel.add(process);
      }
      String wanted = wantedLevels(action, levels);
      hasSingle |= wanted.contains(Runlevels.SINGLE) && !action.isTriggered();
      boolean isSingle = wanted.equals(Runlevels.SINGLE);
      add(line.id(), wanted, action, programs.of(line, process, isSingle), isRecorded);
    }

    private void addOfBusybox(InittabLine line) {
      boolean isLogin = line.process().byteAt(0) == '-' && line.process().length() > 1;
      OsString process = isLogin ? line.process().substring(1) : line.process();
      Optional<Action> action =
          switch (line.action()) {
            case "sysinit" -> Optional.of(Action.SYSINIT);
            case "wait" -> Optional.of(Action.BOOTWAIT);
            case "once" -> Optional.of(Action.ONCE);
            case "respawn", "askfirst" -> Optional.of(Action.RESPAWN);
            case "shutdown" -> Optional.of(Action.WAIT);
            case "ctrlaltdel" -> Optional.of(Action.CTRLALTDEL);
            default -> Optional.empty();
          };
      if (action.isEmpty()) {
        return;
      }
      String levels = line.action().equals("shutdown") ? "06" : OF_BUSYBOX;
      if (action.get() == Action.CTRLALTDEL) {
        ctrlAltDel.add(process);
        levels = ALL;
      }
      List<OsString> words = InitProgram.words(process);
      OsString path = words.isEmpty() ? NO_NAME : words.getFirst();
      OsString name = line.id().isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : line.id();
      Program program = programs.of(line, process, true);
      add(name, wantedLevels(action.get(), levels), action.get(), program, !line.id().isEmpty());
    }

    private void add(
        OsString name, String levels, Action action, Program program, boolean isRecorded) {
      ServiceId id = freeId(name);
      Service.Builder service =
          action == Action.RESPAWN || action == Action.ONDEMAND
              ? Service.longrun(id, program).restart(RESPAWN)
              : Service.oneshot(id, program, IS_SAID);
      services.add(service.startedByOrder().stop(Stop.bySignal(killAfterNanos).ofGroup()).build());
      boolean comesFirst = action.isTriggered() && action != Action.KBREQUEST;
      (comesFirst ? first : others).add(new Entry(id, name, levels, action, isRecorded));
    }

    /** An id may have a slash in it, which no service's name has. */
    private ServiceId freeId(OsString name) {
      OsString base = name.isEmpty() ? NO_NAME : name;
      while (base.indexOf('/') >= 0) {
        int at = base.indexOf('/');
        base = base.substring(0, at).concat(OsString.of("-")).concat(base.substring(at + 1));
      }
      ServiceId id = ServiceId.run(new ServiceName(base));
      for (int number = 2; !ids.add(id); number++) {
        id = ServiceId.run(new ServiceName(base.concat(OsString.of("-" + number))));
      }
      return id;
    }
  }

  /** The characters that mean a level, each once. */
  private static String levels(OsString field) {
    StringBuilder levels = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char letter = (char) field.byteAt(i);
      if (letter == 's') {
        letter = 'S';
      } else if (letter >= 'A' && letter <= 'C') {
        letter = (char) (letter - 'A' + 'a');
      }
      boolean isOne = (ALL + "Sabc").indexOf(letter) >= 0;
      if (isOne && levels.indexOf(String.valueOf(letter)) < 0) {
        levels.append(letter);
      }
    }
    return levels.toString();
  }

  private static String wantedLevels(Action action, String levels) {
    return switch (action) {
      case SYSINIT -> Runlevels.SYSINIT;
      case BOOT, BOOTWAIT -> Runlevels.BOOT;
      case WAIT, ONCE, RESPAWN, ONDEMAND, KBREQUEST -> levels.isEmpty() ? ALL : levels;
      case CTRLALTDEL, POWERFAIL, POWERWAIT, POWERFAILNOW, POWEROKWAIT ->
          levels.isEmpty() ? ALL + Runlevels.SINGLE : levels;
    };
  }

  /** {@code S} counts above the digits. */
  private static String highest(String levels) {
    String highest = "";
    for (char letter : levels.toCharArray()) {
      boolean counts = letter == 'S' || letter >= '0' && letter <= '9';
      if (counts && (highest.isEmpty() || letter > highest.charAt(0))) {
        highest = String.valueOf(letter);
      }
    }
    return highest;
  }
}
