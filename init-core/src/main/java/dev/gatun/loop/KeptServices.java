package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.model.Deadline;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.plan.Command;

/** What only kept services and the program beside them need of the shell. */
final class KeptServices {
  private final Kernel kernel;
  private final Reporter reports;
  private Clients clients = Nobody.IT;
  private Surroundings surroundings;
  private Child main;

  /** Nobody watches, and no file can be asked for. */
  private enum Nobody implements Clients {
    IT;

    @Override
    public void findServices() {}

    @Override
    public void publish(ServiceName service, Part part, ServiceStatus status) {}

    @Override
    public void release(ServiceName service) {}

    @Override
    public boolean mayExecute(OsString file) {
      return false;
    }

    @Override
    public Deadline nextDeadline() {
      return Deadline.NEVER;
    }

    @Override
    public void timePassed(long nowNanos) {}
  }

  KeptServices(Kernel kernel, Reporter reports) {
    this.kernel = kernel;
    this.reports = reports;
  }

  void surround(Surroundings with) {
    surroundings = with;
  }

  void refreshEnvironment() {
    if (surroundings != null) {
      surroundings.refresh();
    }
  }

  void serve(Clients serves) {
    clients = serves;
  }

  Clients clients() {
    return clients;
  }

  /**
   * Whether a program that need not be there is not. A file may be there and its interpreter may
   * not: that is an error that people must see.
   */
  boolean isMissing(Command command, int error) {
    boolean looksMissing = error == Errno.ENOENT || error == Errno.EACCES;
    return looksMissing && !clients.mayExecute(command.program());
  }

  void mainHasBegun(Child child) {
    main = child;
  }

  /** A pid is given to nobody else while it is the name of a group in which somebody is left. */
  void signal(Effect.SignalGroup effect) {
    if (main != null && main.who().is(effect.leader())) {
      int result = kernel.signalGroup(main.pid(), effect.signal());
      String what = "the group of " + main.who().label();
      Refusals.report(kernel, reports, result, what, main.pid(), effect.signal());
    }
  }
}
