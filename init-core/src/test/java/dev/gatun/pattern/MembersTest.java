package dev.gatun.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

/** What the operators in groups' names make of values, and how values come together. */
class MembersTest {
  /** Groups of these names, one behind the other, parted by colons. */
  private static String expression(String names) {
    StringBuilder expression = new StringBuilder("^");
    for (String name : names.split(" ")) {
      expression.append(expression.length() == 1 ? "" : ":");
      expression.append("(?P<").append(name).append(">[^:]*)");
    }
    return expression.append("$").toString();
  }

  private static Object parsed(String json) {
    return json == null || json.isEmpty() ? "" : JSON.std.anyFrom(json);
  }

  private static void gives(String expected, Converted converted) {
    assertEquals(parsed(expected), parsed(converted.json()), converted.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "a                  ; x       ; {\"a\":\"x\"}",
        "a b                ; x:y     ; {\"a\":\"x\",\"b\":\"y\"}",
        "n__a n__b          ; x:y     ; {\"n\":{\"a\":\"x\",\"b\":\"y\"}}",
        "n__a m n__b__c n__b__d ; x:y:z:u ; "
            + "{\"n\":{\"a\":\"x\",\"b\":{\"c\":\"z\",\"d\":\"u\"}},\"m\":\"y\"}",
        "a__b__c            ; x       ; {\"a\":{\"b\":{\"c\":\"x\"}}}",
        "a___object__b__c   ; x       ; {\"a\":{\"b\":{\"c\":\"x\"}}}",
        "a___object__b___object__c___int ; 1 ; {\"a\":{\"b\":{\"c\":1}}}",
        "a___array          ; x       ; {\"a\":[\"x\"]}",
        "a___array___array  ; x       ; {\"a\":[[\"x\"]]}",
        "a___array___object__b ; x    ; {\"a\":[{\"b\":\"x\"}]}",
        "a___int            ; 42      ; {\"a\":42}",
        "a___int            ; -007    ; {\"a\":-7}",
        "a___int            ; +7      ; {\"a\":7}",
        "a___int            ; -0      ; {\"a\":0}",
        "a___int ; 9223372036854775807 ; {\"a\":9223372036854775807}",
        "a___int ; -9223372036854775808 ; {\"a\":-9223372036854775808}",
        "a___int ; 00000000000000000000000012 ; {\"a\":12}",
        "a___float          ; 42.10   ; {\"a\":42.1}",
        "a___float          ; 1e3     ; {\"a\":1000}",
        "a___float          ; 0x1p-2  ; {\"a\":0.25}",
        "a___float          ; 1_000.5 ; {\"a\":1000.5}",
        "a___float          ; .5      ; {\"a\":0.5}",
        "a___float          ; 1.5e-7  ; {\"a\":1.5e-7}",
        "a___bool           ; t       ; {\"a\":true}",
        "a___bool           ; False   ; {\"a\":false}",
        "a___array___bool   ; 1       ; {\"a\":[true]}",
        "a___null           ; ''      ; {\"a\":null}",
        "a___null           ; x       ; {\"a\":\"x\"}",
        "a___int___null     ; ''      ; {\"a\":null}",
        "a___int___null     ; 5       ; {\"a\":5}",
        "a___array___null   ; ''      ; {\"a\":[null]}",
        "a___optional b     ; :y      ; {\"b\":\"y\"}",
        "a___optional       ; ''      ; ''",
        "a__b___int___optional c ; :y ; {\"c\":\"y\"}",
        "a___array___optional ; ''    ; {\"a\":[]}",
        "a___null___optional ; ''     ; ''",
        "a___optional___null ; ''     ; {\"a\":null}",
        "a                  ; ''      ; {\"a\":\"\"}",
        "a___time__DateTime__DateOnly ; 2026-01-02 03.04.05 ; ''",
        "__a                ; x       ; {\"\":{\"a\":\"x\"}}"
      })
  void an_operator_makes_a_value_of_the_text(String names, String line, String expected) {
    gives(expected, Converted.by(expression(names), line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a___array a___array___optional b ; x:y:z ; {\"a\":[\"x\",\"y\"],\"b\":\"z\"}",
        "a___array a                      ; x:y   ; {\"a\":[\"x\",\"y\"]}",
        "a a___array                      ; x:y   ; {\"a\":[\"x\",\"y\"]}",
        "a a___array___int                ; x:1   ; {\"a\":[\"x\",1]}",
        "a a___array___optional           ; x:    ; {\"a\":[\"x\"]}",
        "a___array___optional a           ; :x    ; {\"a\":[\"x\"]}",
        "n__a___array n__a___array___null ; x:    ; {\"n\":{\"a\":[\"x\",null]}}",
        "a___array___object__b a___object__c ; x:y ; {\"a\":[{\"b\":\"x\",\"c\":\"y\"}]}",
        "a__c a___array___object__b       ; x:y   ; {\"a\":[{\"c\":\"x\",\"b\":\"y\"}]}",
        "a___array___object__b a___array___object__c ; x:y ; {\"a\":[{\"b\":\"x\"},{\"c\":\"y\"}]}",
        "a__b a___array___int             ; x:1   ; {\"a\":[{\"b\":\"x\"},1]}",
        "a___array___int a__b             ; 1:x   ; {\"a\":[1,{\"b\":\"x\"}]}",
        "a__b a___array___optional        ; x:    ; {\"a\":[{\"b\":\"x\"}]}",
        "a___array___optional a__b        ; :x    ; {\"a\":[{\"b\":\"x\"}]}",
        "a__b__c a__b___object__d         ; x:y   ; {\"a\":{\"b\":{\"c\":\"x\",\"d\":\"y\"}}}"
      })
  void values_of_one_member_come_together(String names, String line, String expected) {
    Converted converted = Converted.by(expression(names), line);
    gives(expected, converted);
    assertEquals(List.of(), converted.warnings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "a a___int      ; x:1  ; {\"a\":\"x\"}      ; a___int: \"1\" comes second for a, and",
        "a__b a___int   ; x:1  ; {\"a\":{\"b\":\"x\"}} ; a___int: \"1\" comes second for a, and",
        "a___int a__b   ; 1:x  ; {\"a\":1}          ; a__b: \"x\" comes second for a, and",
        "a__b___null a__b___int ; :1 ; {\"a\":{\"b\":null}} ; a__b___int: \"1\" comes second for"
            + " a__b",
        "a___int b      ; 1x:y ; {\"b\":\"y\"}      ; a___int: \"1x\" is no whole number of 64"
            + " bits",
        "a___int b      ; :y   ; {\"b\":\"y\"}      ; a___int: \"\" is no whole number of 64 bits",
        "a___int b ; 9223372036854775808:y ; {\"b\":\"y\"} ; a___int: \"9223372036854775808\" is"
            + " no",
        "a___int b ; -9223372036854775809:y ; {\"b\":\"y\"} ; a___int: \"-9223372036854775809\" is",
        "a___int b ; 99999999999999999999:y ; {\"b\":\"y\"} ; a___int: \"99999999999999999999\" is",
        "a___int b      ; 1_0:y ; {\"b\":\"y\"}     ; a___int: \"1_0\" is no whole number",
        "a___int b      ; -:y  ; {\"b\":\"y\"}      ; a___int: \"-\" is no whole number",
        "a___float b    ; NaN:y ; {\"b\":\"y\"}     ; a___float: \"NaN\" is no number that JSON",
        "a___float b    ; 1e999:y ; {\"b\":\"y\"}   ; a___float: \"1e999\" is no number that JSON",
        "a___float b    ; 1d:y ; {\"b\":\"y\"}      ; a___float: \"1d\" is no number that JSON",
        "a___float b    ; 0x1:y ; {\"b\":\"y\"}     ; a___float: \"0x1\" is no number that JSON",
        "a___float b    ; _1:y ; {\"b\":\"y\"}      ; a___float: \"_1\" is no number that JSON",
        "a___bool b     ; yes:y ; {\"b\":\"y\"}     ; a___bool: \"yes\" is no truth value",
        "a___time__Kitchen b ; noon:y ; {\"b\":\"y\"} ; a___time__Kitchen: \"noon\" is no time of"
            + " the",
        "a___json b     ; {]:y ; {\"b\":\"y\"}      ; a___json: \"{]\" is no JSON object",
        "a___json b     ; [1]:y ; {\"b\":\"y\"}     ; a___json: \"[1]\" is no JSON object",
        "a___int___int b ; 1:y ; {\"b\":\"y\"}      ; a___int___int: \"1\" is not text any more",
        "___json b      ; x:y  ; {\"b\":\"y\"}      ; ___json: \"x\" is no JSON object",
        "___json___null b ; :y ; {\"b\":\"y\"}      ; ___json___null: \"\" is no object"
      })
  void a_warning_names_the_group_the_value_and_the_line(
      String names, String line, String expected, String warning) {
    Converted converted = Converted.by(expression(names), line);
    gives(expected, converted);
    assertEquals(1, converted.warnings().size(), converted.toString());
    String said = converted.warnings().getFirst();
    assertTrue(said.startsWith("cannot use the group " + warning), said);
    assertTrue(said.endsWith(": in the line \"" + line + "\""), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "{\"x\":1}               ; {\"x\":1}",
        "foobar                  ; {\"msg\":\"foobar\"}",
        "{}                      ; ''",
        "{\"x\":[1,{\"y\":null}],\"z\":true,\"u\":\"é\\n\"} ; "
            + "{\"x\":[1,{\"y\":null}],\"z\":true,\"u\":\"é\\n\"}",
        "{\"n\":12345678901234567890,\"f\":1.50,\"e\":1e300} ; "
            + "{\"n\":12345678901234567890,\"f\":1.5,\"e\":1e300}"
      })
  void an_object_without_a_path_is_merged_into_the_top(String line, String expected) {
    String expression = "^\\s*(?:(?P<___json___optional>\\{.*\\})|(?P<msg___optional>.+?))\\s*$";
    Converted converted = Converted.by(expression, line);
    gives(expected, converted);
    assertEquals(List.of(), converted.warnings());
  }

  @Test
  void json_that_is_no_single_object_is_refused() {
    for (String line : List.of("{} {}", "{}x", "{", "null", "\"a\"", "{\"a\":1}]")) {
      Converted converted = Converted.by("^(?P<a___json>.*)$", line);
      assertEquals("", converted.json(), line);
      assertEquals(1, converted.warnings().size(), line);
    }
  }

  @Test
  void json_may_be_nested_as_deeply_as_it_likes() {
    String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    Converted converted = Converted.by("^(?P<a___json>.*)$", deep);
    assertEquals("", converted.json());
    assertEquals(1, converted.warnings().size());
  }

  @Test
  void members_of_an_object_whose_names_gatun_adds_get_an_underscore() {
    Converted converted =
        Converted.by(
            "^(?P<___json>.*)$", "{\"service\":1,\"service_\":2,\"stages\":3,\"logged\":4}");
    gives("{\"service_\":2,\"stages\":3,\"service__\":1,\"logged_\":4}", converted);
    assertEquals(List.of(), converted.warnings());
  }

  @Test
  void all_matches_in_a_line_make_one_object() {
    String pairs = "user=(?P<user___optional>\\w+)|id=(?P<id___int___optional>\\d+)";
    gives("{\"user\":\"kim\",\"id\":5}", Converted.by(pairs, "x user=kim, id=5"));
    gives("{\"w\":[\"a\",\"b\",\"c\"]}", Converted.by("(?P<w___array>\\w)", "a b-c"));
    Converted twice = Converted.by(pairs, "id=5 id=6");
    gives("{\"id\":5}", twice);
    assertTrue(twice.warnings().getFirst().startsWith("cannot use the group id___int___optional"));
  }

  @Test
  void a_line_without_a_match_and_one_without_a_member_give_nothing() {
    assertEquals(new Converted("", List.of()), Converted.by("^(?P<a>x)$", "y"));
    assertEquals(new Converted("", List.of()), Converted.by("(?P<a___optional>x)?", "y"));
  }

  @Test
  void a_line_of_a_thousand_mistakes_is_not_a_thousand_warnings() {
    Converted converted = Converted.by("(?P<a___array___int>\\w)", "x".repeat(1000));
    assertEquals(9, converted.warnings().size());
    assertTrue(converted.warnings().getLast().startsWith("992 more values cannot be used"));
    assertTrue(converted.warnings().getFirst().length() < 1200);
  }

  /** An array that is merged away must give the same as no array at all. */
  @Property
  void both_ways_to_gather_members_agree(
      @ForAll @CharRange(from = '0', to = '9') @StringLength(max = 3) String first,
      @ForAll @StringLength(max = 5) String second,
      @ForAll @CharRange(from = 'e', to = 'f') @StringLength(max = 2) String third) {
    String names = "a___int___null b__c__d___optional b__e___float";
    String line = first + ":" + second.replaceAll("[:\n\r]", "") + ":" + third + first;
    Converted direct = Converted.by(expression(names), line);
    Converted merged =
        Converted.by(expression(names).replace("$", "(?P<z___array___optional>)$"), line);
    String withoutArray =
        merged.json().equals("{\"z\":[]}") ? "" : merged.json().replace(",\"z\":[]", "");
    gives(withoutArray, direct);
    assertEquals(merged.warnings(), direct.warnings());
  }

  /** A backtracking engine needs longer than the universe has existed. */
  @Test
  void time_is_linear_in_the_length_of_the_line() {
    assertEquals("", Converted.by("^(?P<a>(?:a+)+)$", "a".repeat(5000) + "b").json());
    assertEquals("", Converted.by("(?P<a>[ab]*a[ab]{12}c)", "ab".repeat(5000)).json());
  }

  /** Each match that is not found has looked at all of the rest of the line. */
  @Test
  void matches_that_each_look_at_the_whole_rest_of_a_line_are_not_looked_for_for_ever() {
    Converted converted =
        Converted.by("(?P<a___array>a)(?:.*(?P<b___array___optional>b))?", "a".repeat(60_000));
    assertTrue(converted.json().startsWith("{\"a\":[\"a\",\"a\","));
    assertTrue(converted.warnings().getLast().startsWith("cannot look for more matches"));
  }
}
