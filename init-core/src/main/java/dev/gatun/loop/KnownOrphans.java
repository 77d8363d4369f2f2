package dev.gatun.loop;

import dev.gatun.kernel.PidList;
import dev.gatun.model.OrphanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives numbers to the pids of orphans, from their first sight until they are reaped. */
final class KnownOrphans {
  private final Map<Integer, OrphanId> byPid = new HashMap<>();
  private long nextNumber = 1;

  /** The ones among {@code pids} that have not been seen before. */
  List<OrphanId> arrivals(PidList pids) {
    List<OrphanId> arrived = new ArrayList<>();
    for (int i = 0; i < pids.size(); i++) {
      int pid = pids.get(i);
      if (!byPid.containsKey(pid)) {
        OrphanId id = new OrphanId(nextNumber++, pid);
        byPid.put(pid, id);
        arrived.add(id);
      }
    }
    return arrived;
  }

  /** Whether that orphan has not been reaped: only then does its pid mean it. */
  boolean isAlive(OrphanId id) {
    OrphanId known = byPid.get(id.pid());
    return known != null && known.number() == id.number();
  }

  /** Its identity, or null when it had never been seen. */
  OrphanId reaped(int pid) {
    return byPid.remove(pid);
  }
}
