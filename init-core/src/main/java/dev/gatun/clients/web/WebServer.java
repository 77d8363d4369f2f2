package dev.gatun.clients.web;

import dev.gatun.clients.Connection;
import dev.gatun.clients.Listener;
import dev.gatun.clients.StatusDocument;
import dev.gatun.clients.Tally;
import dev.gatun.clients.Wire;
import dev.gatun.kernel.Sockets;
import dev.gatun.loop.Companion;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;

/** A handler of HTTP in the loop: no thread of its own, and bounded in all that clients do. */
public final class WebServer implements Companion {
  private final Shell shell;
  private final Metrics metrics;
  private final StatusDocument status;
  private final int descriptor;
  private final Sockets sockets;
  private Listener listener;
  private Pages pages;

  private WebServer(
      Shell shell, Sockets sockets, int descriptor, StatusDocument status, Metrics metrics) {
    this.shell = shell;
    this.sockets = sockets;
    this.descriptor = descriptor;
    this.status = status;
    this.metrics = metrics;
  }

  /**
   * Serves whoever connects to a socket that listens.
   *
   * @param where the socket as people call it
   * @param descriptor of it, or why there is none: that is an error, and the container goes on
   */
  public static WebServer at(
      String where, int descriptor, Shell shell, Sockets sockets, Tally tally) {
    if (descriptor < 0) {
      String cause = shell.kernel().explain(-descriptor);
      String advice = "GATUN_HTTP names another address";
      shell.reports().report(Level.ERROR, "cannot serve " + where + ": " + cause + ": " + advice);
    }
    Metrics metrics =
        new Metrics(shell.kernel(), shell.output(), tally, new ProcessUses(shell.kernel()));
    StatusDocument status = new StatusDocument(shell.kernel(), tally);
    return new WebServer(shell, sockets, descriptor, status, metrics);
  }

  @Override
  public void decided(Event event) {
    // What is counted is counted for all companions.
  }

  @Override
  public void settled(State state) {
    metrics.turned(shell.kernel().monotonicNanos() - shell.events().nowNanos());
    if (descriptor < 0) {
      return;
    }
    if (listener == null) {
      pages = new Pages(status, metrics, state);
      listener = new Listener(Wire.of(shell, sockets), descriptor, this::greet);
      listener.begin();
    }
    pages.become(state);
    listener.settled(state);
  }

  private Connection greet(Wire wire, int accepted) {
    return new HttpConnection(wire, accepted, pages);
  }

  @Override
  public Deadline nextDeadline() {
    return listener == null ? Deadline.NEVER : listener.nextDeadline();
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
  }
}
