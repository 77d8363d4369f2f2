package dev.gatun.loop;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.Sockets;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import java.util.HashMap;
import java.util.Map;

/**
 * The sockets on which services tell how they are, by sd_notify(3): one a process, so that nobody
 * speaks for another.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sd_notify.3.html">sd_notify(3)</a>
 */
final class Notifications {
  private static final String DIRECTORY = "/run/gatun/notify/";

  /** A longer message is cut. */
  private static final int MAX_BYTES = 4096;

  private static final int MAX_MESSAGES_A_TURN = 16;

  private final Shell shell;
  private final Kernel kernel;
  private final Sockets sockets;
  private final long buffer;
  private final Map<ServiceId, Ear> ears = new HashMap<>();

  Notifications(Shell shell) {
    this.shell = shell;
    this.kernel = shell.kernel();
    this.sockets = kernel.sockets();
    this.buffer = kernel.memory().allocate(MAX_BYTES);
  }

  /**
   * Opens a socket for a process that is about to be made.
   *
   * @return the variable that tells it where it is; one that names nothing where it cannot be
   *     opened, which is said
   */
  OsString open(Incarnation who) {
    ServiceId service = new ServiceId(who.service(), who.stage());
    Ear before = ears.remove(service);
    if (before != null) {
      before.close();
    }
    String name = kernel.processId() + "-" + who.number();
    OsString path = OsString.of(DIRECTORY + name);
    int descriptor = sockets.receiveAt(path);
    if (descriptor < 0) {
      String cause = kernel.explain(-descriptor);
      String advice = "let Gatun write there; " + who.label() + " cannot tell that it is ready";
      shell.reports().report(Level.ERROR, "cannot open " + path + ": " + cause + ": " + advice);
      return OsString.of("NOTIFY_SOCKET=");
    }
    Ear ear = new Ear(who, path, descriptor);
    ears.put(service, ear);
    shell.poll().watch(descriptor, Interest.READABLE, ear);
    return OsString.of("NOTIFY_SOCKET=").concat(path);
  }

  /** Hears one process. */
  private final class Ear implements Poll.Handler {
    private final Incarnation who;
    private final OsString path;
    private final int descriptor;

    Ear(Incarnation who, OsString path, int descriptor) {
      this.who = who;
      this.path = path;
      this.descriptor = descriptor;
    }

    @Override
    public void ready() {
      for (int i = 0; i < MAX_MESSAGES_A_TURN; i++) {
        long count = kernel.read(descriptor, buffer, MAX_BYTES);
        if (count < 0) {
          return;
        }
        byte[] message = kernel.memory().bytes(buffer, (int) count);
        for (NotifyMessage.Line line : NotifyMessage.read(message)) {
          long nowNanos = shell.events().nowNanos();
          shell.events().post(new Event.Notified(nowNanos, who, line.notice(), line.text()));
        }
      }
    }

    void close() {
      shell.poll().forget(descriptor);
      kernel.close(descriptor);
      sockets.remove(path);
    }
  }
}
