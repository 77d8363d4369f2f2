package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.SessionUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the processes of services use: all those of the session that a service's own process began.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
public final class ServiceUsage implements SessionUse {
  /** Where nothing can be seen. */
  public static final ServiceUsage NONE = new ServiceUsage();

  /** Whoever has more does not learn of all: a look is not to take long. */
  private static final int MAX_PROCESSES = 2000;

  private static final int MAX_STAT_BYTES = 4096;

  /** Fields of the file, counted from the one behind the name. */
  private static final int SESSION = 3;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int RESIDENT_PAGES = 21;

  private static final long TICKS_A_SECOND = 100;

  private final Map<String, Use> bySession = new HashMap<>();

  private ServiceUsage() {}

  /** Of one session. */
  private record Use(long ticks, long bytes) {}

  /** The same, as the port has it: who calls this need not load that before. */
  static SessionUse now() {
    return read();
  }

  /** Looks at all processes once. */
  public static ServiceUsage read() {
    ServiceUsage usage = new ServiceUsage();
    long pageBytes = Libc.sysconf(Libc._SC_PAGESIZE());
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      int count = 0;
      for (Path process : all) {
        if (count++ == MAX_PROCESSES) {
          break;
        }
        usage.add(process, pageBytes);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return NONE;
    }
    return usage;
  }

  private void add(Path process, long pageBytes) {
    byte[] bytes = ProcFile.read(process.resolve("stat").toString(), MAX_STAT_BYTES);
    String stat = new String(bytes, StandardCharsets.ISO_8859_1);
    int name = stat.lastIndexOf(')');
    String[] fields = name < 0 ? new String[0] : stat.substring(name + 2).split(" ");
    if (fields.length > RESIDENT_PAGES) {
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
      Use use = new Use(ticks, Long.parseLong(fields[RESIDENT_PAGES]) * pageBytes);
      bySession.merge(
          fields[SESSION],
          use,
          (one, other) -> new Use(one.ticks + other.ticks, one.bytes + other.bytes));
    }
  }

  @Override
  public double cpuSeconds(int session) {
    Use use = bySession.get(String.valueOf(session));
    return use == null ? -1 : use.ticks / (double) TICKS_A_SECOND;
  }

  @Override
  public long memoryBytes(int session) {
    Use use = bySession.get(String.valueOf(session));
    return use == null ? -1 : use.bytes;
  }

  /** The processor time of a session, in seconds with one digit; empty where it is not known. */
  public String cpu(String session) {
    Use use = bySession.get(session);
    if (use == null) {
      return "";
    }
    long tenths = use.ticks * 10 / TICKS_A_SECOND;
    return tenths / 10 + "." + tenths % 10 + " s";
  }

  /** The resident memory of a session, in MiB; empty where it is not known. */
  public String memory(String session) {
    Use use = bySession.get(session);
    return use == null ? "" : (use.bytes + (1 << 19) >> 20) + " MiB";
  }
}
