package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.Memory;
import dev.gatun.model.JsonEscape;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of UTF-8 (RFC 3629, section 4) and of what JSON escapes, byte by byte. */
class EncodingTest {
  private static final Memory MEMORY = PlaneBytes.MEMORY;

  private static byte[] escaped(byte[] text) {
    Utf8Escaper escaper = new Utf8Escaper(MEMORY);
    byte[] room = new byte[6 * text.length];
    return PlaneBytes.with(
        text,
        from ->
            PlaneBytes.with(
                room,
                to -> {
                  long end = escaper.write(from, text.length, to);
                  assertEquals(escaper.length(from, text.length), end - to);
                  return MEMORY.bytes(to, (int) (end - to));
                }));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** The bytes between two letters, as a line often has them. */
  private static byte[] within(byte[] middle) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.write('a');
    line.writeBytes(middle);
    line.write('z');
    return line.toByteArray();
  }

  private static boolean isJson(byte[] value) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes("{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
    object.writeBytes(value);
    object.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    byte[] line = object.toByteArray();
    return BothScanners.isObject(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7f",
        "c280",
        "c3a9",
        "dfbf",
        "e0a080",
        "e0bfbf",
        "e18080",
        "ecbfbf",
        "ed8080",
        "ed9fbf",
        "ee8080",
        "efbfbf",
        "f0908080",
        "f0bfbfbf",
        "f1808080",
        "f3bfbfbf",
        "f4808080",
        "f48fbfbf"
      })
  void a_sequence_stays_what_it_is(String hex) {
    byte[] line = within(bytes(hex));
    assertEquals(HexFormat.of().formatHex(line), HexFormat.of().formatHex(escaped(line)));
    assertTrue(isJson(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c080",
        "c1bf",
        "c27f",
        "c2c0",
        "c3",
        "e08080",
        "e09fbf",
        "e0a0",
        "e18041",
        "e1c080",
        "e180c0",
        "edbfbf",
        "eda080",
        "f08fbfbf",
        "f0908041",
        "f0904180",
        "f09080",
        "f4908080",
        "f5808080",
        "ff"
      })
  void what_is_none_becomes_a_replacement_for_each_byte_that_is_part_of_none(String hex) {
    byte[] line = within(bytes(hex));
    StringBuilder expected = new StringBuilder();
    for (byte value : line) {
      expected.append(value < 0 ? '\ufffd' : (char) value);
    }
    assertEquals(expected.toString(), new String(escaped(line), StandardCharsets.UTF_8));
    assertFalse(isJson(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "e0a0", "efbf", "f09080", "f48fbf"})
  void a_sequence_that_the_end_cuts_off_is_none_whatever_lies_behind(String hex) {
    byte[] cut = bytes(hex);
    byte[] whole = new byte[cut.length + 1];
    System.arraycopy(cut, 0, whole, 0, cut.length);
    whole[cut.length] = (byte) 0x80;
    Utf8Escaper escaper = new Utf8Escaper(MEMORY);
    long length = PlaneBytes.with(whole, address -> escaper.length(address, cut.length));
    assertEquals(3L * cut.length, length);
  }

  @Test
  void every_ascii_character_is_escaped_as_json_wants_it() {
    for (int value = 0; value < 0x80; value++) {
      String expected =
          value < 0x20
              ? String.format("\\u%04x", value)
              : (value == '"' || value == '\\' ? "\\" : "") + (char) value;
      byte[] text = {'a', (byte) value, 'z'};
      assertEquals("a" + expected + "z", new String(escaped(text), StandardCharsets.US_ASCII));
      assertEquals(
          "a" + expected + "z",
          new String(JsonEscape.utf8("a" + (char) value + "z"), StandardCharsets.US_ASCII));
    }
    assertEquals("é€😀", new String(JsonEscape.utf8("é€😀"), StandardCharsets.UTF_8));
  }
}
