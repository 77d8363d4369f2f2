package dev.gatun.cli;

import dev.gatun.clients.Companions;
import dev.gatun.clients.StateFiles;
import dev.gatun.clients.Tally;
import dev.gatun.clients.control.ControlSocket;
import dev.gatun.clients.web.WebServer;
import dev.gatun.kernel.Sockets;
import dev.gatun.layout.HttpSettings;
import dev.gatun.linux.LinuxPublicFiles;
import dev.gatun.loop.Companion;
import dev.gatun.loop.Shell;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes all that is asked for of what shows outsiders what the container does. */
final class Attendants {
  private Attendants() {}

  static Companion of(Shell shell, Environment environment, Optional<HttpSettings> http) {
    Tally tally = new Tally();
    List<Companion> all = new ArrayList<>(4);
    all.add(tally);
    OsString path = ControlPath.of(environment);
    if (path != null) {
      ControlSocket control = ControlSocket.open(shell, shell.kernel().sockets(), path, tally);
      all.add(control);
      if (control.isOpen()) {
        OsString directory = path.substring(0, Math.max(1, path.lastIndexOf('/')));
        all.add(new StateFiles(shell, new LinuxPublicFiles(directory), tally));
      }
    }
    if (http.isPresent()) {
      all.add(serve(http.get(), shell, tally));
    }
    return new Companions(all);
  }

  private static Companion serve(HttpSettings http, Shell shell, Tally tally) {
    Sockets sockets = shell.kernel().sockets();
    int descriptor =
        http.address().isPresent()
            ? sockets.listen(http.address().get())
            : sockets.listen(http.path());
    return WebServer.at(http.value(), descriptor, shell, sockets, tally);
  }
}
