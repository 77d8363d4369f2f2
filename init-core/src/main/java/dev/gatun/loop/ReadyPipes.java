package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Notice;
import dev.gatun.model.ServiceId;
import java.util.HashMap;
import java.util.Map;

/**
 * The pipes on which processes say that they are ready, by a newline. There is one for each service
 * at most, which is closed when it has been heard, when nobody can write to it any more, and when
 * the process has ended.
 */
final class ReadyPipes {
  private static final int BUFFER_BYTES = 256;

  /** A newline was among what was read. */
  private static final long HEARD = Long.MAX_VALUE;

  private final Shell shell;
  private final Map<ServiceId, Listener> listeners = new HashMap<>();

  ReadyPipes(Shell shell) {
    this.shell = shell;
  }

  /** The end that a process writes to, which the caller closes, or why there is none. */
  int open(Incarnation who) {
    ServiceId service = new ServiceId(who.service(), who.stage());
    close(service);
    int[] ends = new int[2];
    int result = shell.kernel().pipe(ends);
    if (result < 0) {
      return result;
    }
    listeners.put(service, new Listener(who, ends[0]));
    return ends[1];
  }

  /** The process has been started, or has not. */
  void begin(Incarnation who, boolean started) {
    ServiceId service = new ServiceId(who.service(), who.stage());
    Listener listener = listeners.get(service);
    if (listener == null || !listener.who.is(who)) {
      return;
    }
    if (started) {
      shell.poll().watch(listener.descriptor, Interest.READABLE, listener);
    } else {
      close(service);
    }
  }

  /** A process has ended: what it has left to others says nothing of it. */
  void ended(Incarnation who) {
    if (who.stage().owner() == who.stage()) {
      ServiceId service = new ServiceId(who.service(), who.stage());
      Listener listener = listeners.get(service);
      if (listener != null && listener.who.is(who)) {
        close(service);
      }
    }
  }

  private void close(ServiceId service) {
    Listener listener = listeners.remove(service);
    if (listener != null) {
      shell.poll().forget(listener.descriptor);
      shell.kernel().close(listener.descriptor);
    }
  }

  /** What there is to be read; nothing is left of the memory for it. */
  private long read(int descriptor) {
    long buffer = shell.kernel().memory().allocate(BUFFER_BYTES);
    long count = shell.kernel().read(descriptor, buffer, BUFFER_BYTES);
    boolean isHeard = count > 0 && shell.kernel().memory().find(buffer, count, (byte) '\n') != 0;
    shell.kernel().memory().free(buffer, BUFFER_BYTES);
    return isHeard ? HEARD : count;
  }

  /** Waits for a newline; what stands before it does not matter. */
  private final class Listener implements Poll.Handler {
    private final Incarnation who;
    private final int descriptor;

    Listener(Incarnation who, int descriptor) {
      this.who = who;
      this.descriptor = descriptor;
    }

    @Override
    public void ready() {
      long count = read(descriptor);
      if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
        return;
      }
      boolean isReady = count == HEARD;
      if (isReady) {
        EventQueue events = shell.events();
        events.post(new Event.Notified(events.nowNanos(), who, Notice.READY, ""));
      }
      if (isReady || count <= 0) {
        close(new ServiceId(who.service(), who.stage()));
      }
    }
  }
}
