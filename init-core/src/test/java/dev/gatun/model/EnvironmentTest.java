package dev.gatun.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;

class EnvironmentTest {

  private static Environment of(String... entries) {
    return new Environment(List.of(entries).stream().map(OsString::of).toList());
  }

  @Example
  void the_first_entry_of_a_name_counts_as_for_getenv() {
    Environment environment = of("A=1", "AB=2", "A=3", "odd", "=x", "E=");
    assertEquals(OsString.of("1"), environment.get("A"));
    assertEquals(OsString.of("2"), environment.get("AB"));
    assertEquals(OsString.of(""), environment.get("E"));
    assertNull(environment.get("odd"));
    assertNull(environment.get("B"));
  }

  @Example
  void a_value_may_hold_equals_signs() {
    assertEquals(OsString.of("-Dx=y"), of("JAVA_OPTS=-Dx=y").get("JAVA_OPTS"));
  }

  @Example
  void a_variable_is_removed_wherever_it_stands_and_everything_else_stays_in_order() {
    assertEquals(of("AB=2", "odd", "=x"), of("A=1", "AB=2", "A=3", "odd", "=x").without("A"));
    assertEquals(of("A=1"), of("A=1").without("B"));
  }

  @Example
  void a_value_is_replaced_where_it_stands() {
    assertEquals(of("A=1", "B=9", "C=3"), of("A=1", "B=2", "C=3").with("B", OsString.of("9")));
    assertEquals(of("A=1", "B=9"), of("A=1").with("B", OsString.of("9")));
  }

  @Property
  void what_is_set_is_what_is_found(
      @ForAll List<byte[]> entries, @ForAll @AlphaChars @NotEmpty String name, @ForAll byte[] v) {
    Environment before = new Environment(entries.stream().map(OsString::ofBytes).toList());
    Environment after = before.with(name, OsString.ofBytes(v));
    assertEquals(OsString.ofBytes(v), after.get(name));
    assertNull(after.without(name).get(name));
    assertEquals(before.without(name), after.without(name));
  }
}
