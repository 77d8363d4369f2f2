package dev.gatun.cli;

import dev.gatun.clients.Tally;
import dev.gatun.clients.control.ControlSocket;
import dev.gatun.linux.LinuxSockets;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Shell;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;

/** What shows outsiders what the container does. Loaded when the first services are started. */
final class Attending {
  private Attending() {}

  /** Begins to, as far as the variables want it. */
  static void begin(EventLoop loop, Shell shell, Environment environment) {
    OsString path = ControlPath.of(environment);
    if (path != null) {
      Tally tally = new Tally();
      loop.accompany(ControlSocket.open(shell, new LinuxSockets(), path, tally));
    }
  }
}
