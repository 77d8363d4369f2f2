package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The first accesses go other ways than the later ones, and must come to the same. */
class LinuxMemoryTest {
  private static final int MORE_THAN_EARLY = 5000;
  private static final byte[] LINES = "one line\nand another".getBytes(StandardCharsets.US_ASCII);

  private final LinuxMemory memory = new LinuxMemory();

  @Test
  void whatIsFoundAndCopiedIsTheSameEarlyAndLate() {
    long from = memory.allocate(4096);
    long to = from + 2048;
    memory.put(from, LINES, 0, LINES.length);
    for (int i = 0; i < MORE_THAN_EARLY; i++) {
      assertEquals(from + 8, memory.find(from, LINES.length, (byte) '\n'));
      assertEquals(0, memory.find(from, 8, (byte) '\n'));
      assertEquals(to + 9, memory.copyThrough(from, to, LINES.length, (byte) '\n'));
      assertEquals("one line\n", text(to, 9));
      assertEquals(0, memory.copyThrough(from, to, 8, (byte) '\n'));
      memory.copy(from + 9, to, 3);
      memory.put(to + 3, (byte) ' ');
      assertEquals("and line", text(to, 8));
      assertEquals('d', memory.get(to + 2));
      memory.move(to, to + 2, 6);
      assertEquals("anand li", text(to, 8));
    }
    memory.free(from, 4096);
  }

  private String text(long address, int length) {
    return new String(memory.bytes(address, length), StandardCharsets.US_ASCII);
  }

  /** Eight bytes are looked at at a time, wherever a string begins. */
  @Test
  void aStringEndsAtItsFirstZeroWhereverItBegins() {
    long page = memory.allocate(4096);
    byte[] bytes = new byte[64];
    for (int begin = 0; begin < 16; begin++) {
      for (int length = 0; length < 40; length++) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (i < begin ? 0 : i % 2 == 0 ? 0x80 : 0xff);
        }
        bytes[begin + length] = 0;
        memory.put(page, bytes, 0, bytes.length);
        assertEquals(length, CStrings.read(page + begin).length(), begin + ", " + length);
      }
    }
    memory.free(page, 4096);
  }

  /** No byte behind the page is looked at: there may be none. */
  @Test
  void aStringMayEndWithThePage() {
    long pages = memory.allocate(8192);
    memory.free(pages + 4096, 4096);
    memory.put(pages + 4091, LINES, 0, 4);
    assertEquals("one ", CStrings.read(pages + 4091).toString());
    memory.free(pages, 4096);
  }
}
