package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

class JsonBufferTest {
  private static String text(byte[] bytes, int begin, int end) {
    JsonBuffer out = new JsonBuffer();
    out.text(bytes, begin, end);
    return new String(out.bytes, 0, out.length, StandardCharsets.UTF_8);
  }

  private static Object parsed(String value) {
    return JSON.std.listFrom("[" + value + "]").getFirst();
  }

  @Property
  void text_is_what_a_parser_reads(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String expected = new String(bytes, StandardCharsets.UTF_8);
    assertEquals(expected, parsed(text(bytes, 0, bytes.length)));
  }

  @Property
  void any_bytes_are_a_string(@ForAll @Size(max = 40) byte[] bytes) {
    StringBuilder expected = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int width = bytes[at] >= 0 ? 1 : Utf8.sequence(bytes, at, bytes.length);
      expected.append(
          width == 0
              ? "\ufffd"
              : new String(Arrays.copyOfRange(bytes, at, at + width), StandardCharsets.UTF_8));
      at += Math.max(width, 1);
    }
    assertEquals(expected.toString(), parsed(text(bytes, 0, bytes.length)));
  }

  /** The edges of UTF-8 (RFC 3629, section 4). */
  @ParameterizedTest
  @ValueSource(
      strings = {"7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "f0908080", "f48fbfbf"})
  void a_sequence_stays_what_it_is(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(
        '"' + new String(bytes, StandardCharsets.UTF_8) + '"', text(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"80", "c080", "c1bf", "c3", "e09fbf", "e0a0", "eda080", "f08fbfbf", "f4908080"})
  void each_byte_of_what_is_none_is_replaced(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals('"' + "\ufffd".repeat(bytes.length) + '"', text(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "e282", "f09f98"})
  void a_sequence_that_the_end_cuts_off_is_none_whatever_lies_behind(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex + "80");
    int cut = bytes.length - 1;
    assertEquals('"' + "\ufffd".repeat(cut) + '"', text(bytes, 0, cut));
  }
}
