package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/** Strict mode: whatever a service writes, what comes out is JSON, and nothing of it is lost. */
class StrictJsonTest {
  private static boolean isObject(byte[] line) {
    return BothScanners.isObject(line);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String stamped(byte[] line) {
    PlaneBytes.Written written = new PlaneBytes.Written();
    Sink sink = PlaneBytes.sink(written);
    Stamper stamper =
        new StrictStamper(
            PlaneBytes.MEMORY, sink, "a \"b\"", "run", new Scanners(PlaneBytes.MEMORY));
    boolean passed = PlaneBytes.with(line, at -> stamper.stamp(at, line.length, false));
    assertTrue(passed);
    sink.flush();
    stamper.free();
    return written.text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"a\":{}}",
        "{\"a\":[1,-0.5e+10,true,false,null,\"\\u00e9\\n\"]}",
        "{\"a\":[[],{}],\"b\":0}",
        "{\"service1\":1,\"Stage\":2}",
        "{\"service\":1}",
        "{\"a\":1,\"st\\u0061ge\":2}",
        "{\"logged\":null}",
        "{\"a\":{\"service\":1}}",
        "{\"é€😀\":\"\"}"
      })
  void oneObjectIsAccepted(String line) {
    assertTrue(isObject(utf8(line)), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "[]",
        "1",
        "{broken}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1},",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":[}]",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":NaN}",
        "\ufeff{}"
      })
  void whatIsNotOneStampableObjectIsNot(String line) {
    assertFalse(isObject(utf8(line)), line);
  }

  @Test
  void nestingIsBounded() {
    String deep = "{\"a\":" + "[".repeat(511) + "]".repeat(511) + "}";
    assertTrue(isObject(utf8(deep)));
    assertFalse(isObject(utf8(deep.replaceFirst("\\[\\]", "[[]]"))));
  }

  @Test
  void aLineThatIsLargerThanTheWindowIsReadWhole() {
    for (int length = 4080; length < 4110; length++) {
      String line = "{\"a\":\"" + "é".repeat(length / 2) + "x".repeat(length % 2) + "\",\"b\":12}";
      assertTrue(isObject(utf8(line)));
      assertFalse(isObject(utf8(line + "x")));
    }
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).filter(StrictJsonTest::isWellFormed),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(l -> (Object) l),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(6).alpha(), inner)
                    .ofMaxSize(4)
                    .map(m -> (Object) m)),
        0,
        3);
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(
            Arbitraries.strings().ofMaxLength(8).filter(StrictJsonTest::isWellFormed), values())
        .ofMaxSize(5);
  }

  private static byte[] written(Map<String, Object> object) {
    return utf8(JSON.std.asString(new LinkedHashMap<>(object)));
  }

  @Property(tries = 200)
  void arbitraryObjectsComeOutWithTheStampAndNothingElse(
      @ForAll("objects") Map<String, Object> object) {
    byte[] line = written(object);
    Map<String, Object> out = JSON.std.mapFrom(stamped(line));
    assertEquals("a \"b\"", out.remove("service"));
    assertEquals("run", out.remove("stage"));
    assertEquals(24, out.remove("logged").toString().length());
    assertEquals(JSON.std.mapFrom(line), out);
  }

  @Property(tries = 300)
  void aDamagedObjectIsJudgedAsByAFullParser(
      @ForAll("objects") Map<String, Object> object,
      @ForAll int where,
      @ForAll("bytes") byte value,
      @ForAll boolean insert) {
    byte[] line = written(object);
    int at = Math.floorMod(where, line.length);
    byte[] damaged = new byte[insert ? line.length + 1 : line.length];
    System.arraycopy(line, 0, damaged, 0, at);
    damaged[at] = value;
    System.arraycopy(
        line, insert ? at : at + 1, damaged, at + 1, line.length - at - (insert ? 0 : 1));
    assertEquals(
        FullParser.isObject(damaged),
        isObject(damaged),
        () -> new String(damaged, StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<Byte> bytes() {
    return Arbitraries.oneOf(
        Arbitraries.of(List.of((byte) '"', (byte) '\\', (byte) '{', (byte) '}', (byte) ',')),
        Arbitraries.of(List.of((byte) ':', (byte) '[', (byte) ']', (byte) '0', (byte) 'e')),
        Arbitraries.bytes().filter(value -> value != '\n'));
  }

  @Property
  void whateverItIsTheLineIsJsonAndTheTextIsThere(@ForAll byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '\n' ? 0 : bytes[i];
    }
    String line = stamped(bytes);
    if (new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[ \t\r]", "").isEmpty()) {
      return;
    }
    assertTrue(line.endsWith("}\n") && line.indexOf('\n') == line.length() - 1, line);
    Map<String, Object> out = JSON.std.mapFrom(line);
    if (out.containsKey("invalid")) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertEquals(withoutReplacements(text), withoutReplacements(out.get("message").toString()));
    }
  }

  /**
   * Lines as they come: objects, damaged ones, blanks, and some that are larger than the window.
   */
  @Provide
  Arbitrary<List<byte[]>> lines() {
    Arbitrary<byte[]> object = objects().map(StrictJsonTest::written);
    Arbitrary<byte[]> cut = object.map(line -> Arrays.copyOf(line, line.length - 1));
    Arbitrary<byte[]> other =
        Arbitraries.of("", " ", "text", "{}", " {} \r", "{\"a\":1} x").map(StrictJsonTest::utf8);
    Arbitrary<byte[]> large =
        Arbitraries.integers()
            .between(ByteWindow.WINDOW_BYTES - 40, 2 * ByteWindow.WINDOW_BYTES)
            .map(length -> utf8("{\"a\":\"" + "é~".repeat(length / 3) + "\",\"stagé\":1}"));
    return Arbitraries.frequencyOf(
            Tuple.of(8, object), Tuple.of(2, cut), Tuple.of(2, other), Tuple.of(1, large))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 200)
  void linesThatComeTogetherBecomeWhatEachOfThemBecomes(@ForAll("lines") List<byte[]> lines) {
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    StringBuilder each = new StringBuilder();
    for (byte[] line : lines) {
      together.writeBytes(line);
      together.write('\n');
      each.append(stamped(line));
    }
    PlaneBench bench = new PlaneBench(OutputFormat.STRICT_JSON, Verbosity.WARN, 256 * 1024);
    bench.stdout("a \"b\"", Stage.RUN, together.toByteArray()).toTheEnd();
    assertEquals(each.toString().replace("0000-00-00T00:00:00.000Z", PlaneBench.TIME), bench.out());
  }

  /** How many U+FFFD stand for a broken sequence is a matter of taste. */
  private static String withoutReplacements(String text) {
    return text.replace("\ufffd", "");
  }
}
