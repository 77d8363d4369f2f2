package dev.gatun.kernel;

import dev.gatun.model.ExitStatus;

/** Where {@link Kernel#reap} puts how a child ended. */
public final class Exit {
  private ExitStatus status;

  public void set(ExitStatus ended) {
    status = ended;
  }

  public ExitStatus status() {
    return status;
  }
}
