package dev.gatun.loop;

import dev.gatun.model.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of services that live or have not been reaped: pids stay below the loop. */
final class Children {

  /**
   * @param descriptor of the process, or negative when there is none
   */
  record Child(Incarnation who, int pid, int descriptor) {
    boolean hasDescriptor() {
      return descriptor >= 0;
    }
  }

  private final Map<Integer, Child> byPid = new HashMap<>();
  private final Map<Long, Child> byNumber = new HashMap<>();

  void add(Child child) {
    byPid.put(child.pid(), child);
    byNumber.put(child.who().number(), child);
  }

  void remove(Child child) {
    byPid.remove(child.pid());
    byNumber.remove(child.who().number());
  }

  /** Those whose end no descriptor tells. */
  List<Child> withoutDescriptor() {
    List<Child> found = new ArrayList<>();
    for (Child child : byPid.values()) {
      if (!child.hasDescriptor()) {
        found.add(child);
      }
    }
    return found;
  }

  /** The child with that pid, or null. */
  Child get(int pid) {
    return byPid.get(pid);
  }

  /** The child that is that incarnation, or null. */
  Child get(Incarnation who) {
    return byNumber.get(who.number());
  }
}
