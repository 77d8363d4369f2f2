package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.jr.ob.JSON;

/** Lines of every kind, held against a full parser. */
class EveryLineTest {
  private static final JSON LAST_ONE_WINS =
      JSON.std.without(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);
  private static final List<String> STAMP = List.of("service", "stage", "logged");
  private static final String NOT_JSON =
      PlaneBench.TIME + " gatun: warning: api/run: not JSON stdout: ";

  @Property(tries = 2000)
  void a_line_is_an_object_if_a_full_parser_finds_that(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] line = AnyLine.of(random);
      assertEquals(FullParser.isObject(line), BothScanners.isObject(line), () -> shown(line));
    }
  }

  private static String shown(byte[] line) {
    return new String(line, StandardCharsets.UTF_8) + " " + HexFormat.of().formatHex(line);
  }

  @Property(tries = 200)
  void every_line_comes_out_as_a_stamped_object_or_as_it_was(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> lines = new ArrayList<>();
    for (int i = random.nextInt(120); i >= 0; i--) {
      lines.add(AnyLine.of(random));
    }
    ByteArrayOutputStream notJson = new ByteArrayOutputStream();
    List<String> objects = new ArrayList<>();
    for (byte[] line : lines) {
      if (FullParser.isObject(line)) {
        objects.add(shown(stamped(parsed(text(line)))));
      } else if (!text(line).replaceAll("[ \t\r]", "").isEmpty()) {
        notJson.writeBytes((NOT_JSON).getBytes(StandardCharsets.US_ASCII));
        notJson.writeBytes(line);
        notJson.write('\n');
      }
    }
    PlaneBench bench =
        new PlaneBench(OutputFormat.JSON, Verbosity.WARN, 64 * 1024)
            .stdout("api", Stage.RUN, chunks(lines, random))
            .toTheEnd();
    List<String> out = new ArrayList<>();
    for (String line : bench.out().split("(?<=\n)")) {
      out.addAll(line.isEmpty() ? List.of() : List.of(shown(parsed(line))));
    }
    assertEquals(objects, out);
    assertEquals(hex(notJson.toByteArray()), hex(bench.bytesOf(2)));
  }

  private static Map<String, Object> parsed(String line) {
    return new LinkedHashMap<>(LAST_ONE_WINS.mapFrom(line));
  }

  /** The library's maps are equal to none but themselves. */
  private static String shown(Map<String, Object> object) {
    return object.toString();
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The stamp's members are the stamp's, and the line's own are there by another name. */
  private static Map<String, Object> stamped(Map<String, Object> object) {
    Map<String, Object> stamped = new LinkedHashMap<>();
    object.forEach(
        (name, value) -> {
          String free = name;
          while (STAMP.contains(name) && object.containsKey(free)) {
            free += "_";
          }
          stamped.put(free, value);
        });
    stamped.put("service", "api");
    stamped.put("stage", "run");
    stamped.put("logged", PlaneBench.TIME);
    return stamped;
  }

  private static byte[][] chunks(List<byte[]> lines, Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      all.writeBytes(line);
      all.write('\n');
    }
    byte[] bytes = all.toByteArray();
    if (random.nextBoolean()) {
      return new byte[][] {bytes};
    }
    int cut = random.nextInt(bytes.length);
    return new byte[][] {Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)};
  }
}
