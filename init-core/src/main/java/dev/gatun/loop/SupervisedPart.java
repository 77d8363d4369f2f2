package dev.gatun.loop;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.SuperviseDirectory;
import dev.gatun.machine.Event;
import dev.gatun.model.Control;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import java.util.Optional;

/** One part of a kept service as clients see it: its commands come in, its status goes out. */
final class SupervisedPart implements Poll.Handler {
  private static final int BUFFER_BYTES = 64;

  /** Who writes without end is heard again in the next turn. */
  private static final int MAX_READS_A_TURN = 16;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final Kernel kernel;
  private final EffectRunner.Events events;
  private final ServiceName service;
  private final Part part;
  private final SuperviseDirectory directory;
  private final int control;
  private final long buffer;
  private long sinceNanos = Long.MIN_VALUE;
  private long changedAtNanos;

  /**
   * @param directory open
   * @param control the descriptor that it is open with
   */
  SupervisedPart(
      Kernel kernel,
      Poll poll,
      EffectRunner.Events events,
      ServiceName service,
      Part part,
      SuperviseDirectory directory,
      int control) {
    this.kernel = kernel;
    this.events = events;
    this.service = service;
    this.part = part;
    this.directory = directory;
    this.control = control;
    this.buffer = kernel.memory().allocate(BUFFER_BYTES);
    poll.watch(control, Interest.READABLE, this);
  }

  @Override
  public void ready() {
    Memory memory = kernel.memory();
    for (int i = 0; i < MAX_READS_A_TURN; i++) {
      long count = kernel.read(control, buffer, BUFFER_BYTES);
      if (count <= 0) {
        return;
      }
      for (long at = 0; at < count; at++) {
        hear(memory.get(buffer + at));
      }
    }
  }

  private void hear(byte letter) {
    Optional<Control> meant = Control.of(letter);
    if (meant.isPresent()) {
      events.post(new Event.ControlReceived(events.nowNanos(), service, part, meant.get()));
    }
  }

  /** Zero, or why clients do not see it, as a negative errno. */
  int publish(ServiceStatus status) {
    if (status.activity() == Activity.FINISH && status.pid() == ServiceStatus.NO_PID) {
      // Whether there is a finish script shows in this turn; most services have none.
      return 0;
    }
    if (status.sinceNanos() != sinceNanos) {
      sinceNanos = status.sinceNanos();
      long age = kernel.monotonicNanos() - sinceNanos;
      changedAtNanos = kernel.realtimeMillis() * NANOS_A_MILLI - age;
    }
    int binary = directory.replace("status", StatusFiles.binary(status, changedAtNanos));
    int pid = directory.replace("pid", StatusFiles.pid(status));
    int text = directory.replace("stat", StatusFiles.text(status));
    return Math.min(pid, Math.min(text, binary));
  }

  void close(Poll poll) {
    poll.forget(control);
    directory.close();
    kernel.memory().free(buffer, BUFFER_BYTES);
  }
}
