package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.model.OsString;
import java.io.ByteArrayOutputStream;

class S6CommandLineFuzzTest {

  /** Words that are put between quotes are the same words, and never a block. */
  @FuzzTest
  void whatIsCutIsTheSameWhenItIsQuoted(byte[] text) {
    S6CommandLine cut = S6CommandLine.of(text);
    if (!cut.problem().isEmpty()) {
      return;
    }
    ByteArrayOutputStream quoted = new ByteArrayOutputStream();
    for (OsString word : cut.words()) {
      assertFalse(word.indexOf('\0') >= 0);
      quoted.write('"');
      for (byte b : word.bytes()) {
        if (b == '"' || b == '\\') {
          quoted.write('\\');
        }
        quoted.write(b);
      }
      quoted.write('"');
      quoted.write('\n');
    }
    S6CommandLine again = S6CommandLine.of(quoted.toByteArray());
    assertEquals(new S6CommandLine(cut.words(), false, ""), again);
    assertTrue(cut.words().size() <= text.length);
  }
}
