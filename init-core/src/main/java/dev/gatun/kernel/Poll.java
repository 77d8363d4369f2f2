package dev.gatun.kernel;

import java.util.Arrays;

/**
 * The watched descriptors and who is to be told. A descriptor that the kernel refuses to watch for
 * want of memory is not lost: its handler is called every {@value #FALLBACK_MILLIS} ms instead,
 * which a handler bears because a wake-up without a reason does nothing.
 */
public final class Poll {
  private static final int BATCH = 256;
  private static final int FALLBACK_MILLIS = 10;
  private static final long FALLBACK_NANOS = FALLBACK_MILLIS * 1_000_000L;

  /** Called when a descriptor is ready, and sometimes when it is not. */
  public interface Handler {
    void ready();
  }

  private final Kernel kernel;
  private final Readiness readiness = new Readiness(BATCH);
  private Handler[] handlers = new Handler[64];
  private Interest[] refused = new Interest[64];
  private int refusals;
  private int ready;

  public Poll(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Calls {@code handler} whenever {@code descriptor} is ready, until it is forgotten. Asking again
   * for the same handler changes nothing.
   */
  public void watch(int descriptor, Interest interest, Handler handler) {
    if (descriptor < handlers.length && handlers[descriptor] == handler) {
      return;
    }
    if (descriptor >= handlers.length) {
      int size = Math.max(descriptor + 1, handlers.length * 2);
      handlers = Arrays.copyOf(handlers, size);
      refused = Arrays.copyOf(refused, size);
    }
    forget(descriptor);
    handlers[descriptor] = handler;
    if (kernel.watch(descriptor, interest) < 0) {
      refused[descriptor] = interest;
      refusals++;
    }
  }

  /** Ends that. Nothing happens when the descriptor is not watched. */
  public void forget(int descriptor) {
    if (descriptor >= handlers.length || handlers[descriptor] == null) {
      return;
    }
    handlers[descriptor] = null;
    if (refused[descriptor] != null) {
      refused[descriptor] = null;
      refusals--;
    } else {
      kernel.unwatch(descriptor);
    }
  }

  /** Waits for at most {@code timeoutNanos}, or for ever when negative. */
  public void await(long timeoutNanos) {
    long timeout = timeoutNanos;
    if (refusals > 0 && (timeout < 0 || timeout > FALLBACK_NANOS)) {
      timeout = FALLBACK_NANOS;
    }
    ready = Math.max(0, kernel.await(timeout, readiness));
  }

  /** Tells the handlers of what was found ready. */
  public void tellHandlers() {
    for (int i = 0; i < ready; i++) {
      Handler handler = handlers[readiness.descriptor(i)];
      if (handler != null) {
        handler.ready();
      }
    }
    ready = 0;
    if (refusals > 0) {
      retryRefused();
    }
  }

  private void retryRefused() {
    for (int descriptor = 0; descriptor < refused.length; descriptor++) {
      if (refused[descriptor] != null) {
        Handler handler = handlers[descriptor];
        if (kernel.watch(descriptor, refused[descriptor]) >= 0) {
          refused[descriptor] = null;
          refusals--;
        }
        handler.ready();
      }
    }
  }
}
