package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an object, wherever in the scanner's window it lies and whatever lies behind. */
class JsonScannerTest {
  private static final int WINDOW = ByteWindow.WINDOW_BYTES;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isObject(byte[] line) {
    return BothScanners.isObject(line);
  }

  private static boolean isObject(String line) {
    return isObject(utf8(line));
  }

  /** The line with so many blanks before it that the window ends before its byte at that place. */
  private static byte[] cutBefore(int place, byte[] line) {
    byte[] padded = new byte[WINDOW - place + line.length];
    Arrays.fill(padded, 0, WINDOW - place, (byte) ' ');
    System.arraycopy(line, 0, padded, WINDOW - place, line.length);
    return padded;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"number\":-12.50e+10,\"a\":[0,1e5,true,false,null,{}],\"text\":\"a\\u00e9b\\n\"}",
        "{\"é€😀\":{\"service\":\"é€😀\"},\"st\\u0061g\":\"\\u0041\\\"\\\\\"}",
        "{\"services\":1,\"stag\":2,\"logge\":\"twelve letters and more of them\"}",
        "{ \"a\" : [ 1 , 2 ] , \"b\" : 0 } \r"
      })
  void an_object_is_one_wherever_the_window_ends(String text) {
    byte[] line = utf8(text);
    for (int place = 0; place <= line.length; place++) {
      assertTrue(isObject(cutBefore(place, line)), "cut before byte " + place);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":1e+}",
        "{\"a\":tru}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":1}}",
        "{\"a\":12345678901234567890x}"
      })
  void what_is_no_object_is_none_wherever_the_window_ends(String text) {
    byte[] line = utf8(text);
    for (int place = 0; place <= line.length; place++) {
      assertFalse(isObject(cutBefore(place, line)), "cut before byte " + place);
    }
  }

  @Test
  void an_object_that_is_cut_off_is_none() {
    byte[] line = utf8("{\"é\":[-1.5e3,\"\\u00e9\",true,false,null,{\"b\":{}}]}");
    for (int length = 0; length < line.length; length++) {
      assertFalse(isObject(Arrays.copyOf(line, length)), "its first " + length + " bytes");
    }
  }

  @Test
  void what_breaks_off_where_it_is_wrong_is_none() {
    assertFalse(isObject("{\"a\":" + "[".repeat(JsonScanner.MAX_DEPTH)));
    assertFalse(isObject("{\"a\":{\"b\u0001:1}}"));
    assertFalse(isObject("{\"a\":[\"b\u0001]}"));
    assertFalse(isObject("{\"\u0001:1}"));
    byte[] none = {(byte) 0xff};
    assertFalse(isObject(within("{\"a\":\"", none, "}")));
    assertFalse(isObject(within("{\"", none, ":1}")));
  }

  /** What the JDK's decoder takes for text is text here, as a value and as a name. */
  @Test
  void text_is_what_is_utf8() {
    int[] seconds = {0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff};
    int[] others = {0x61, 0x7f, 0x80, 0xbf, 0xc0};
    for (int lead = 0x80; lead <= 0xff; lead++) {
      for (int second : seconds) {
        for (int i = 0; i < others.length * others.length; i++) {
          int third = others[i / others.length];
          int last = others[i % others.length];
          byte[] text = {(byte) lead, (byte) second, (byte) third, (byte) last};
          assertEquals(isUtf8(text), isText(text), () -> HexFormat.of().formatHex(text));
        }
      }
    }
  }

  private static boolean isUtf8(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether a value may be so, and a name. */
  private static boolean isText(byte[] text) {
    boolean value = isObject(within("{\"a\":\"", text, "\"}"));
    assertEquals(value, isObject(within("{\"", text, "\":\"\"}")));
    return value;
  }

  private static byte[] within(String before, byte[] middle, String after) {
    byte[] all = Arrays.copyOf(utf8(before), before.length() + middle.length + after.length());
    System.arraycopy(middle, 0, all, before.length(), middle.length);
    System.arraycopy(utf8(after), 0, all, before.length() + middle.length, after.length());
    return all;
  }

  /** Texts around eight bytes, which are skipped at once. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 17})
  void text_ends_with_a_quote_and_has_no_control_characters(int length) {
    for (int place = 0; place < length; place++) {
      for (int value = 0; value < 0x80; value++) {
        byte[] text = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
        text[place] = (byte) value;
        boolean plain = value >= ' ' && value != '"' && value != '\\';
        assertEquals(plain, isText(text), () -> Arrays.toString(text));
      }
    }
  }

  @Test
  void a_number_is_followed_by_digits_or_blanks_only() {
    for (char letter = 0; letter < 0x80; letter++) {
      boolean follows = "0123456789 \t\r".indexOf(letter) >= 0;
      assertEquals(follows, isObject("{\"a\":1" + letter + "}"), "after 1: " + letter);
      assertEquals(follows, isObject("{\"a\":0.1" + letter + "}"), "after 0.1: " + letter);
      assertEquals(follows, isObject("{\"a\":1e1" + letter + "}"), "after 1e1: " + letter);
    }
  }

  @Test
  void an_escape_is_one_of_eight_letters_or_four_hexadecimal_digits() {
    for (char letter = 0; letter < 0x80; letter++) {
      boolean known = "\"\\/bfnrt".indexOf(letter) >= 0;
      assertEquals(known, isObject("{\"a\":\"\\" + letter + "\"}"), "in a value: " + letter);
      assertEquals(known, isObject("{\"\\" + letter + "\":1}"), "in a name: " + letter);
      boolean digit = Character.digit(letter, 16) >= 0;
      for (int place = 0; place < 4; place++) {
        String code = "0".repeat(place) + letter + "0".repeat(3 - place);
        assertEquals(digit, isObject("{\"a\":\"\\u" + code + "\"}"), "in a value: " + code);
        assertEquals(digit, isObject("{\"\\u" + code + "\":1}"), "in a name: " + code);
      }
    }
  }
}
