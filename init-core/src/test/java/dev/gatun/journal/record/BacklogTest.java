package dev.gatun.journal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BacklogTest {

  @Test
  void every_number_is_written_as_java_writes_it() {
    for (long power = 1; power > 0; power = power > Long.MAX_VALUE / 10 ? 0 : power * 10) {
      for (long number : new long[] {power - 1, power, power + 1, -power, 7 * (power / 7)}) {
        assertEquals(Long.toString(number), number(number));
      }
    }
    for (int number = 0; number < 100_000; number++) {
      assertEquals(Integer.toString(number), number(number));
    }
    assertEquals(Long.toString(Long.MAX_VALUE), number(Long.MAX_VALUE));
    assertEquals(Long.toString(Long.MIN_VALUE), number(Long.MIN_VALUE));
  }

  private static String number(long number) {
    Backlog backlog = new Backlog();
    backlog.writeNumber(number);
    return new String(backlog.bytes(), 0, backlog.lineSize(), StandardCharsets.US_ASCII);
  }

  @Test
  void a_line_that_does_not_fit_is_left_out_as_a_whole() {
    Backlog backlog = new Backlog();
    backlog.writeAscii("first");
    assertTrue(backlog.endLine());
    backlog.writeAscii("x".repeat(Backlog.MAX_BYTES / 2));
    backlog.writeAscii("x".repeat(Backlog.MAX_BYTES / 2));
    backlog.write('y');
    assertEquals(0, backlog.copyOfLine(0).length);
    assertFalse(backlog.endLine());
    backlog.writeAscii("second");
    assertTrue(backlog.endLine());
    assertEquals(
        "first\nsecond\n",
        new String(backlog.bytes(), backlog.from(), backlog.size(), StandardCharsets.US_ASCII));
  }
}
