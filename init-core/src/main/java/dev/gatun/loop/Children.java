package dev.gatun.loop;

import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
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

  /** The last process of each service that has ended: its group may be left. */
  private final Map<ServiceId, Child> ended = new HashMap<>();

  void add(Child child) {
    byPid.put(child.pid(), child);
    byNumber.put(child.who().number(), child);
  }

  void remove(Child child) {
    byPid.remove(child.pid());
    byNumber.remove(child.who().number());
    Incarnation who = child.who();
    if (who.stage().owner() == who.stage()) {
      ended.put(new ServiceId(who.service(), who.stage()), child);
    }
  }

  /** Nothing is left of that service. */
  void forget(ServiceName service) {
    ended.remove(ServiceId.run(service));
    ended.remove(ServiceId.log(service));
  }

  /**
   * The process group that a service's own process leads, or led until it ended as the last one of
   * its service; 0 when it is not known. Its pid is given to nobody else while it is the name of a
   * group in which somebody is left.
   */
  int groupLedBy(Incarnation leader) {
    Child alive = get(leader);
    if (alive != null) {
      return alive.pid();
    }
    Child last = ended.get(new ServiceId(leader.service(), leader.stage()));
    boolean isNameOfItsGroup =
        last != null && last.who().is(leader) && !byPid.containsKey(last.pid());
    return isNameOfItsGroup ? last.pid() : 0;
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
