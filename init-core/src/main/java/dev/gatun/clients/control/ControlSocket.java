package dev.gatun.clients.control;

import dev.gatun.clients.Connection;
import dev.gatun.clients.Listener;
import dev.gatun.clients.StatusDocument;
import dev.gatun.clients.Tally;
import dev.gatun.clients.Wire;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.Sockets;
import dev.gatun.loop.Companion;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;

/**
 * The socket at which clients ask and order. All that answers them is loaded with the first of
 * them.
 */
public final class ControlSocket implements Companion, Poll.Handler {
  private static final int ROOT = 0;

  private final Shell shell;
  private final Sockets sockets;
  private final OsString path;
  private final Tally tally;
  private int descriptor;
  private State state;
  private Listener listener;
  private Controlled controlled;

  private ControlSocket(Shell shell, Sockets sockets, OsString path, Tally tally) {
    this.shell = shell;
    this.sockets = sockets;
    this.path = path;
    this.tally = tally;
  }

  /**
   * Opens it. Where that cannot be done somebody is told, and the container goes on without.
   *
   * @param path absolute
   */
  public static ControlSocket open(Shell shell, Sockets sockets, OsString path, Tally tally) {
    ControlSocket socket = new ControlSocket(shell, sockets, path, tally);
    socket.open();
    return socket;
  }

  private void open() {
    descriptor = sockets.listen(path);
    if (descriptor < 0) {
      String cause =
          descriptor == -Errno.EADDRINUSE
              ? "another Gatun listens there"
              : shell.kernel().explain(-descriptor);
      shell
          .reports()
          .report(
              Level.INFO,
              "cannot listen at "
                  + path
                  + ": "
                  + cause
                  + ": gatun status and its kin find nobody; GATUN_CONTROL names another place");
      return;
    }
    shell.output().recentStdout();
    shell.output().recentStderr();
    shell.poll().watch(descriptor, Interest.READABLE, this);
  }

  /** Whether this Gatun has the place for itself. */
  public boolean isOpen() {
    return descriptor >= 0;
  }

  @Override
  public void ready() {
    if (state == null) {
      return;
    }
    controlled = new Controlled(shell.events(), new StatusDocument(shell.kernel(), tally), state);
    listener = new Listener(Wire.of(shell, sockets), descriptor, this::greet);
    listener.begin();
    listener.ready();
  }

  private Connection greet(Wire wire, int accepted) {
    ControlConnection connection = new ControlConnection(wire, accepted, controlled);
    int user = sockets.peerUser(accepted);
    if (user != ROOT && user != sockets.ownUser()) {
      connection.refuseUser();
    }
    return connection;
  }

  @Override
  public void decided(Event event) {
    // What is counted is counted for all companions.
  }

  @Override
  public void settled(State now) {
    state = now;
    if (listener != null) {
      controlled.become(now);
      listener.settled(now);
    }
  }

  @Override
  public Deadline nextDeadline() {
    return listener == null ? Deadline.NEVER : listener.nextDeadline();
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      sockets.remove(path);
    }
  }
}
