package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class OutputPropertiesTest {
  private static final int LIMIT = 300;

  @Property(tries = 500)
  void an_object_gets_three_members_and_stays_the_same_otherwise(
      @ForAll("objects") Map<String, Object> object, @ForAll("blanks") String blanks) {
    String line = write(object) + blanks + "\n";
    String out =
        new PlaneBench(OutputFormat.JSON, Verbosity.WARN, 1 << 16)
            .stdout("api", Stage.RUN, PlaneBench.bytes(line))
            .toTheEnd()
            .out();
    Map<String, Object> expected = new LinkedHashMap<>(object);
    expected.put("service", "api");
    expected.put("stage", "run");
    expected.put("logged", PlaneBench.TIME);
    assertEquals(expected, Json.parse(out.substring(0, out.length() - 1)), out);
    assertEquals('\n', out.charAt(out.length() - 1));
  }

  @Property(tries = 700)
  void however_the_bytes_are_cut_and_taken_the_output_is_the_same(
      @ForAll("streams") byte[] stream, @ForAll OutputFormat format, @ForAll long seed) {
    PlaneBench whole = bench(format).stdout("api", Stage.RUN, stream).toTheEnd();
    Random random = new Random(seed);
    PlaneBench cut = bench(format);
    cut.answering(1, length -> someOf(length, random));
    cut.answering(2, length -> someOf(length, random));
    cut.stdout("api", Stage.RUN, chunks(stream, random)).toTheEnd();
    assertEquals(latin1(whole.bytesOf(1)), latin1(cut.bytesOf(1)));
    assertEquals(latin1(whole.bytesOf(2)), latin1(cut.bytesOf(2)));
  }

  @Property(tries = 300)
  void text_lines_come_out_as_they_went_in_behind_their_origin(@ForAll("streams") byte[] stream) {
    String out =
        latin1(bench(OutputFormat.PLAIN).stderr("api", Stage.TERM, stream).toTheEnd().bytesOf(2));
    String text = latin1(stream);
    String expected = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    String prefix = PlaneBench.TIME + " api/term";
    StringBuilder again = new StringBuilder();
    for (String line : out.split("(?<=\n)")) {
      if (line.startsWith(prefix + "(part): ")) {
        again.append(line, prefix.length() + 8, line.length() - 1);
      } else if (!line.isEmpty()) {
        assertEquals(prefix + ": ", line.substring(0, prefix.length() + 2));
        again.append(line.substring(prefix.length() + 2));
      }
    }
    assertEquals(expected, again.toString());
  }

  @Property(tries = 200)
  void lines_of_many_writers_are_never_mixed(
      @ForAll @Size(min = 2, max = 8) List<Byte> writers, @ForAll long seed) {
    Random random = new Random(seed);
    PlaneBench bench = bench(OutputFormat.PLAIN);
    bench.answering(1, length -> someOf(length, random));
    List<List<String>> sent = new ArrayList<>();
    for (int i = 0; i < writers.size(); i++) {
      List<String> lines = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 50; j++) {
        lines.add("w" + i + " line " + j + " " + "x".repeat(random.nextInt(200)));
        text.append(lines.getLast()).append('\n');
      }
      sent.add(lines);
      bench.stdout("w" + i, Stage.RUN, chunks(PlaneBench.bytes(text.toString()), random));
    }
    List<String> out = List.of(bench.toTheEnd().out().split("\n"));
    for (int i = 0; i < writers.size(); i++) {
      String prefix = PlaneBench.TIME + " w" + i + "/run: ";
      assertEquals(
          sent.get(i),
          out.stream()
              .filter(l -> l.startsWith(prefix))
              .map(l -> l.substring(prefix.length()))
              .toList());
    }
    assertEquals(writers.size() * 50, out.size());
  }

  private static PlaneBench bench(OutputFormat format) {
    return new PlaneBench(format, Verbosity.WARN, LIMIT);
  }

  private static long someOf(long length, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> -Errno.EAGAIN;
      case 1 -> -Errno.EINTR;
      case 2 -> length;
      default -> 1 + random.nextInt((int) Math.min(length, 200));
    };
  }

  private static byte[][] chunks(byte[] stream, Random random) {
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int count = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 400));
      chunks.add(Arrays.copyOfRange(stream, at, at + count));
      at += count;
    }
    return chunks.toArray(new byte[0][]);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Provide
  Arbitrary<byte[]> streams() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "{", "}", "\n", "{}", "\r", " ", "\u0000", "\ud83d\ude00", "\u00e4", "\""),
            Arbitraries.of("{\"a\":1}\n", "hello\n", "\n\n", "{ }\n"),
            Arbitraries.strings().alpha().ofMaxLength(20),
            Arbitraries.integers()
                .between(LIMIT - 3, LIMIT + 3)
                .map(length -> "y".repeat(length) + "\n"),
            Arbitraries.integers()
                .between(LIMIT - 12, LIMIT)
                .map(length -> "{\"a\":\"" + "\u00e4".repeat(length) + "\"}\n"));
    return piece
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8))
        .flatMap(
            bytes ->
                Arbitraries.integers()
                    .between(0, 255)
                    .map(
                        value -> {
                          byte[] changed = bytes.clone();
                          if (value < 128 && changed.length > 0) {
                            changed[changed.length / 2] = (byte) (value * 2 + 1);
                          }
                          return changed;
                        }));
  }

  @Provide
  Arbitrary<String> blanks() {
    return Arbitraries.of("", "", " ", "\r", " \t \r");
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return object(2);
  }

  private static Arbitrary<Map<String, Object>> object(int depth) {
    Arbitrary<String> names =
        Arbitraries.strings().ofMaxLength(6).filter(n -> !n.equals("service") && wellFormed(n));
    return Arbitraries.maps(names, value(depth)).ofMaxSize(4);
  }

  private static Arbitrary<Object> value(int depth) {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(10).filter(OutputPropertiesTest::wellFormed),
            Arbitraries.bigDecimals().map(BigDecimal::stripTrailingZeros),
            Arbitraries.of(true, false, "null"));
    return depth == 0
        ? plain
        : Arbitraries.oneOf(
            plain,
            Arbitraries.lazy(() -> object(depth - 1)),
            Arbitraries.lazy(() -> value(depth - 1).list().ofMaxSize(3)));
  }

  private static boolean wellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> members = new ArrayList<>();
        map.forEach((name, member) -> members.add(write(name) + " :" + write(member)));
        yield "{" + String.join(", ", members) + "}";
      }
      case List<?> list ->
          "[" + String.join(",", list.stream().map(OutputPropertiesTest::write).toList()) + "]";
      case String text -> "\"" + escape(text) + "\"";
      default -> value.toString();
    };
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c == '"' || c == '\\' ? "\\" + c : String.valueOf(c));
      }
    }
    return out.toString();
  }
}
