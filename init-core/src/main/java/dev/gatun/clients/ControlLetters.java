package dev.gatun.clients;

import dev.gatun.kernel.Memory;
import dev.gatun.loop.Shell;
import dev.gatun.model.ServiceId;

/** Reads what clients write into the FIFO of a service by which it is controlled: letters. */
public final class ControlLetters {
  private static final int BUFFER_BYTES = 64;

  /** Who writes without end is heard again in the next turn. */
  private static final int MAX_READS_A_TURN = 16;

  private final Shell shell;
  private final Hearer hearer;
  private final long buffer;

  /** Hears the letters of one read. */
  public interface Hearer {
    void hear(ServiceId service, byte[] letters);
  }

  public ControlLetters(Shell shell, Hearer hearer) {
    this.shell = shell;
    this.hearer = hearer;
    this.buffer = shell.kernel().memory().allocate(BUFFER_BYTES);
  }

  /** Reads what is there from that descriptor. */
  public void read(ServiceId service, int control) {
    Memory memory = shell.kernel().memory();
    for (int i = 0; i < MAX_READS_A_TURN; i++) {
      long count = shell.kernel().read(control, buffer, BUFFER_BYTES);
      if (count <= 0) {
        return;
      }
      hearer.hear(service, memory.bytes(buffer, (int) count));
    }
  }
}
