package dev.gatun.clients.s6;

import dev.gatun.kernel.EventDirectory;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.loop.Shell;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import java.nio.charset.StandardCharsets;

/** A service as clients see it: their orders come in, its status goes out, and they hear of it. */
final class LiveService implements Poll.Handler {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final int CORE_DUMPED = 0x80;

  private final Shell shell;
  private final ServiceId id;
  private final SuperviseDirectory directory;
  private final EventDirectory events;
  private final int statusBytes;
  private final Hearer hearer;
  private int control = -1;
  private ServiceStatus shown;
  private long changedAtNanos;
  private long readyAtNanos;

  /** Hears that clients have written into the pipe {@code control} of a service. */
  interface Hearer {
    void ready(ServiceId service, int control);
  }

  /**
   * @param statusBytes how long the clients that are there want the status to be
   */
  LiveService(
      Shell shell,
      ServiceId id,
      SuperviseDirectory directory,
      EventDirectory events,
      int statusBytes,
      Hearer hearer) {
    this.shell = shell;
    this.id = id;
    this.directory = directory;
    this.events = events;
    this.statusBytes = statusBytes;
    this.hearer = hearer;
  }

  /**
   * Lets clients see it.
   *
   * @return negative where they do not see it, and EAGAIN when another supervisor has the service
   */
  int open() {
    if (control >= 0) {
      return control;
    }
    int heard = events.open();
    control = heard < 0 ? heard : directory.open();
    if (control >= 0) {
      shell.poll().watch(control, Interest.READABLE, this);
      events.tell(letters("s"));
    }
    return control;
  }

  private static byte[] letters(String letters) {
    return letters.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void ready() {
    hearer.ready(id, control);
  }

  /** Shows what it is doing, and tells those who listen. */
  void publish(ServiceStatus status) {
    if (control < 0) {
      return;
    }
    ServiceStatus before = shown;
    shown = status;
    if (before == null || status.sinceNanos() != before.sinceNanos()) {
      changedAtNanos = wallNanos(status.sinceNanos());
    }
    boolean isReady = isReady(status);
    if (isReady && (before == null || !isReady(before) || status.pid() != before.pid())) {
      readyAtNanos = status.ready() ? wallNanos(status.readySinceNanos()) : changedAtNanos;
    }
    byte[] file =
        StatusFile.of(
            status, isReady, changedAtNanos, readyAtNanos, waitStatus(status), statusBytes);
    int result = directory.replace("status", file);
    if (result < 0) {
      String cause = shell.kernel().explain(-result);
      shell.reports().report(Level.WARNING, "cannot write the status of " + id + ": " + cause);
    }
    String heard = heard(before, status);
    if (!heard.isEmpty()) {
      events.tell(letters(heard));
    }
  }

  /** A service that is down with nothing left to do counts as ready, too. */
  private static boolean isReady(ServiceStatus status) {
    return status.ready() || status.activity() == Activity.DOWN;
  }

  private long wallNanos(long sinceNanos) {
    long ageNanos = shell.kernel().monotonicNanos() - sinceNanos;
    return shell.kernel().realtimeMillis() * NANOS_A_MILLI - ageNanos;
  }

  /** What is told of a change: up, ready, dead, and that what follows an end is done. */
  private static String heard(ServiceStatus before, ServiceStatus now) {
    boolean wasUp = before != null && before.activity() == Activity.RUN;
    boolean isUp = now.activity() == Activity.RUN;
    boolean isAnother = wasUp && isUp && before.pid() != now.pid();
    StringBuilder letters = new StringBuilder();
    if (wasUp && (!isUp || isAnother)) {
      letters.append('d');
    }
    boolean wasFinishing = before != null && before.activity() == Activity.FINISH;
    boolean isDone = now.activity() != Activity.FINISH;
    if (isDone && (wasFinishing || wasUp && !isUp || isAnother)) {
      letters.append('D');
    }
    if (isUp && (!wasUp || isAnother)) {
      letters.append('u');
    }
    boolean wasReady = wasUp && before.ready() && !isAnother;
    if (isUp && now.ready() && !wasReady) {
      letters.append('U');
    }
    return letters.toString();
  }

  /** As waitpid(2) gives it. */
  private static int waitStatus(ServiceStatus status) {
    ExitStatus end = status.lastEnd().orElse(null);
    if (end instanceof ExitStatus.Exited exited) {
      return exited.code() << Byte.SIZE;
    }
    if (end instanceof ExitStatus.Signaled by) {
      return by.signal().number() | (by.dumpedCore() ? CORE_DUMPED : 0);
    }
    return 0;
  }

  /** Clients see nobody behind it, until it is opened again. */
  void close() {
    if (control >= 0) {
      events.tell(letters("x"));
      shell.poll().forget(control);
      directory.close();
      control = -1;
      shown = null;
    }
  }

  /** Where clients see it, for people. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
