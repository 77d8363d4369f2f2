package dev.gatun.clients.sysv;

import dev.gatun.model.OsString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a record of logins.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/utmp.5.html">utmp(5)</a>
 */
final class LoginRecord {
  private static final int RUN_LEVEL = 1;
  private static final int BOOT_TIME = 2;
  private static final int INIT_PROCESS = 5;
  private static final int DEAD_PROCESS = 8;

  private static final int PID = 4;
  private static final int LINE = 8;
  private static final int ID = 40;
  private static final int ID_BYTES = 4;
  private static final int USER = 44;
  private static final int USER_BYTES = 32;
  private static final int HOST = 76;
  private static final int HOST_BYTES = 256;
  private static final int SESSION = 336;
  private static final int OTHER_LEVEL = 256;
  private static final int MILLIS = 1000;

  private LoginRecord() {}

  /** The container has begun. */
  static byte[] boot(String release, long millis) {
    return named(BOOT_TIME, 0, "reboot", release, millis);
  }

  /** A runlevel was entered. */
  static byte[] level(char previous, char level, String release, long millis) {
    return named(RUN_LEVEL, level + OTHER_LEVEL * previous, "runlevel", release, millis);
  }

  private static byte[] named(int type, int pid, String user, String release, long millis) {
    ByteBuffer record = begin(type, pid, OsString.of("~~"), millis);
    record.put(LINE, (byte) '~');
    put(record, USER, USER_BYTES, user);
    put(record, HOST, HOST_BYTES, release);
    return record.array();
  }

  /** A process of a runlevel has begun, or ended. */
  static byte[] process(OsString id, int pid, boolean lives, long millis) {
    return begin(lives ? INIT_PROCESS : DEAD_PROCESS, pid, id, millis).array();
  }

  private static ByteBuffer begin(int type, int pid, OsString id, long millis) {
    boolean isWide = isWide();
    ByteBuffer record = ByteBuffer.allocate(length()).order(ByteOrder.nativeOrder());
    record.putShort(0, (short) type).putInt(PID, pid);
    record.put(ID, id.bytes(), 0, Math.min(ID_BYTES, id.length()));
    long micros = millis % MILLIS * MILLIS;
    if (isWide) {
      record.putLong(SESSION + 8, millis / MILLIS).putLong(SESSION + 16, micros);
    } else {
      record.putInt(SESSION + 4, (int) (millis / MILLIS)).putInt(SESSION + 8, (int) micros);
    }
    return record;
  }

  /** glibc has 32 bits for the time where programs of 32 bits may run beside it. */
  private static boolean isWide() {
    return !System.getProperty("os.arch").equals("amd64");
  }

  /** How many bytes one has. */
  static int length() {
    return isWide() ? 400 : 384;
  }

  private static void put(ByteBuffer record, int at, int most, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    record.put(at, bytes, 0, Math.min(most, bytes.length));
  }

  /** Whether a record is to be written in the place of another: as pututline(3) has it. */
  static boolean isPlaceOf(byte[] record, byte[] there) {
    int type = type(record);
    if (type == RUN_LEVEL || type == BOOT_TIME) {
      return type(there) == type;
    }
    boolean isOfProcess = type(there) >= INIT_PROCESS && type(there) <= DEAD_PROCESS;
    for (int i = 0; i < ID_BYTES; i++) {
      isOfProcess &= record[ID + i] == there[ID + i];
    }
    return isOfProcess;
  }

  private static int type(byte[] record) {
    return ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).getShort(0);
  }
}
