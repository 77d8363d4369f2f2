package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import java.util.Optional;

/**
 * A service: what is wanted of it beside what it is doing.
 *
 * @param life of its own program
 * @param finish of the program that is run after each end; there is none while its own lives
 * @param standing how it stands with those that depend on it
 */
public record ServiceState(
    Service service,
    Want want,
    ProcessLife life,
    ProcessLife finish,
    Orders orders,
    Timers timers,
    Place place,
    Standing standing) {

  public ServiceState {
    assert life.isNone() || finish.isNone() : "two programs at once: " + life + ", " + finish;
    assert want != Want.GONE || life.isNone() || timers.startAt().isNever() || service.takesOrders()
        : "a start is due of what is to be gone: " + service.id();
  }

  /** One that has not been started. What clients may command is wanted already, if not now. */
  public static ServiceState of(Service service, long nowNanos) {
    ProcessLife none = new ProcessLife.None(ProcessLife.Why.NEW, nowNanos);
    Want want = service.takesOrders() ? Want.first(service) : Want.DOWN;
    return new ServiceState(
        service, want, none, none, Orders.NONE, Timers.NONE, Place.NEW, Standing.NEW);
  }

  public ServiceId id() {
    return service.id();
  }

  public ServiceState with(Service other) {
    return new ServiceState(other, want, life, finish, orders, timers, place, standing);
  }

  public ServiceState with(Want next) {
    if (next == want) {
      return this;
    }
    boolean isOver = next == Want.GONE && !service.takesOrders();
    Timers left = isOver ? timers.withStartAt(Deadline.NEVER) : timers;
    return new ServiceState(service, next, life, finish, orders, left, place, standing);
  }

  public ServiceState with(ProcessLife next) {
    return new ServiceState(service, want, next, finish, orders, timers, place, standing);
  }

  ServiceState withFinish(ProcessLife next) {
    return new ServiceState(service, want, life, next, orders, timers, place, standing);
  }

  ServiceState with(Orders next) {
    return new ServiceState(service, want, life, finish, next, timers, place, standing);
  }

  public ServiceState with(Timers next) {
    return new ServiceState(service, want, life, finish, orders, next, place, standing);
  }

  ServiceState with(Place next) {
    return new ServiceState(service, want, life, finish, orders, timers, next, standing);
  }

  public ServiceState with(Standing next) {
    return next == standing
        ? this
        : new ServiceState(service, want, life, finish, orders, timers, place, next);
  }

  /** Starts the countdown to KILL anew, or ends it when nothing is left. */
  public ServiceState killedAfter(long nowNanos) {
    boolean counts = livesAtAll();
    Deadline killAt =
        counts ? Deadline.after(nowNanos, service.stop().killAfterNanos()) : Deadline.NEVER;
    return with(timers.withKillAt(killAt));
  }

  /** The same after a stop that somebody has ordered while the container runs. */
  ServiceState killedAfterOrder(long nowNanos) {
    long nanos = service.stop().killAfterOrderNanos();
    return nanos == 0 ? this : with(timers.withKillAt(Deadline.after(nowNanos, nanos)));
  }

  /** Whether any process of it is alive or being made. */
  public boolean livesAtAll() {
    return !life.isNone()
        || !finish.isNone()
        || orders.script().isPresent()
        || standing.watch().isPresent() && standing.watch().get().lives();
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
    return !livesAtAll()
        && (!want.starts() || standing.skipped())
        && want != Want.HELD
        && (want != Want.GONE || !isToTakeBack())
        && (!service.takesOrders() || want == Want.GONE);
  }

  /** Whether it has done something that a program of it is to take back before it is gone. */
  boolean isToTakeBack() {
    return standing.ready() && service.hooks().down().isPresent();
  }

  /** Whether it is a program that is run once, has succeeded, and nothing has taken that back. */
  boolean isDone() {
    return service.kind() == Service.Kind.ONESHOT && standing.ready();
  }

  /** Whether it shows that it is ready, and is not ready just because its program runs. */
  public boolean showsReadiness() {
    return service.kind() == Service.Kind.LONGRUN
        && service.readiness().isPresent()
        && !(service.readiness().get().sign() instanceof Readiness.ByKind);
  }

  /** Whether those that depend on it may be started, if it need not be more than up. */
  public boolean isUp() {
    if (standing.isGoingDown()) {
      return false;
    }
    return service.kind() == Service.Kind.ONESHOT
        ? standing.ready()
        : life instanceof ProcessLife.Up up && !up.told();
  }

  /** Whether those that depend on it may be started. */
  public boolean isReady() {
    return isUp() && (standing.ready() || !showsReadiness());
  }

  /** Whether its probes or its watchdog say that it does not do its work. */
  public boolean isUnhealthy() {
    return standing.watch().isPresent()
        && service.health().isPresent()
        && standing.watch().get().failures() >= service.health().get().failures();
  }

  /** Whether it is down, and stays so until somebody says otherwise. */
  boolean isLeftDown() {
    return !want.starts() && !livesAtAll();
  }

  /** What of it matters to those that depend on it, and to those that it depends on. */
  public int face() {
    return (isReady() ? 1 : 0)
        | (isUp() ? 2 : 0)
        | (standing.hasFailed() ? 4 : 0)
        | (standing.skipped() ? 8 : 0)
        | (livesAtAll() ? 16 : 0)
        | (life.isNone() ? 32 : 0)
        | (life.isNew() ? 64 : 0)
        | (standing.isGoingDown() ? 128 : 0)
        | (want.starts() ? 256 : 0)
        | (isDone() ? 512 : 0);
  }

  /** Whether a process is one of this service's that lives. */
  boolean has(Incarnation who) {
    return life.is(who)
        || finish.is(who)
        || orders.script().isPresent() && orders.script().get().life().is(who)
        || isProbedBy(who);
  }

  /** Whether a question that waits for its answer is that one. */
  boolean isProbedBy(Incarnation who) {
    return standing.watch().isPresent() && standing.watch().get().probe().is(who);
  }

  /** When something is to be done about it without any event. */
  public Deadline nextDeadline() {
    Deadline next = timers.killAt().earlier(timers.pending().at()).earlier(standing.nextDeadline());
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
    boolean ready = activity == Activity.RUN && showsReadiness() && standing.ready();
    return new ServiceStatus(
        activity,
        pid,
        paused,
        want.shown(),
        told,
        service.startsAutomatically(),
        sinceNanos,
        ready,
        ready ? standing.readySinceNanos() : 0,
        standing.lastEnd());
  }

  /** Its own process, if it is known to run. */
  public Optional<ProcessLife.Up> up() {
    return life instanceof ProcessLife.Up up ? Optional.of(up) : Optional.empty();
  }
}
