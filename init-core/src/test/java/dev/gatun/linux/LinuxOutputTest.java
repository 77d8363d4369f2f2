package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.OutputChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxOutputTest {
  /** ioctl_tty(2): lets the other end of a new terminal be opened, and says its number. */
  private static final long TIOCSPTLCK = 0x40045431L;

  private static final long TIOCGPTN = 0x80045430L;

  private static final int MUCH = 1 << 20;

  /** Whether a piece meets the end of the terminal's room depends on the length of the lines. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, 75, 76, 77, 99, 127, 128, 129, 200, 255, 256, 257, 1000})
  void aSharedTerminalThatNobodyReadsNeverBlocks(int lineLength) {
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> fill(lineLength));
  }

  private static void fill(int lineLength) {
    try (Arena arena = Arena.ofConfined()) {
      int master = open(arena, "/dev/ptmx");
      int terminal = open(arena, "/dev/pts/" + number(arena, master));
      try {
        OutputChannel output = new LinuxOutput.SharedTerminal(arena, terminal);
        MemorySegment lines = lines(arena, lineLength);
        long written = 0;
        long last;
        while ((last = output.write(lines.address() + written, MUCH - written)) > 0) {
          written += last;
        }
        assertEquals(-Errno.EAGAIN, last);
        assertTrue(written > 4096, () -> "room for " + lineLength);
      } finally {
        Libc.close(terminal);
        Libc.close(master);
      }
    }
  }

  private static MemorySegment lines(Arena arena, int lineLength) {
    MemorySegment lines = arena.allocate(MUCH).fill((byte) 'x');
    for (long at = lineLength - 1; at < MUCH; at += lineLength) {
      lines.set(ValueLayout.JAVA_BYTE, at, (byte) '\n');
    }
    return lines;
  }

  private static int open(Arena arena, String path) {
    int flags = Libc.O_RDWR() | Libc.O_NOCTTY() | Libc.O_CLOEXEC();
    int descriptor = Libc.open(arena.allocateFrom(path), flags, 0);
    assertTrue(descriptor >= 0, path);
    return descriptor;
  }

  private static int number(Arena arena, int master) {
    MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
    assertEquals(0, Libc.ioctl(master, TIOCSPTLCK, number.address()));
    assertEquals(0, Libc.ioctl(master, TIOCGPTN, number.address()));
    return number.get(ValueLayout.JAVA_INT, 0);
  }
}
