package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.Event;
import dev.gatun.model.Deadline;
import dev.gatun.model.Signal;
import dev.gatun.model.SignalSource;

/**
 * Hears the signals that are sent to Gatun. SIGCHLD is a hint: what has ended is looked for when
 * everything else has been heard.
 */
final class SignalListener implements Poll.Handler {
  /** SIGCHLD is one signal for any number of children; so are the others for their senders. */
  private static final int MAX_SIGNALS_A_TURN = 128;

  /** Sweeps that follow each other faster are a storm of orphans. */
  private static final long STORM_NANOS = 2_000_000;

  private final Shell shell;

  /** The signals that have been heard, as a set of bits. */
  private long known;

  private boolean childrenMayHaveEnded;
  private long sweptNanos;
  private Deadline listenAt = Deadline.NEVER;

  SignalListener(Shell shell) {
    this.shell = shell;
  }

  /** Signals are heard from now on. */
  void begin() {
    sweptNanos = shell.events().nowNanos() - STORM_NANOS;
    listen();
  }

  private void listen() {
    listenAt = Deadline.NEVER;
    shell.poll().watch(shell.signals(), Interest.READABLE, this);
  }

  @Override
  public void ready() {
    EventQueue events = shell.events();
    boolean heard = false;
    for (int i = 0; i < MAX_SIGNALS_A_TURN; i++) {
      int number = shell.kernel().nextSignal(shell.signals());
      if (number == -Errno.EINTR) {
        continue;
      }
      if (number <= 0) {
        return;
      }
      if (number == Signal.CHLD.number()) {
        childrenMayHaveEnded = true;
        continue;
      }
      if (!heard && shell.clients().isPresent()) {
        shell.clients().get().beforeEndOfContainer();
      }
      heard = true;
      Signal signal = new Signal(number);
      events.post(new Event.SignalReceived(events.nowNanos(), signal, source(signal)));
    }
  }

  /** Only PID 1 can tell who is of the container: to others senders outside have pids, too. */
  private SignalSource source(Signal signal) {
    boolean first = (known & 1L << signal.number() - 1) == 0;
    known |= 1L << signal.number() - 1;
    Kernel kernel = shell.kernel();
    int pid = kernel.processId() == 1 ? kernel.signalSender() : 0;
    boolean attaches = signal.is(Signal.QUIT) && kernel.isAttachWanted();
    return new SignalSource(first, attaches, pid, pid > 0 ? kernel.describe(pid).name() : "");
  }

  boolean childrenMayHaveEnded() {
    return childrenMayHaveEnded;
  }

  /** They are looked for in the next turn. */
  void childrenMayEnd() {
    childrenMayHaveEnded = true;
  }

  /**
   * They have been looked for. In a storm of orphans nobody listens to signals for a moment, so
   * that many zombies are reaped in one go; the ends of services come through descriptors of their
   * own.
   *
   * @param mayRest whether nothing is lost by that
   */
  void swept(boolean mayRest) {
    childrenMayHaveEnded = false;
    long nowNanos = shell.events().nowNanos();
    boolean storm = nowNanos - sweptNanos < STORM_NANOS;
    sweptNanos = nowNanos;
    if (storm && mayRest) {
      shell.poll().forget(shell.signals());
      listenAt = Deadline.after(nowNanos, STORM_NANOS);
    }
  }

  /** When to listen again. */
  Deadline nextDeadline() {
    return listenAt;
  }

  void timePassed() {
    if (listenAt.isDue(shell.events().nowNanos())) {
      listen();
    }
  }
}
