package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Jobs;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Command;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs in Gatun's own place: its start, its stops, its terminal. There is at most
 * one.
 */
final class JobControl {
  private static final OsString SHELL = OsString.of("/bin/sh");

  private final Kernel kernel;
  private final Jobs jobs;
  private final OutputPlane output;
  private final Reporter reports;
  private boolean gaveTerminal;

  JobControl(Kernel kernel, OutputPlane output, Reporter reports) {
    this.kernel = kernel;
    this.jobs = kernel.jobs();
    this.output = output;
    this.reports = reports;
  }

  /** Its pid, or a negative errno. */
  int start(Incarnation who, Command command) {
    if (command.job().get().inheritsOutput()) {
      return spawn(command, SpawnRequest.INHERITED, SpawnRequest.INHERITED);
    }
    int[] out = new int[2];
    int[] err = new int[2];
    int failure = kernel.pipe(out);
    if (failure < 0) {
      return failure;
    }
    failure = kernel.pipe(err);
    if (failure < 0) {
      closeBoth(out);
      return failure;
    }
    int pid = spawn(command, out[1], err[1]);
    if (pid < 0) {
      closeBoth(out);
      closeBoth(err);
      return pid;
    }
    kernel.close(out[1]);
    kernel.close(err[1]);
    output.attachStdout(out[0], who);
    output.attachStderr(err[0], who);
    return pid;
  }

  private void closeBoth(int[] ends) {
    kernel.close(ends[0]);
    kernel.close(ends[1]);
  }

  /** A script without an interpreter's name is the shell's, as execvp(3) has it. */
  private int spawn(Command command, int stdout, int stderr) {
    int own = jobs.ownGroup();
    int before = jobs.foreground();
    int pid = execute(command, stdout, stderr);
    gaveTerminal = before == own && jobs.foreground() != own;
    if (pid < 0) {
      takeTerminal();
    }
    return pid;
  }

  private int execute(Command command, int stdout, int stderr) {
    OsString name = command.job().get().name();
    int pid = execute(command, command.program(), name, command.arguments(), stdout, stderr);
    if (pid != -Errno.ENOEXEC) {
      return pid;
    }
    List<OsString> arguments = new ArrayList<>();
    arguments.add(command.program());
    arguments.addAll(command.arguments());
    return execute(command, SHELL, SHELL, arguments, stdout, stderr);
  }

  private int execute(
      Command command,
      OsString program,
      OsString name,
      List<OsString> arguments,
      int stdout,
      int stderr) {
    return kernel.spawn(
        new SpawnRequest(
            program,
            arguments,
            command.directory(),
            List.of(),
            SpawnRequest.INHERITED,
            stdout,
            stderr,
            name,
            true));
  }

  /** What a shell does to continue a job in the foreground is done before CONT. */
  int forward(Child child, Effect.ForwardSignal effect) {
    if (effect.signal().is(Signal.CONT)) {
      giveTerminalBack(child.pid());
    }
    return effect.wholeGroup()
        ? jobs.signalGroup(child.pid(), effect.signal())
        : kernel.signal(child.pid(), child.descriptor(), effect.signal());
  }

  private void giveTerminalBack(int group) {
    if (jobs.foreground() == jobs.ownGroup()) {
      gaveTerminal = jobs.setForeground(group) >= 0;
    }
  }

  void stopSelf() {
    jobs.stopSelf();
  }

  /** The event of its having been stopped, or null. */
  Event.ProcessStopped stopped(Child child, long nowNanos) {
    int signal = jobs.takeStop(child.pid());
    return signal == 0 ? null : new Event.ProcessStopped(nowNanos, child.who(), new Signal(signal));
  }

  void followStop(Child child, Signal signal) {
    int group = child.pid();
    int foreground = jobs.foreground();
    if (foreground < 0 || jobs.takeContinuation(group)) {
      return;
    }
    boolean wantedTerminal = signal.is(Signal.TTIN) || signal.is(Signal.TTOU);
    if (wantedTerminal && (foreground == group || foreground == jobs.ownGroup())) {
      giveTerminalBack(group);
      jobs.signalGroup(group, Signal.CONT);
    } else if (!jobs.suspendOwnGroup() && signal.is(Signal.TSTP)) {
      reports.report(Level.INFO, "no shell could continue " + child.who().label() + ": it goes on");
      jobs.signalGroup(group, Signal.CONT);
    }
  }

  /** Who waits for Gatun gets the terminal back when the command has ended. */
  void takeTerminal() {
    if (gaveTerminal) {
      gaveTerminal = false;
      jobs.setForeground(jobs.ownGroup());
    }
  }
}
