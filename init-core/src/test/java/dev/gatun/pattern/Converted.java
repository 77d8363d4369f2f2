package dev.gatun.pattern;

import dev.gatun.model.OsString;
import dev.gatun.output.LineConverter;
import dev.gatun.plan.LinePattern;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What an expression makes of a line.
 *
 * @param json the object, or empty when there is none
 */
record Converted(String json, List<String> warnings) {
  static final Instant NOW = Instant.parse("2026-11-22T23:30:00Z");

  static LineConverter converter(String expression) {
    try {
      return PatternCompiler.compile(new LinePattern(expression, OsString.of("/pattern"), 1));
    } catch (PatternException e) {
      throw new AssertionError(e);
    }
  }

  static Converted by(LineConverter converter, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int length = converter.convert(bytes, bytes.length, NOW.toEpochMilli());
    String members = new String(converter.members(), 0, length, StandardCharsets.UTF_8);
    return new Converted(length == 0 ? "" : "{" + members + "}", List.copyOf(converter.warnings()));
  }

  static Converted by(String expression, String line) {
    return by(converter(expression), line);
  }
}
