package dev.gatun.clients.runsv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.model.ServiceStatus.Wanted;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StatusFilesTest {
  private static final long SECOND = 1_000_000_000;

  private static ServiceStatus status(
      Activity activity, int pid, boolean paused, Wanted wanted, boolean terminated) {
    return new ServiceStatus(activity, pid, paused, wanted, terminated, true, 0);
  }

  private static String hex(ServiceStatus status, long changedAtNanos) {
    return HexFormat.of().formatHex(StatusFiles.binary(status, changedAtNanos));
  }

  private static String text(ServiceStatus status) {
    return new String(StatusFiles.text(status), StandardCharsets.US_ASCII);
  }

  private static String pid(ServiceStatus status) {
    return new String(StatusFiles.pid(status), StandardCharsets.US_ASCII);
  }

  @Test
  void a_program_reads_time_pid_and_flags_where_runsv_has_them() {
    assertEquals(
        "400000000000000b" + "00000002" + "07010000" + "00" + "75" + "00" + "01",
        hex(status(Activity.RUN, 0x107, false, Wanted.UP, false), SECOND + 2));
    assertEquals(
        "400000000000000a" + "00000000" + "00000000" + "00" + "64" + "00" + "00",
        hex(status(Activity.DOWN, ServiceStatus.NO_PID, false, Wanted.DOWN, false), 0));
    assertEquals(
        "400000000000000a" + "00000000" + "01000000" + "01" + "64" + "01" + "02",
        hex(status(Activity.FINISH, 1, true, Wanted.EXIT, true), 0));
  }

  @Test
  void a_time_before_1970_is_one_too() {
    assertEquals(
        "4000000000000009" + "3b9ac9ff",
        hex(status(Activity.DOWN, 0, false, Wanted.UP, false), -1).substring(0, 24));
  }

  @Test
  void people_read_what_it_does_and_what_is_wanted_of_it() {
    assertEquals("run\n", text(status(Activity.RUN, 1, false, Wanted.UP, false)));
    assertEquals(
        "run, paused, got TERM, want down\n",
        text(status(Activity.RUN, 1, true, Wanted.DOWN, true)));
    assertEquals(
        "finish, want exit\n", text(status(Activity.FINISH, 1, false, Wanted.EXIT, false)));
    assertEquals("down\n", text(status(Activity.DOWN, 0, false, Wanted.EXIT, false)));
  }

  @Test
  void the_pid_is_a_line_or_nothing() {
    assertEquals("4711\n", pid(status(Activity.RUN, 4711, false, Wanted.UP, false)));
    assertEquals("", pid(status(Activity.DOWN, ServiceStatus.NO_PID, false, Wanted.UP, false)));
  }
}
