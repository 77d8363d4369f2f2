package dev.gatun.machine;

import dev.gatun.model.Control;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One part of a kept service: what is wanted of it, and what it is doing.
 *
 * @param script what is being run about a command
 * @param waiting commands that have to wait for the script, or for the outcome of a spawn
 * @param startAt it is not started before
 * @param killAt when what is still alive of it gets KILL
 */
public record Keeper(
    Aim aim,
    Doing doing,
    Optional<Script> script,
    List<Control> waiting,
    Deadline startAt,
    Deadline killAt) {
  /** How many commands may wait; more are not heard. */
  static final int MAX_WAITING = 64;

  public Keeper {
    waiting = List.copyOf(waiting);
  }

  static Keeper down(boolean startsUntold, long nowNanos) {
    return new Keeper(
        startsUntold ? Aim.UP : Aim.DOWN,
        new Doing.Down(nowNanos),
        Optional.empty(),
        List.of(),
        new Deadline(nowNanos),
        Deadline.NEVER);
  }

  /** Whether nothing can be decided about it before something else has been heard. */
  boolean isBusy() {
    return script.isPresent() || doing instanceof Doing.Starting;
  }

  public boolean isGone() {
    return doing instanceof Doing.Gone;
  }

  boolean isToStart() {
    return doing instanceof Doing.Down && aim.starts() && !isBusy();
  }

  boolean has(Incarnation who) {
    return doing.is(who) || script.isPresent() && script.get().who().is(who);
  }

  Deadline nextDeadline() {
    return isToStart() ? startAt.earlier(killAt) : killAt;
  }

  Keeper with(Aim next) {
    return new Keeper(next, doing, script, waiting, startAt, killAt);
  }

  Keeper with(Doing next) {
    return new Keeper(aim, next, script, waiting, startAt, killAt);
  }

  Keeper with(Script next) {
    return new Keeper(aim, doing, Optional.of(next), waiting, startAt, killAt);
  }

  Keeper withoutScript() {
    return new Keeper(aim, doing, Optional.empty(), waiting, startAt, killAt);
  }

  Keeper withWaiting(List<Control> controls) {
    return new Keeper(aim, doing, script, controls, startAt, killAt);
  }

  Keeper withWaiting(Control last) {
    List<Control> longer = new ArrayList<>(waiting);
    longer.add(last);
    return withWaiting(longer);
  }

  Keeper withStartAt(Deadline deadline) {
    return new Keeper(aim, doing, script, waiting, deadline, killAt);
  }

  Keeper withKillAt(Deadline deadline) {
    return new Keeper(aim, doing, script, waiting, startAt, deadline);
  }

  /** What clients see of it. */
  ServiceStatus status(boolean normallyUp) {
    return switch (doing) {
      case Doing.Down down -> status(ServiceStatus.Activity.DOWN, 0, down.sinceNanos(), normallyUp);
      case Doing.Starting starting ->
          status(ServiceStatus.Activity.DOWN, 0, starting.downSinceNanos(), normallyUp);
      case Doing.Up up ->
          new ServiceStatus(
              ServiceStatus.Activity.RUN,
              up.pid(),
              up.paused(),
              aim.shown(),
              up.terminated(),
              normallyUp,
              up.sinceNanos());
      case Doing.Finishing finishing ->
          status(
              ServiceStatus.Activity.FINISH, finishing.pid(), finishing.sinceNanos(), normallyUp);
      case Doing.Gone gone -> status(ServiceStatus.Activity.DOWN, 0, gone.sinceNanos(), normallyUp);
    };
  }

  private ServiceStatus status(
      ServiceStatus.Activity activity, int pid, long sinceNanos, boolean normallyUp) {
    return new ServiceStatus(activity, pid, false, aim.shown(), false, normallyUp, sinceNanos);
  }
}
