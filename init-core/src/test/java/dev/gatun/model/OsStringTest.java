package dev.gatun.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

class OsStringTest {

  @Property
  void bytes_come_out_as_they_went_in(@ForAll byte[] bytes) {
    assertArrayEquals(bytes, OsString.ofBytes(bytes).bytes());
    assertEquals(bytes.length, OsString.ofBytes(bytes).length());
  }

  @Property
  void the_order_is_that_of_the_unsigned_bytes(@ForAll byte[] a, @ForAll byte[] b) {
    int expected = Integer.signum(Arrays.compareUnsigned(a, b));
    int order = OsString.ofBytes(a).compareTo(OsString.ofBytes(b));
    assertEquals(expected, Integer.signum(order));
    assertEquals(Arrays.equals(a, b), OsString.ofBytes(a).equals(OsString.ofBytes(b)));
  }

  @Property
  void text_is_kept_as_utf8(@ForAll String text) {
    assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), OsString.of(text).bytes());
  }

  @Property
  void for_people_it_is_one_line_of_printable_text(@ForAll byte[] bytes) {
    assertTrue(OsString.ofBytes(bytes).toString().chars().noneMatch(Character::isISOControl));
  }

  @Property
  void a_path_below_a_directory_has_one_slash_between(@ForAll @NotEmpty byte[] name) {
    OsString below = OsString.ofBytes(name);
    assertEquals(OsString.of("/a/").concat(below), OsString.of("/a").resolve(below));
    assertEquals(OsString.of("/a/").concat(below), OsString.of("/a/").resolve(below));
    assertEquals(OsString.of("/").concat(below), OsString.of("/").resolve(below));
  }

  @Example
  void absolute_paths_stay_and_relative_ones_go_below_the_directory() {
    OsString directory = OsString.of("/srv");
    assertEquals(OsString.of("/x/y"), directory.resolveAbsolute(OsString.of("/x/y")));
    assertEquals(OsString.of("/srv/x"), directory.resolveAbsolute(OsString.of("x")));
  }

  @Example
  void what_is_no_utf8_is_shown_by_its_bytes() {
    assertEquals("a\\xff\\x0ab", OsString.ofBytes(new byte[] {'a', -1, '\n', 'b'}).toString());
    assertEquals("zoë", OsString.of("zoë").toString());
    assertEquals("zo\\x0aë", OsString.of("zo\në").toString());
  }

  @Example
  void the_first_and_last_place_of_a_character_are_found() {
    OsString path = OsString.of("/usr/bin/env");
    assertEquals(0, path.indexOf('/'));
    assertEquals(8, path.lastIndexOf('/'));
    assertEquals(OsString.of("env"), path.substring(path.lastIndexOf('/') + 1));
    assertFalse(OsString.of("").startsWith(OsString.of("a")));
  }
}
