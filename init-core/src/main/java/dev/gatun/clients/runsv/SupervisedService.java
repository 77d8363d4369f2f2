package dev.gatun.clients.runsv;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.kernel.SupervisePlaces;
import dev.gatun.loop.Shell;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Stage;

/** A service as clients see it: their orders come in, its status goes out. */
final class SupervisedService implements Poll.Handler {
  /** Where services are seen and controlled whose own directories cannot be written. */
  private static final OsString FALLBACK = OsString.of("/run/gatun");

  private static final long NANOS_A_MILLI = 1_000_000;

  /** It has not been tried yet to open it. */
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final Shell shell;
  private final SupervisePlaces places;
  private final ServiceId id;
  private final Hearer hearer;
  private SuperviseDirectory directory;
  private int control = UNKNOWN;
  private long sinceNanos = Long.MIN_VALUE;
  private long changedAtNanos;
  private boolean saidUnwritten;

  /** Hears that clients have written into the pipe {@code control} of a service. */
  interface Hearer {
    void ready(ServiceId service, int control);
  }

  /**
   * @param directory of the service, absolute
   */
  SupervisedService(
      Shell shell, SupervisePlaces places, ServiceId id, OsString directory, Hearer hearer) {
    this.shell = shell;
    this.places = places;
    this.id = id;
    this.directory = places.at(directory.resolve("supervise"));
    this.hearer = hearer;
  }

  /**
   * Lets clients see it, elsewhere where it cannot be here.
   *
   * @return negative where they do not see it, and EAGAIN when another supervisor has the service
   */
  int open() {
    control = directory.open();
    if (control < 0 && !(control == -Errno.EAGAIN && id.stage() == Stage.RUN)) {
      openElsewhere();
    }
    if (control >= 0) {
      shell.poll().watch(control, Interest.READABLE, this);
    }
    return control;
  }

  private void openElsewhere() {
    Kernel kernel = shell.kernel();
    String problem = "cannot use " + directory + ": " + kernel.explain(-control);
    OsString beside = FALLBACK.resolve(id.name().value());
    OsString below = id.stage() == Stage.LOG ? beside.resolve("log") : beside;
    directory = places.at(below.resolve("supervise"));
    control = directory.open();
    warn(
        control < 0
            ? problem
                + ", nor "
                + directory
                + ": "
                + kernel.explain(-control)
                + ": sv cannot see it"
            : problem
                + ": sv cannot see it there, but with SVDIR="
                + FALLBACK
                + " in "
                + directory);
  }

  private void warn(String text) {
    shell.reports().report(Level.WARNING, text);
  }

  @Override
  public void ready() {
    hearer.ready(id, control);
  }

  /** Shows what it is doing. What cannot be written is said once, until it can be. */
  void publish(ServiceStatus status) {
    if (control == UNKNOWN) {
      open();
    }
    int result = control < 0 ? 0 : write(status);
    boolean removed = result == -Errno.ENOENT;
    if (result < 0 && !removed && !saidUnwritten) {
      warn("cannot write the status of " + id + ": " + shell.kernel().explain(-result));
    }
    saidUnwritten = result < 0 && (saidUnwritten || !removed);
  }

  private int write(ServiceStatus status) {
    if (status.sinceNanos() != sinceNanos) {
      sinceNanos = status.sinceNanos();
      long age = shell.kernel().monotonicNanos() - sinceNanos;
      changedAtNanos = shell.kernel().realtimeMillis() * NANOS_A_MILLI - age;
    }
    int binary = directory.replace("status", StatusFiles.binary(status, changedAtNanos));
    int pid = directory.replace("pid", StatusFiles.pid(status));
    int text = directory.replace("stat", StatusFiles.text(status));
    return Math.min(pid, Math.min(text, binary));
  }

  /** Clients see nobody behind it, until it is opened again. */
  void close() {
    if (control >= 0) {
      shell.poll().forget(control);
      directory.close();
      control = UNKNOWN;
    }
  }

  /** Where clients see it, for people. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
