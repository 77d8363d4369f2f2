package dev.gatun.reaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers out of the files of /proc. */
class ProcTextTest {
  private static final int WAIT4 = 61;
  private static final int WAITID = 247;
  private static final int ONE_PID = 1;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int waitedFor(String syscall) {
    return ProcText.waitedFor(bytes(syscall), WAIT4, WAITID, ONE_PID);
  }

  @Test
  void children_are_listed_with_spaces() {
    assertEquals(List.of(23, 32), ProcText.pids(bytes("23 32 ")));
    assertEquals(List.of(), ProcText.pids(bytes("")));
  }

  @Test
  void a_name_may_have_anything_in_it() {
    byte[] stat =
        bytes(
            "23 (a) Z 9 (b) c) Z 1 23 23 0 -1 4228 0 0 0 0 0 0 0 0 20 0 1 0 81512 0 0"
                + " 18446744073709551615\n");
    assertEquals(1, ProcText.parent(stat));
    assertEquals(81512, ProcText.startTicks(stat));
  }

  @Test
  void a_file_that_is_gone_has_no_numbers() {
    assertEquals(-1, ProcText.parent(bytes("")));
    assertEquals(-1, ProcText.startTicks(bytes("")));
  }

  @Test
  void a_thread_waits_for_one_process() {
    assertEquals(20, waitedFor("61 0x14 0x7f7ef97fe6ac 0x0 0x0 0x0 0x0 0x7f7e 0x7f7f\n"));
    assertEquals(20, waitedFor("247 0x1 0x14 0x7f7ef97fe6ac 0x4 0x0 0x0 0x7f7e 0x7f7f\n"));
  }

  @Test
  void a_thread_waits_for_none_or_for_any() {
    assertEquals(0, waitedFor("running\n"));
    assertEquals(0, waitedFor("-1 0x7f7ef97fe6ac 0x14\n"));
    assertEquals(0, waitedFor("202 0x14 0x7f7ef97fe6ac 0x0 0x0 0x0 0x0 0x7f7e 0x7f7f\n"));
    assertEquals(0, waitedFor("61 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x7f7e 0x7f7f\n"));
    assertEquals(0, waitedFor("61 0xffffffff 0x0 0x0 0x0 0x0 0x0 0x7f7e 0x7f7f\n"));
    assertEquals(0, waitedFor("247 0x0 0x14 0x7f7ef97fe6ac 0x4 0x0 0x0 0x7f7e 0x7f7f\n"));
    assertEquals(0, waitedFor("247 0x3 0x14 0x7f7ef97fe6ac 0x4 0x0 0x0 0x7f7e 0x7f7f\n"));
  }

  @Test
  void a_thread_of_the_jdk_names_the_process() {
    assertEquals(4711, WaitingThreads.pid("process reaper (pid 4711)"));
    assertEquals(0, WaitingThreads.pid("process reaper"));
    assertEquals(0, WaitingThreads.pid("process reaper (pid x)"));
  }

  /** Programs choose their names, and files are cut short. */
  @FuzzTest
  void whatever_is_in_a_file_has_numbers_or_none(byte[] text) {
    assertTrue(ProcText.pids(text).stream().allMatch(pid -> pid > 0));
    assertTrue(ProcText.waitedFor(text, WAIT4, WAITID, ONE_PID) >= 0);
    ProcText.parent(text);
    ProcText.startTicks(text);
  }
}
