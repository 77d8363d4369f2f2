package dev.gatun.loop;

import dev.gatun.kernel.Kernel;
import dev.gatun.model.ServiceName;
import java.util.HashMap;
import java.util.Map;

/**
 * The pipes from services to their log programs, while Gatun holds both ends. One that could not be
 * made is tried again with the next start: what was short may be there by then.
 */
final class LogPipes {
  private final Kernel kernel;
  private final Map<ServiceName, int[]> endsByService = new HashMap<>();
  private final Map<ServiceName, Integer> errors = new HashMap<>();

  LogPipes(Kernel kernel) {
    this.kernel = kernel;
  }

  void open(ServiceName service) {
    int[] ends = new int[2];
    int result = kernel.logPipe(ends);
    if (result < 0) {
      errors.put(service, result);
    } else {
      errors.remove(service);
      endsByService.put(service, ends);
    }
  }

  /** Whether the service's stdout goes to a log program; also when the pipe could not be made. */
  boolean has(ServiceName service) {
    return endsByService.containsKey(service) || errors.containsKey(service);
  }

  /** The end to read from, or why there is none. */
  int readingEnd(ServiceName service) {
    return end(service, 0);
  }

  /** The end to write to, or why there is none. */
  int writingEnd(ServiceName service) {
    return end(service, 1);
  }

  private int end(ServiceName service, int which) {
    Integer error = errors.get(service);
    if (error == null) {
      return endsByService.get(service)[which];
    }
    open(service);
    return error;
  }

  void close(ServiceName service) {
    errors.remove(service);
    int[] ends = endsByService.remove(service);
    if (ends != null) {
      kernel.close(ends[0]);
      kernel.close(ends[1]);
    }
  }
}
