package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.plan.Service;
import java.util.Optional;

/**
 * A service: what is wanted of it beside what it is doing.
 *
 * @param life of its own program
 * @param finish of the program that is run after each end; there is none while its own lives
 */
public record ServiceState(
    Service service,
    Want want,
    ProcessLife life,
    ProcessLife finish,
    Orders orders,
    Timers timers,
    Place place) {

  public ServiceState {
    assert life.isNone() || finish.isNone() : "two programs at once: " + life + ", " + finish;
    assert want != Want.GONE || life.isNone() || timers.startAt().isNever() || service.takesOrders()
        : "a start is due of what is to be gone: " + service.id();
  }

  /** One that has not been started. What clients may command is wanted already, if not now. */
  public static ServiceState of(Service service, long nowNanos) {
    ProcessLife none = new ProcessLife.None(ProcessLife.Why.NEW, nowNanos);
    Want want = service.takesOrders() ? Want.first(service) : Want.DOWN;
    return new ServiceState(service, want, none, none, Orders.NONE, Timers.NONE, Place.NEW);
  }

  public ServiceId id() {
    return service.id();
  }

  public ServiceState with(Service other) {
    return new ServiceState(other, want, life, finish, orders, timers, place);
  }

  public ServiceState with(Want next) {
    return next == want
        ? this
        : new ServiceState(service, next, life, finish, orders, timers, place);
  }

  public ServiceState with(ProcessLife next) {
    return new ServiceState(service, want, next, finish, orders, timers, place);
  }

  ServiceState withFinish(ProcessLife next) {
    return new ServiceState(service, want, life, next, orders, timers, place);
  }

  ServiceState with(Orders next) {
    return new ServiceState(service, want, life, finish, next, timers, place);
  }

  public ServiceState with(Timers next) {
    return new ServiceState(service, want, life, finish, orders, next, place);
  }

  ServiceState with(Place next) {
    return new ServiceState(service, want, life, finish, orders, timers, next);
  }

  /** Starts the countdown to KILL anew, or ends it when nothing is left. */
  public ServiceState killedAfter(long nowNanos) {
    boolean counts = livesAtAll();
    Deadline killAt =
        counts ? Deadline.after(nowNanos, service.stop().killAfterNanos()) : Deadline.NEVER;
    return with(timers.withKillAt(killAt));
  }

  /** Whether any process of it is alive or being made. */
  boolean livesAtAll() {
    return !life.isNone() || !finish.isNone() || orders.script().isPresent();
  }

  /** Whether nothing can be decided about it before something else has been heard. */
  boolean isBusy() {
    return orders.script().isPresent() || life.isStarting();
  }

  /** Whether it is down and is to be started, as soon as that may be. */
  public boolean isToStart() {
    return want.starts() && !livesAtAll();
  }

  /** Whether no process of it is alive, and none will be unless somebody wants it anew. */
  public boolean isGone() {
    return !livesAtAll() && !want.starts() && (!service.takesOrders() || want == Want.GONE);
  }

  /** Whether a process is one of this service's that lives. */
  boolean has(Incarnation who) {
    return life.is(who)
        || finish.is(who)
        || orders.script().isPresent() && orders.script().get().life().is(who);
  }

  /** When something is to be done about it without any event. */
  public Deadline nextDeadline() {
    Deadline next = timers.killAt().earlier(timers.pending().at());
    return isToStart() ? next.earlier(timers.startAt()) : next;
  }

  /** What clients see of it. */
  public ServiceStatus status() {
    if (life instanceof ProcessLife.Up up) {
      return status(Activity.RUN, up.pid(), up.paused(), up.told(), up.sinceNanos());
    }
    if (finish instanceof ProcessLife.Up up) {
      return status(Activity.FINISH, up.pid(), false, false, downSinceNanos());
    }
    return status(Activity.DOWN, ServiceStatus.NO_PID, false, false, downSinceNanos());
  }

  long downSinceNanos() {
    return life instanceof ProcessLife.None none
        ? none.sinceNanos()
        : ((ProcessLife.Starting) life).downSinceNanos();
  }

  private ServiceStatus status(
      Activity activity, int pid, boolean paused, boolean told, long sinceNanos) {
    return new ServiceStatus(
        activity, pid, paused, want.shown(), told, service.startsAutomatically(), sinceNanos);
  }

  /** Its own process, if it is known to run. */
  public Optional<ProcessLife.Up> up() {
    return life instanceof ProcessLife.Up up ? Optional.of(up) : Optional.empty();
  }
}
