package dev.gatun.loop;

import dev.gatun.kernel.Kernel;
import dev.gatun.model.ServiceId;
import java.util.HashMap;
import java.util.Map;

/**
 * The pipes from services to those that read from them, while Gatun holds both ends. One that could
 * not be made is tried again with the next start: what was short may be there by then.
 */
final class LogPipes {
  private final Kernel kernel;
  private final Map<ServiceId, int[]> endsByReader = new HashMap<>();
  private final Map<ServiceId, Integer> errors = new HashMap<>();

  LogPipes(Kernel kernel) {
    this.kernel = kernel;
  }

  void open(ServiceId reader) {
    int[] ends = new int[2];
    int result = kernel.logPipe(ends);
    if (result < 0) {
      errors.put(reader, result);
    } else {
      errors.remove(reader);
      endsByReader.put(reader, ends);
    }
  }

  /** The end to read from, or why there is none. */
  int readingEnd(ServiceId reader) {
    return end(reader, 0);
  }

  /** The end to write to, or why there is none. */
  int writingEnd(ServiceId reader) {
    return end(reader, 1);
  }

  private int end(ServiceId reader, int which) {
    Integer error = errors.get(reader);
    if (error == null) {
      return endsByReader.get(reader)[which];
    }
    open(reader);
    return error;
  }

  void close(ServiceId reader) {
    errors.remove(reader);
    int[] ends = endsByReader.remove(reader);
    if (ends != null) {
      kernel.close(ends[0]);
      kernel.close(ends[1]);
    }
  }
}
