package dev.gatun.clients.s6;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.kernel.SupervisePlaces;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;

/**
 * The directory of all services as {@code s6-svscanctl} knows it: letters in its pipe command the
 * container as a whole.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-svscanctl.html">s6-svscanctl</a>
 */
final class ScanDirectory implements Poll.Handler {
  private static final int BUFFER_BYTES = 64;

  /** Any of them has the container end: terminate, quit, abort, and what came before those. */
  private static final String ENDING = "tiqb7608";

  /** They look for services that have come or gone: alarm, and with its removal of those. */
  private static final String LOOKING = "ahn";

  private final Shell shell;
  private final SuperviseDirectory directory;
  private final long buffer;
  private final Runnable look;
  private int control;

  /**
   * @param services the directory, absolute
   * @param look looks for services that have come or gone
   */
  ScanDirectory(Shell shell, SupervisePlaces places, OsString services, Runnable look) {
    this.shell = shell;
    this.directory = places.at(services.resolve(".s6-svscan"));
    this.buffer = shell.kernel().memory().allocate(BUFFER_BYTES);
    this.look = look;
  }

  /** Lets clients see it. */
  void open() {
    control = directory.open();
    if (control >= 0) {
      shell.poll().watch(control, Interest.READABLE, this);
    } else {
      String cause = shell.kernel().explain(-control);
      shell.reports().report(Level.WARNING, "cannot use " + directory + ": " + cause);
    }
  }

  @Override
  public void ready() {
    Memory memory = shell.kernel().memory();
    long count = shell.kernel().read(control, buffer, BUFFER_BYTES);
    for (long at = 0; at < count; at++) {
      char letter = (char) (memory.get(buffer + at) & 0xff);
      if (ENDING.indexOf(letter) >= 0) {
        String cause = "s6-svscanctl asked for it (" + letter + ")";
        shell.events().post(new Event.EndRequested(shell.events().nowNanos(), cause, 0));
      } else if (LOOKING.indexOf(letter) >= 0) {
        look.run();
      }
    }
  }
}
