package dev.gatun.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.model.OutputFormat;
import dev.gatun.model.Stage;
import dev.gatun.model.Verbosity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whatever services write. {@code scripts/fuzz} looks for bytes that nobody has thought of. */
class LineFuzzTest {

  /** What is an object for a full parser is one for both scanners, and nothing else is. */
  @FuzzTest
  void aLineIsJudgedAsByAFullParser(byte[] bytes) {
    byte[] line = upToTheFirstNewline(bytes);
    assertEquals(FullParser.isObject(line), BothScanners.isObject(line));
  }

  private static byte[] upToTheFirstNewline(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n') {
      length++;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** What comes out on standard output is JSON, line by line, and has one origin. */
  @FuzzTest
  void whatComesOutIsJson(byte[] bytes) {
    byte[] enough = new byte[bytes.length + CheckingStamper.FEW_BYTES];
    Arrays.fill(enough, (byte) '\n');
    System.arraycopy(bytes, 0, enough, 0, bytes.length);
    PlaneBench bench =
        new PlaneBench(OutputFormat.JSON, Verbosity.WARN, 300)
            .stdout("api", Stage.RUN, enough)
            .toTheEnd();
    for (String line : bench.out().split("\n")) {
      if (!line.isEmpty()) {
        assertTrue(FullParser.isObject(line.getBytes(StandardCharsets.UTF_8)), line);
        assertTrue(line.endsWith(",\"logged\":\"" + PlaneBench.TIME + "\"}"), line);
      }
    }
  }
}
