package dev.gatun.loop;

import dev.gatun.kernel.ProcessDescription;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which service a process came from: by the tag that descendants of a service inherit, or, where a
 * process has been given another environment, by the session or group that the service began. Pids
 * of long ago may mean others, so only the latest are remembered.
 */
final class ServiceOrigins {
  /** At most this many processes of services are remembered. */
  static final int MAX_PIDS = 4096;

  private final Set<ServiceName> names = new HashSet<>();
  private final LinkedHashMap<Integer, ServiceName> byPid = new LinkedHashMap<>();

  /** The entry that makes a process and its descendants known as this service's. */
  static OsString tag(ServiceName service) {
    return OsString.of(ProcessDescription.TAG + "=").concat(service.value());
  }

  /** A process of a service has been started, in a session of its own. */
  void started(ServiceName service, int pid) {
    names.add(service);
    byPid.remove(pid);
    byPid.put(pid, service);
    if (byPid.size() > MAX_PIDS) {
      Map.Entry<Integer, ServiceName> eldest = byPid.firstEntry();
      byPid.remove(eldest.getKey());
    }
  }

  /** The service that the process came from, where that is known. */
  Optional<ServiceName> of(ProcessDescription process) {
    if (process.tag().isPresent()) {
      ServiceName tagged = new ServiceName(process.tag().get());
      if (names.contains(tagged)) {
        return Optional.of(tagged);
      }
    }
    ServiceName bySession = byPid.get(process.session());
    return Optional.ofNullable(bySession != null ? bySession : byPid.get(process.group()));
  }
}
