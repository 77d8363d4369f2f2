package dev.gatun.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gatun.model.OsString;
import dev.gatun.output.LineConverter;
import dev.gatun.plan.LinePattern;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds a line of what makes JSON of text, and of RE2/J's matcher alone, as a measure. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"})
public class PatternBenchmark {
  private static final String ACCESS =
      "^(?P<address>\\S+) - (?P<user>\\S+) \\[(?P<time___time__Nginx__RFC3339>[^\\]]+)\\]"
          + " \"(?P<method>\\S+)\\s?(?P<url>\\S+)?\\s?(?P<http>\\S+)?\" (?P<status___int>\\d{3})"
          + " (?:(?P<size___int>\\d+)|-) \"(?P<referrer>[^\"]*)\" \"(?P<agent>[^\"]*)\"";
  private static final String ACCESS_LINE =
      "203.0.113.9 - kim [22/Nov/2026:08:09:10 +0000] \"GET /orders?id=17 HTTP/1.1\" 200 612"
          + " \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"";
  private static final String PAIRS =
      "level=(?P<level___optional>\\w+)|msg=\"(?P<message___optional>[^\"]*)\""
          + "|took=(?P<took___float___optional>\\S+)|id=(?P<id___int___optional>\\d+)";
  private static final String PAIRS_LINE =
      "ts=2026-11-22T08:09:10Z level=info msg=\"order has been sent to the customer\" took=0.125"
          + " id=4711 host=web-1 zone=eu";
  private static final String MERGED = PAIRS + "|zone=(?P<zones___array___optional>\\w+)";

  @Param({"access", "pairs", "merged"})
  String kind;

  private LineConverter converter;
  private Matcher matcher;
  private String text;
  private byte[] line;

  /** Compiles the expressions. */
  @Setup
  public void compile() throws PatternException {
    boolean isAccess = kind.equals("access");
    String expression = isAccess ? ACCESS : kind.equals("pairs") ? PAIRS : MERGED;
    converter = PatternCompiler.compile(new LinePattern(expression, OsString.of("/pattern"), 1));
    matcher = Pattern.compile(expression).matcher("");
    text = isAccess ? ACCESS_LINE : PAIRS_LINE;
    line = text.getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  public int converted() {
    return converter.convert(line, line.length, 0);
  }

  /** All matches and their groups, and no JSON. */
  @Benchmark
  public int matchedByRe2j() {
    int sum = 0;
    matcher.reset(text);
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        sum += matcher.end(group);
      }
    }
    return sum;
  }
}
