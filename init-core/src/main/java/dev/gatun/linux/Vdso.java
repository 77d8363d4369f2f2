package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Where a thread can be made to make a system call: just before where it is, when it is in one, or
 * in the code that the kernel maps into every process, which always has such an instruction.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vdso.7.html">vdso(7)</a>
 */
final class Vdso {
  private static final int MAX_MAPS_BYTES = 1024 * 1024;
  private static final int MAX_AUXV_BYTES = 4096;
  private static final long UNKNOWN = -1;

  private final Registers registers;
  private long offset = UNKNOWN;
  private boolean searched;

  Vdso(Registers registers) {
    this.registers = registers;
  }

  /** The address of an instruction for a system call in a stopped thread, or 0. */
  long instruction(Tracee tracee, String directory) {
    long at = tracee.programCounter();
    long before = at - registers.instructionBytes();
    if (registers.isInstruction(tracee.peek(before, 0))) {
      return before;
    }
    if (registers.isInstruction(tracee.peek(at, 0))) {
      return at;
    }
    long base = base(directory);
    if (base == 0 || offset() == UNKNOWN) {
      return 0;
    }
    return registers.isInstruction(tracee.peek(base + offset, 0)) ? base + offset : 0;
  }

  /** Where the kernel mapped its code, by the auxiliary vector: pairs of a key and a value. */
  private static long base(String directory) {
    byte[] vector = ProcFile.read(directory + "/auxv", MAX_AUXV_BYTES);
    for (int at = 0; at + 2 * Long.BYTES <= vector.length; at += 2 * Long.BYTES) {
      if (word(vector, at) == Libc.AT_SYSINFO_EHDR()) {
        return word(vector, at + Long.BYTES);
      }
    }
    return 0;
  }

  private static long word(byte[] bytes, int at) {
    long word = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      word = word << 8 | Byte.toUnsignedLong(bytes[at + i]);
    }
    return word;
  }

  /** It is the same code in every process, so our own is searched. */
  private long offset() {
    if (!searched) {
      searched = true;
      search();
    }
    return offset;
  }

  private void search() {
    byte[] maps = ProcFile.read("/proc/self/maps", MAX_MAPS_BYTES);
    String text = new String(maps, StandardCharsets.ISO_8859_1);
    int name = text.indexOf("[vdso]");
    if (name < 0) {
      return;
    }
    int line = text.lastIndexOf('\n', name) + 1;
    int dash = text.indexOf('-', line);
    long begin = ProcFile.number(text.substring(line, dash), 16, 0);
    long end = ProcFile.number(text.substring(dash + 1, text.indexOf(' ', dash)), 16, 0);
    for (long at = begin;
        begin != 0 && at + Long.BYTES <= end;
        at += registers.instructionAlignment()) {
      if (registers.isInstruction(LinuxMemory.ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, at))) {
        offset = at - begin;
        return;
      }
    }
  }
}
