package dev.gatun.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.journal.replay.Replay;
import dev.gatun.journal.tell.Explain;
import dev.gatun.journal.tell.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever is given to the commands about journals. */
class JournalFuzzTest {

  /** It is replayed, told and drawn, or refused with a sentence that names the file. */
  @FuzzTest
  void whatIsNoJournalIsRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("journal", "");
    try {
      Files.write(file, bytes);
      try {
        assertTrue(Replay.of(file).summary().contains("event"));
        assertTrue(Explain.of(file, true).contains("exit code"));
        assertTrue(Timeline.of(file).endsWith("</svg>\n"));
      } catch (JournalException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      }
    } finally {
      Files.delete(file);
    }
  }
}
