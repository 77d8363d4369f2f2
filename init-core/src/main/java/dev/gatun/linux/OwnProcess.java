package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.prctl_mm_map;
import dev.gatun.model.Environment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What others see of this process in /proc, and what its children would inherit although only
 * HotSpot has asked for it. All of it is put right before the first child is made. What /proc or
 * the kernel refuses stays as it is: nothing of a container's work hangs on it.
 */
public final class OwnProcess {
  /** Says that the JVM was told to leave the filter of core files alone: see jvm.options. */
  private static final String FILTER_IS_GIVEN = "gatun.core.filter";

  private static final String FILTER = "/proc/self/coredump_filter";
  private static final String NAME = "/proc/self/comm";
  private static final int MAX_STAT_BYTES = 4096;

  /** Private and shared pages that files back: HotSpot wants its archive of classes in a core. */
  private static final long HOTSPOTS_PAGES = 1 << 2 | 1 << 3;

  private OwnProcess() {}

  /** Whether this is the first process of its pid namespace, PID 1. */
  public static boolean isFirst() {
    return Libc.getpid() == 1;
  }

  /**
   * Is called {@code name} from now on, and no longer java: so tells the first thread's name.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html">proc_pid_comm(5)</a>
   */
  public static void callItself(String name) {
    ProcFile.write(NAME, name.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Takes the pages that HotSpot adds to every core file out again: children inherit that. Where
   * they were in before HotSpot came cannot be told, unless it was kept from adding any.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/core.5.html">core(5)</a>
   */
  public static void restoreCoreFilter() {
    if (System.getProperty(FILTER_IS_GIVEN) != null) {
      return;
    }
    String digits = new String(ProcFile.read(FILTER, 64), StandardCharsets.ISO_8859_1).strip();
    long filter = ProcFile.number(digits, 16, 0);
    if ((filter & HOTSPOTS_PAGES) != 0) {
      String restored = Long.toHexString(filter & ~HOTSPOTS_PAGES);
      ProcFile.write(FILTER, "0x".concat(restored).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Lets no program that this thread starts from now on end the container by reboot(2): it would
   * end at once, and with the code of a signal. They find that they may not, as in most containers.
   *
   * @see <a
   *     href="https://man7.org/linux/man-pages/man2/PR_CAPBSET_DROP.2const.html">PR_CAPBSET_DROP(2const)</a>
   */
  public static void startNobodyWhoReboots() {
    Libc.prctl(Libc.PR_CAPBSET_DROP(), Libc.CAP_SYS_BOOT(), 0, 0, 0);
  }

  /**
   * Has {@code /proc/PID/environ} show this environment. It shows memory, wherever that is; what
   * this process itself reads stays where it was. The break of the heap, which must be named too,
   * may be another one by then when another thread allocates just now: glibc takes memory from
   * elsewhere after that.
   *
   * @see <a
   *     href="https://man7.org/linux/man-pages/man2/PR_SET_MM.2const.html">PR_SET_MM(2const)</a>
   */
  public static void showEnvironment(Environment environment) {
    long[] stat = numbers(ProcFile.read("/proc/self/stat", MAX_STAT_BYTES));
    if (stat[StatField.ENV_START] == 0) {
      return;
    }
    MemorySegment shown = CStrings.allocateBlock(Arena.global(), environment.entries());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map = prctl_mm_map.allocate(arena);
      ByteBuffer fields = Fields.view(map);
      fields.putLong((int) prctl_mm_map.start_code$offset(), stat[StatField.START_CODE]);
      fields.putLong((int) prctl_mm_map.end_code$offset(), stat[StatField.END_CODE]);
      fields.putLong((int) prctl_mm_map.start_data$offset(), stat[StatField.START_DATA]);
      fields.putLong((int) prctl_mm_map.end_data$offset(), stat[StatField.END_DATA]);
      fields.putLong((int) prctl_mm_map.start_brk$offset(), stat[StatField.START_BRK]);
      fields.putLong((int) prctl_mm_map.start_stack$offset(), stat[StatField.START_STACK]);
      fields.putLong((int) prctl_mm_map.arg_start$offset(), stat[StatField.ARG_START]);
      fields.putLong((int) prctl_mm_map.arg_end$offset(), stat[StatField.ARG_END]);
      fields.putLong((int) prctl_mm_map.env_start$offset(), shown.address());
      fields.putLong((int) prctl_mm_map.env_end$offset(), shown.address() + shown.byteSize());
      fields.putInt((int) prctl_mm_map.exe_fd$offset(), -1);
      long end = Libc.syscall(Libc.SYS_brk(), 0, 0, 0, 0, 0);
      fields.putLong((int) prctl_mm_map.brk$offset(), end);
      Libc.prctl(Libc.PR_SET_MM(), Libc.PR_SET_MM_MAP(), map.address(), map.byteSize(), 0);
    }
  }

  /** The numbers of proc_pid_stat(5), counted as there; the name is in parentheses. */
  private static long[] numbers(byte[] stat) {
    long[] numbers = new long[StatField.COUNT];
    int at = stat.length;
    while (at > 0 && stat[at - 1] != ')') {
      at--;
    }
    for (int field = 2; at < stat.length && field < numbers.length; at++) {
      if (stat[at] == ' ') {
        field++;
      } else if (stat[at] >= '0' && stat[at] <= '9' && field < numbers.length) {
        numbers[field] = numbers[field] * 10 + stat[at] - '0';
      }
    }
    return numbers;
  }

  /** Which field of proc_pid_stat(5) is what. */
  private static final class StatField {
    static final int START_CODE = 26;
    static final int END_CODE = 27;
    static final int START_STACK = 28;
    static final int START_DATA = 45;
    static final int END_DATA = 46;
    static final int START_BRK = 47;
    static final int ARG_START = 48;
    static final int ARG_END = 49;
    static final int ENV_START = 50;
    static final int COUNT = 52;

    private StatField() {}
  }
}
