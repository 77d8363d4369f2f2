package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Many lines, and where the window ends among them. */
class LineScannerTest {
  private static final LineScanner SCANNER = new LineScanner(PlaneBytes.MEMORY);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void each_line_is_what_it_is_beside_others() {
    byte[] lines = utf8("{ \t} \n{\"a\":{}}\r\n{\"a\":\n1}\n\n{}{}\n{\"stage\":1}\n{\"b\":2}\n{}");
    PlaneBytes.with(
        lines,
        address -> {
          SCANNER.begin(address, address + lines.length);
          object(4, 6, true);
          object(8, 10, false);
          other(LineScanner.Kind.NO_OBJECT, address + 22);
          other(LineScanner.Kind.NO_OBJECT, address + 25);
          other(LineScanner.Kind.UNCLEAR, address + 26);
          other(LineScanner.Kind.NO_OBJECT, address + 31);
          other(LineScanner.Kind.UNCLEAR, address + 43);
          object(7, 8, false);
          assertEquals(LineScanner.Kind.NOT_WHOLE, SCANNER.nextLine());
          return null;
        });
  }

  private static void object(int objectLength, int lineLength, boolean empty) {
    assertEquals(LineScanner.Kind.OBJECT, SCANNER.nextLine());
    assertEquals(objectLength, SCANNER.objectLength());
    assertEquals(lineLength, SCANNER.lineLength());
    assertEquals(empty, SCANNER.isEmpty());
  }

  private static void other(LineScanner.Kind kind, long next) {
    assertEquals(kind, SCANNER.nextLine());
    SCANNER.skipTo(next);
  }

  @Test
  void lines_are_told_from_each_other_wherever_the_window_ends() {
    String first = "{\"a\":12,\"bc\":\"d\",\"é\":[true,false,null]}\n";
    int length = utf8(first).length;
    for (int before = LineScanner.WINDOW_BYTES - length; before < LineScanner.WINDOW_BYTES; ) {
      before++;
      byte[] lines = utf8("{\"x\":\"" + "x".repeat(before - 9) + "\"}\n" + first + "{\"e\":[]}\n");
      int padding = before;
      PlaneBytes.with(
          lines,
          address -> {
            SCANNER.begin(address, address + lines.length);
            object(padding - 1, padding, false);
            object(length - 1, length, false);
            object(8, 9, false);
            return null;
          });
    }
  }

  @Test
  void a_line_that_the_window_cannot_hold_is_left_alone() {
    for (int length = LineScanner.WINDOW_BYTES - 2; length < LineScanner.WINDOW_BYTES + 3; ) {
      length++;
      byte[] line = utf8("{\"x\":\"" + "x".repeat(length - 9) + "\"}\n");
      boolean whole = length <= LineScanner.WINDOW_BYTES;
      PlaneBytes.with(
          line,
          address -> {
            SCANNER.begin(address, address + line.length);
            LineScanner.Kind kind = SCANNER.nextLine();
            assertEquals(whole ? LineScanner.Kind.OBJECT : LineScanner.Kind.NOT_WHOLE, kind);
            return null;
          });
    }
  }

  @Test
  void what_is_nested_deeper_than_a_long_has_bits_is_for_the_other_scanner() {
    for (int depth = 60; depth < 70; depth++) {
      String arrays = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}\n";
      String objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "\n";
      String wrong = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth - 1) + "]\n";
      boolean fits = depth <= Long.SIZE;
      assertEquals(fits ? LineScanner.Kind.OBJECT : LineScanner.Kind.UNCLEAR, kind(arrays));
      assertEquals(fits ? LineScanner.Kind.OBJECT : LineScanner.Kind.UNCLEAR, kind(objects));
      assertEquals(fits ? LineScanner.Kind.NO_OBJECT : LineScanner.Kind.UNCLEAR, kind(wrong));
    }
  }

  @Test
  void only_names_of_the_stamp_are_asked_for() {
    for (String name : new String[] {"service", "stage", "logged"}) {
      assertEquals(LineScanner.Kind.UNCLEAR, kind("{\"" + name + "\":1}\n"));
      assertEquals(LineScanner.Kind.UNCLEAR, kind("{\"a\":{\"b\":1},\"" + name + "\" :1}\n"));
      assertEquals(LineScanner.Kind.OBJECT, kind("{\"a\":{\"" + name + "\":1}}\n"));
      assertEquals(LineScanner.Kind.OBJECT, kind("{\"a\":\"" + name + "\"}\n"));
      for (int place = 0; place < name.length(); place++) {
        String other = name.substring(0, place) + '-' + name.substring(place + 1);
        assertEquals(LineScanner.Kind.OBJECT, kind("{\"" + other + "\":1}\n"), other);
      }
    }
    assertEquals(LineScanner.Kind.UNCLEAR, kind("{\"\\u0073ervice\":1}\n"));
    assertEquals(LineScanner.Kind.OBJECT, kind("{\"a\":{\"\\u0073ervice\":1}}\n"));
  }

  private static LineScanner.Kind kind(String text) {
    byte[] line = utf8(text);
    return PlaneBytes.with(
        line,
        address -> {
          SCANNER.begin(address, address + line.length);
          return SCANNER.nextLine();
        });
  }

  @Test
  void brackets_must_match_on_every_level() {
    for (String inner : new String[] {"[{}]", "{\"a\":[]}", "[[]]", "[1,{\"b\":[2]}]"}) {
      String line = "{\"x\":" + inner + "}";
      assertTrue(BothScanners.isObject(utf8(line)));
      for (int at = 1; at < line.length(); at++) {
        if ("[]{}".indexOf(line.charAt(at)) >= 0) {
          String other = line.substring(0, at) + (char) (line.charAt(at) ^ 0x20);
          assertFalse(BothScanners.isObject(utf8(other + line.substring(at + 1))));
        }
      }
    }
  }
}
