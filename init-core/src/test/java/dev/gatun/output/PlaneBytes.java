package dev.gatun.output;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.linux.LinuxKernel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in and out of stampers: real memory, and a channel that keeps what is written. */
final class PlaneBytes {
  static final Kernel KERNEL = new LinuxKernel();
  static final Memory MEMORY = KERNEL.memory();

  private PlaneBytes() {}

  /** What was written, all at once or a few bytes at a time. */
  static final class Written implements OutputChannel {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** What the next write answers instead of writing, unless 0. */
    long answer;

    @Override
    public long write(long address, long length) {
      if (answer != 0) {
        return answer;
      }
      bytes.writeBytes(MEMORY.bytes(address, (int) length));
      return length;
    }

    @Override
    public int descriptor() {
      return -1;
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  static Sink sink(OutputChannel channel) {
    return new Sink("test", KERNEL, channel, 16 << 20);
  }

  /** Puts bytes off the heap, calls, and frees them. */
  static <T> T with(byte[] bytes, java.util.function.LongFunction<T> call) {
    long address = MEMORY.allocate(bytes.length + 1L);
    try {
      MEMORY.put(address, bytes, 0, bytes.length);
      return call.apply(address);
    } finally {
      MEMORY.free(address, bytes.length + 1L);
    }
  }
}
