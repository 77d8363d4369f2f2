package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Event;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hears how children end: those that were started here through descriptors of their own, all others
 * by looking for zombies.
 */
final class Reaper {
  /** How many children are reaped in one go before the loop looks at something else. */
  private static final int MAX_REAPED = 4096;

  private final Kernel kernel;
  private final Poll poll;
  private final EventQueue events;
  private final Reporter reports;
  private final Children children;
  private final KnownOrphans orphans;
  private final Optional<Clients> clients;
  private final Exit exit = new Exit();
  private boolean sweepAgain;

  Reaper(Shell shell, Children children, KnownOrphans orphans) {
    this.kernel = shell.kernel();
    this.poll = shell.poll();
    this.events = shell.events();
    this.reports = shell.reports();
    this.children = children;
    this.orphans = orphans;
    this.clients = shell.clients();
  }

  /** Hears of the end of a child that has a descriptor; without one it is found by sweeping. */
  void watch(Child child) {
    if (child.hasDescriptor()) {
      children.add(child);
      poll.watch(child.descriptor(), Interest.READABLE, new ChildHandler(child));
    }
  }

  private final class ChildHandler implements Poll.Handler {
    private final Child child;

    ChildHandler(Child child) {
      this.child = child;
    }

    @Override
    public void ready() {
      reap(child);
    }
  }

  private void reap(Child child) {
    int result = kernel.reap(child.pid(), exit);
    if (result == -Errno.ECHILD) {
      hearThatStatusIsStolen(child);
    } else if (result <= 0) {
      return;
    }
    if (child.hasDescriptor()) {
      poll.forget(child.descriptor());
      kernel.close(child.descriptor());
    }
    children.remove(child);
    if (clients.isPresent()) {
      clients.get().beforeEnd(child.who());
    }
    events.post(new Event.ProcessExited(events.nowNanos(), child.who(), exit.status()));
  }

  /** Only the kernel's saying so ends the wait: its descriptor stays readable for ever. */
  private void hearThatStatusIsStolen(Child child) {
    exit.set(ExitStatus.Unknown.IT);
    String what = child.who().label() + " (" + child.pid() + ") ended: ";
    String why =
        kernel.explain(Errno.ECHILD) + ": something else in this process has waited for it";
    reports.report(Level.WARNING, "cannot tell how " + what + why);
  }

  /**
   * Reaps orphans that have ended, and children whose end no descriptor tells. A child that has a
   * descriptor is left to it, so that children are heard in the order in which they ended.
   *
   * @return whether any child is left
   */
  boolean sweep() {
    List<OrphanExit> reaped = new ArrayList<>();
    boolean left = true;
    sweepAgain = false;
    for (int i = 0; left; i++) {
      int pid = kernel.peekEnded();
      if (pid <= 0) {
        left = pid != -Errno.ECHILD;
        sweepAgain = pid == -Errno.EINTR;
        break;
      }
      Child child = children.get(pid);
      sweepAgain = i >= MAX_REAPED || child != null && child.hasDescriptor();
      if (sweepAgain) {
        break;
      }
      if (child != null) {
        reap(child);
      } else if (kernel.reap(pid, exit) > 0) {
        OrphanId known = orphans.reaped(pid);
        if (known != null) {
          reaped.add(new OrphanExit(known, exit.status()));
        }
      }
    }
    if (!left) {
      for (Child lost : children.withoutDescriptor()) {
        reap(lost);
      }
    }
    if (!reaped.isEmpty()) {
      events.post(new Event.OrphansReaped(events.nowNanos(), reaped));
    }
    return left;
  }

  /** Whether a sweep was cut short and is to go on in the next turn. */
  boolean wantsToSweepAgain() {
    return sweepAgain;
  }
}
