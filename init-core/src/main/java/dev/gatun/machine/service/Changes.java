package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.service.Standing.GoingDown;
import dev.gatun.model.Change;
import dev.gatun.model.Deadline;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What those want who operate the container: services change in the order of dependencies. */
public final class Changes {
  private Changes() {}

  public static void onRequested(Decision decision, Event.ChangeRequested event) {
    if (!decision.container().isRunning()) {
      return;
    }
    Set<ServiceId> named = known(decision, event.services());
    boolean upwards = event.change() == Change.START;
    Set<ServiceId> all = event.alone() ? named : withOthers(decision, named, upwards);
    decision.say(Level.INFO, "asked to " + event.change().verb() + " " + names(all));
    for (ServiceId id : all) {
      ServiceState state = decision.find(id).orElseThrow();
      boolean isNamed = named.contains(id);
      decision.put(
          switch (event.change()) {
            case START -> start(state);
            case STOP -> isNamed || isInUse(state) ? stop(state) : state;
            case RESTART -> restart(state, isNamed);
          });
    }
  }

  private static Set<ServiceId> known(Decision decision, List<ServiceId> services) {
    Set<ServiceId> known = new LinkedHashSet<>();
    for (ServiceId id : services) {
      Optional<ServiceState> state = decision.find(id);
      if (state.isPresent() && !state.get().want().isLeaving()) {
        known.add(id);
      }
    }
    return known;
  }

  /** With all that they depend on, or with all that depends on them. */
  private static Set<ServiceId> withOthers(
      Decision decision, Set<ServiceId> named, boolean upwards) {
    Set<ServiceId> all = new LinkedHashSet<>(named);
    ArrayDeque<ServiceId> open = new ArrayDeque<>(named);
    while (!open.isEmpty()) {
      ServiceId id = open.removeFirst();
      for (ServiceId other : upwards ? needs(decision, id) : neededBy(decision, id)) {
        Optional<ServiceState> state = decision.find(other);
        boolean isNew = state.isPresent() && !state.get().want().isLeaving() && all.add(other);
        if (isNew) {
          open.add(other);
        }
      }
    }
    return all;
  }

  private static List<ServiceId> needs(Decision decision, ServiceId id) {
    List<ServiceId> needs = new ArrayList<>();
    for (After after : decision.find(id).orElseThrow().service().after()) {
      if (after.isDependency()) {
        needs.add(after.service());
      }
    }
    return needs;
  }

  private static List<ServiceId> neededBy(Decision decision, ServiceId id) {
    List<ServiceId> neededBy = new ArrayList<>();
    for (ServiceId dependent : decision.services().dependents(id)) {
      if (needs(decision, dependent).contains(id)) {
        neededBy.add(dependent);
      }
    }
    return neededBy;
  }

  private static String names(Set<ServiceId> all) {
    StringBuilder names = new StringBuilder();
    int left = all.size();
    for (ServiceId id : all) {
      names.append(id.name());
      left--;
      names.append(left == 0 ? "" : left == 1 ? " and " : ", ");
    }
    return names.isEmpty() ? "nothing that is known" : names.toString();
  }

  private static boolean isInUse(ServiceState state) {
    return state.livesAtAll() || state.want().starts() || state.isDone();
  }

  private static ServiceState start(ServiceState state) {
    boolean isOneshot = state.service().kind() == Service.Kind.ONESHOT;
    boolean isThere = state.isDone() || !state.life().isNone();
    boolean isTold = state.life() instanceof ProcessLife.Up up && up.told();
    Standing hopeful = state.standing().hopeful();
    if (isThere && !isTold) {
      hopeful = hopeful.staying();
    }
    if (isThere && !hopeful.isGoingDown()) {
      return isOneshot ? state : state.with(Want.UP).with(hopeful);
    }
    return startable(state.with(hopeful).with(isOneshot ? Want.ONCE : Want.UP));
  }

  private static ServiceState startable(ServiceState state) {
    return state.with(state.timers().withStartAt(Deadline.NEVER));
  }

  private static ServiceState stop(ServiceState state) {
    return state
        .with(Want.leftDown(state.service()))
        .with(state.standing().hopeful().going(GoingDown.TOLD));
  }

  /** What is not named goes down and up with the others, if it is up. */
  private static ServiceState restart(ServiceState state, boolean isNamed) {
    boolean isUp = !state.life().isNone() || state.isDone();
    if (!isUp) {
      return isNamed ? start(again(state)) : state;
    }
    boolean isOneshot = state.service().kind() == Service.Kind.ONESHOT;
    return startable(state)
        .with(isOneshot ? Want.ONCE : Want.UP)
        .with(state.standing().hopeful().going(GoingDown.TOLD));
  }

  /** A program that is run once, and leaves nothing to be taken back, is just run again. */
  private static ServiceState again(ServiceState state) {
    return state.with(state.standing().notReady());
  }

  public static void onSignalRequested(Decision decision, Event.SignalRequested event) {
    Optional<ServiceState> found = decision.find(event.service());
    if (found.isEmpty() || found.get().up().isEmpty()) {
      return;
    }
    ServiceState state = found.get();
    if (event.wholeGroup()) {
      decision.act(new Effect.SignalGroup(state.up().get().who(), event.signal()));
    } else {
      decision.put(Stopping.send(decision, state, event.signal()));
    }
  }
}
