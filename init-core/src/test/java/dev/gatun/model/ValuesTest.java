package dev.gatun.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  @ParameterizedTest
  @CsvSource({"1,HUP", "9,KILL", "15,TERM", "31,SYS", "34,RTMIN+0", "37,RTMIN+3", "64,RTMIN+30"})
  void signals_are_called_what_kill_calls_them(int number, String name) {
    assertEquals(name, new Signal(number).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "TERM,15",
    "SIGTERM,15",
    "15,15",
    "RTMIN,34",
    "SIGRTMIN+3,37",
    "RTMIN+30,64",
    "RTMAX,64",
    "RTMAX-1,63",
    "64,64",
    "7,7"
  })
  void signals_are_found_by_name_and_number(String text, int number) {
    assertEquals(Optional.of(new Signal(number)), Signal.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65",
        "-1",
        "SIG15",
        "term",
        "RTMIN+31",
        "RTMIN+",
        "RTMIN-1",
        "RTMAX+1",
        "RTMIN3",
        "999"
      })
  void nothing_else_is_a_signal(String text) {
    assertEquals(Optional.empty(), Signal.parse(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void there_are_no_signals_beyond_64(int number) {
    assertThrows(IllegalArgumentException.class, () -> new Signal(number));
  }

  @Test
  void a_deadline_that_cannot_be_counted_is_never() {
    assertTrue(Deadline.after(5, -1).isNever());
    assertTrue(Deadline.after(Long.MAX_VALUE - 1, 2).isNever());
    assertFalse(Deadline.NEVER.isDue(Long.MAX_VALUE));
    assertEquals(new Deadline(8), Deadline.after(5, 3));
    assertTrue(new Deadline(8).isDue(8));
    assertFalse(new Deadline(8).isDue(7));
    assertEquals(new Deadline(3), new Deadline(8).earlier(new Deadline(3)));
    assertEquals(new Deadline(3), new Deadline(3).earlier(Deadline.NEVER));
  }

  @Test
  void only_exit_with_0_is_success() {
    assertTrue(new ExitStatus.Exited(0).isSuccess());
    assertFalse(new ExitStatus.Exited(1).isSuccess());
    assertFalse(new ExitStatus.Signaled(Signal.TERM, false).isSuccess());
    assertFalse(new ExitStatus.Signaled(new Signal(15), false).isCode(15));
    assertTrue(new ExitStatus.Exited(115).isCode(115));
  }
}
