package dev.gatun.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.model.Notice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What services answer and tell. */
class OutsideBytesFuzzTest {

  @FuzzTest
  void anAnswerIsASuccessOrHasAReason(byte[] bytes) {
    HttpAnswer whole = new HttpAnswer();
    whole.add(bytes);
    HttpAnswer piecemeal = new HttpAnswer();
    for (int i = 0; i < bytes.length && !piecemeal.isComplete(); i++) {
      piecemeal.add(Arrays.copyOfRange(bytes, i, i + 1));
    }
    assertEquals(whole.isComplete(), piecemeal.isComplete());
    if (whole.isComplete()) {
      assertEquals(whole.failure(), piecemeal.failure());
    }
    if (whole.failure().isEmpty()) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      assertTrue(text.matches("(?s)HTTP/1\\.. [23]\\d\\d([\\x00-\\x20\\x80-\\xff].*)?"), text);
    }
  }

  @FuzzTest
  void aMessageIsOneLineOfTextWhateverItHas(byte[] bytes) {
    List<NotifyMessage.Line> lines = NotifyMessage.read(bytes);
    assertTrue(lines.size() <= 16);
    for (NotifyMessage.Line line : lines) {
      assertTrue(line.text().isEmpty() || line.notice() == Notice.STATUS);
      assertTrue(line.text().codePoints().noneMatch(Character::isISOControl));
    }
  }

  private static String failure(String answer) {
    HttpAnswer read = new HttpAnswer();
    read.add(answer.getBytes(StandardCharsets.US_ASCII));
    assertTrue(read.isComplete());
    return read.failure();
  }

  @Test
  void only_two_and_three_hundreds_are_success() {
    assertEquals("", failure("HTTP/1.1 200 OK\r\n"));
    assertEquals("", failure("HTTP/1.0 302\r\n"));
    assertEquals("HTTP status 503", failure("HTTP/1.1 503 Service Unavailable\r\n"));
    assertEquals("HTTP status 404", failure("HTTP/1.1 404\n"));
    assertEquals("what answers does not speak HTTP/1", failure("SSH-2.0-OpenSSH_9.2\r\n"));
    assertEquals("what answers does not speak HTTP/1", failure("HTTP/1.1 2000 OK\r\n"));
    assertFalse(new HttpAnswer().isComplete());
  }

  @Test
  void a_message_has_what_is_known_of_it() {
    byte[] message =
        "MAINPID=7\nSTATUS=half\u001b[31m\nREADY=1\nX".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of(
            new NotifyMessage.Line(Notice.STATUS, "half?[31m"),
            new NotifyMessage.Line(Notice.READY, "")),
        NotifyMessage.read(message));
  }
}
