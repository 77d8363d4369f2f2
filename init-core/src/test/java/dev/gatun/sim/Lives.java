package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Stage;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which processes the machine has ordered that are not known to have ended, and their pipes. */
final class Lives {
  private final History history;
  private final Map<String, Incarnation> alive = new HashMap<>();
  private final Map<String, Integer> pids = new HashMap<>();
  private final Set<ServiceName> openPipes = new HashSet<>();
  private final Set<Long> numbers = new HashSet<>();

  Lives(History history) {
    this.history = history;
  }

  /** Whether one of that label, {@code NAME/STAGE}, has been ordered and has not ended. */
  boolean has(String label) {
    return alive.containsKey(label);
  }

  boolean has(Incarnation who) {
    return who.equals(alive.get(who.label()));
  }

  /** Whether its start has been confirmed. */
  boolean isUp(String label) {
    return pids.containsKey(label);
  }

  Collection<Incarnation> all() {
    return alive.values();
  }

  void ordered(Incarnation who) {
    if (!numbers.add(who.number())) {
      history.violated("the number of " + who + " is used twice");
    }
    if (alive.put(who.label(), who) != null) {
      history.violated("two incarnations of " + who.label() + " at once");
    }
    if (who.stage() == Stage.LOG && !openPipes.contains(who.service())) {
      history.violated("a log program without a pipe: " + who);
    }
  }

  void spawned(Incarnation who, int pid) {
    pids.put(who.label(), pid);
  }

  void gone(Incarnation who) {
    if (alive.remove(who.label()) == null) {
      history.violated(who + " ended without being alive");
    }
    pids.remove(who.label());
  }

  void open(Effect.OpenLogPipe effect) {
    if (!openPipes.add(effect.service())) {
      history.violated("opened twice: " + effect);
    }
  }

  void close(Effect.CloseLogPipe effect) {
    ServiceName name = effect.service();
    if (!openPipes.remove(name)) {
      history.violated("closed without being open: the pipe of " + name);
    }
    for (Stage stage : List.of(Stage.RUN, Stage.FINISH, Stage.CONTROL)) {
      if (has(name + "/" + stage.label())) {
        history.violated("the pipe of " + name + " is closed while " + stage + " lives");
      }
    }
  }

  /** What clients are shown must be so. */
  void check(Effect.PublishStatus effect) {
    ServiceStatus status = effect.status();
    String run = effect.service() + "/" + effect.part().stage().label();
    String finish = effect.service() + "/finish";
    int pid =
        switch (status.activity()) {
          case DOWN -> ServiceStatus.NO_PID;
          case RUN -> pids.getOrDefault(run, -1);
          case FINISH -> pids.getOrDefault(finish, ServiceStatus.NO_PID);
        };
    if (status.pid() != pid) {
      history.violated("the pid should be " + pid + ": " + effect);
    }
    if (status.activity() == ServiceStatus.Activity.DOWN && isUp(run)) {
      history.violated("shown as down: " + effect);
    }
  }

  /** Nothing may be left of a service that is released. */
  void release(ServiceName name) {
    for (Incarnation who : all()) {
      if (who.service().equals(name)) {
        history.violated("released while " + who + " lives");
      }
    }
    if (openPipes.contains(name)) {
      history.violated("released with an open pipe: " + name);
    }
  }
}
