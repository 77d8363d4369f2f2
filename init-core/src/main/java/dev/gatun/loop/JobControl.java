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
  private final EventQueue events;
  private final Reporter reports;
  private final Children children;
  private final SignalSender signals;
  private Child command;
  private boolean gaveTerminal;

  JobControl(Shell shell, Children children, SignalSender signals) {
    this.kernel = shell.kernel();
    this.jobs = kernel.jobs();
    this.events = shell.events();
    this.reports = shell.reports();
    this.children = children;
    this.signals = signals;
  }

  /** Starts it; its pid, or a negative errno. */
  int start(SpawnRequest request) {
    int own = jobs.ownGroup();
    int before = jobs.foreground();
    int pid = execute(request);
    gaveTerminal = before == own && jobs.foreground() != own;
    if (pid < 0) {
      takeTerminal();
    }
    return pid;
  }

  /** A script without an interpreter's name is the shell's, as execvp(3) has it. */
  private int execute(SpawnRequest request) {
    int pid = kernel.spawn(request);
    if (pid != -Errno.ENOEXEC) {
      return pid;
    }
    List<OsString> arguments = new ArrayList<>();
    arguments.add(request.program());
    arguments.addAll(request.arguments());
    return kernel.spawn(
        new SpawnRequest(SHELL, arguments, request.directory(), request.environment())
            .with(request.stdin(), request.stdout(), request.stderr())
            .asJob(SHELL));
  }

  /** It is this child from now on, until it ends. */
  void watch(Child child) {
    command = child;
  }

  /** Passes a signal on; before CONT the terminal is given back, as shells do it. */
  void forward(Effect.ForwardSignal effect) {
    if (!isCommand(effect.who())) {
      return;
    }
    Signal signal = effect.signal();
    if (signal.is(Signal.CONT)) {
      giveTerminalBack();
    }
    if (effect.wholeGroup()) {
      signals.send(new Effect.SignalGroup(effect.who(), signal));
    } else {
      signals.send(command, signal);
    }
  }

  private boolean isCommand(Incarnation who) {
    return command != null && command.who().is(who);
  }

  private void giveTerminalBack() {
    if (jobs.foreground() == jobs.ownGroup()) {
      gaveTerminal = jobs.setForeground(command.pid()) >= 0;
    }
  }

  void stopSelf() {
    jobs.stopSelf();
  }

  /** Posts that the command was stopped, if it was. */
  void lookForStop() {
    int signal = command == null ? 0 : jobs.takeStop(command.pid());
    if (signal > 0) {
      events.post(new Event.ProcessStopped(events.nowNanos(), command.who(), new Signal(signal)));
    }
  }

  void followStop(Effect.FollowStop effect) {
    int foreground = isCommand(effect.who()) ? jobs.foreground() : -Errno.ESRCH;
    if (foreground < 0 || jobs.takeContinuation(command.pid())) {
      return;
    }
    int group = command.pid();
    Signal signal = effect.signal();
    boolean wantedTerminal = signal.is(Signal.TTIN) || signal.is(Signal.TTOU);
    if (wantedTerminal && (foreground == group || foreground == jobs.ownGroup())) {
      giveTerminalBack();
      kernel.signalGroup(group, Signal.CONT);
    } else if (!jobs.suspendOwnGroup() && signal.is(Signal.TSTP)) {
      reports.report(
          Level.INFO, "no shell could continue " + effect.who().label() + ": it goes on");
      kernel.signalGroup(group, Signal.CONT);
    }
  }

  /** Who waits for Gatun gets the terminal back when the command has ended. */
  void lookForEnd() {
    if (command != null && children.get(command.who()) == null) {
      command = null;
      takeTerminal();
    }
  }

  private void takeTerminal() {
    if (gaveTerminal) {
      gaveTerminal = false;
      jobs.setForeground(jobs.ownGroup());
    }
  }
}
