package dev.gatun.clients.web;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.SessionUse;

/** Uses as the kernel tells them, at most once a second: to look costs a read a process. */
final class ProcessUses implements Metrics.Uses {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final Kernel kernel;
  private SessionUse use;
  private long lookedAtNanos;

  ProcessUses(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void look(long nowNanos) {
    if (use == null || nowNanos - lookedAtNanos >= PAUSE_NANOS) {
      use = kernel.sessionUse();
      lookedAtNanos = nowNanos;
    }
  }

  @Override
  public double cpuSeconds(int pid) {
    return use.cpuSeconds(pid);
  }

  @Override
  public long memoryBytes(int pid) {
    return use.memoryBytes(pid);
  }
}
