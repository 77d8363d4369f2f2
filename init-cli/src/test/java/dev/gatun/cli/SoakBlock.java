package dev.gatun.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The memory that soak.c's processes share with the test: what they are to do, and have done. */
final class SoakBlock {
  static final int WORK = 1;
  static final int QUIET = 2;
  static final int END = 3;

  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
  private static final long SLOTS_AT = 64;
  private static final long SLOT_BYTES = 16;
  private static final long MAX_SLOTS = 1 << 18;

  private static final int PHASE = 0;
  private static final int SLOTS = 4;
  private static final int UP = 8;
  private static final int LIVES_ON = 12;
  private static final int MAX_DAEMONS = 20;

  private final MemorySegment memory;

  SoakBlock(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE_NEW)) {
      long size = SLOTS_AT + MAX_SLOTS * SLOT_BYTES;
      memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.ofAuto());
    }
  }

  /** Daemons live until the end, and there are only so many of them. */
  void letDaemonsLiveOn(int atMost) {
    set(LIVES_ON, 1);
    set(MAX_DAEMONS, atMost);
  }

  void begin(int phase) {
    set(PHASE, phase);
  }

  int up() {
    return get(UP);
  }

  /** How many streams of lines have begun, each by one process. */
  int streams() {
    return get(SLOTS);
  }

  /**
   * How many lines a process has written; one that was killed may have written one more.
   *
   * @param standard descriptor, 1 or 2
   */
  int lines(int stream, int standard) {
    return get(SLOTS_AT + stream * SLOT_BYTES + (standard - 1) * (long) Integer.BYTES);
  }

  /** Whether its lines may be too long to be written at once. */
  boolean isLone(int stream) {
    return get(SLOTS_AT + stream * SLOT_BYTES + 2 * Integer.BYTES) != 0;
  }

  private int get(long at) {
    return (int) INT.getVolatile(memory, at);
  }

  private void set(long at, int value) {
    INT.setVolatile(memory, at, value);
  }
}
