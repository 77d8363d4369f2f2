package dev.gatun.machine;

import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.machine.level.Levels;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.service.Arrivals;
import dev.gatun.machine.service.Roster;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * An answer in the making: it never leaves the step that makes it. Handlers change what is known
 * and order effects here. They do not call one another: what one leaves to be done by another
 * stands here too, services that are to be looked at and an end of the container that is to begin.
 */
public final class Decision {
  private final State before;
  private final long nowNanos;
  private final List<Effect> effects = new ArrayList<>();
  private final LinkedHashSet<ServiceId> toReconcile = new LinkedHashSet<>();
  private Roster services;
  private Environment environment;
  private boolean environmentIsStale;
  private Container container;
  private Orphans orphans;
  private Deadline scanAt;
  private long nextIncarnation;
  private Arrivals arrivals;
  private Optional<Levels> levels;
  private Optional<Ending> ending = Optional.empty();

  /**
   * An end of the container that is to begin.
   *
   * @param level how much it matters to people
   */
  public record Ending(Verdict verdict, Level level) {}

  public Decision(State before, long nowNanos) {
    this.before = before;
    this.nowNanos = nowNanos;
    services = before.services();
    environment = before.environment();
    environmentIsStale = before.environmentIsStale();
    container = before.container();
    orphans = before.orphans();
    scanAt = before.scanAt();
    nextIncarnation = before.nextIncarnation();
    arrivals = before.arrivals();
    levels = before.levels();
  }

  /** The state that the event has found. */
  public State before() {
    return before;
  }

  public Plan plan() {
    return before.plan();
  }

  public long nowNanos() {
    return nowNanos;
  }

  public Container container() {
    return container;
  }

  public void become(Container next) {
    container = next;
  }

  public Orphans orphans() {
    return orphans;
  }

  public void become(Orphans next) {
    orphans = next;
  }

  public Arrivals arrivals() {
    return arrivals;
  }

  public void become(Arrivals next) {
    arrivals = next;
  }

  /** The runlevel, where there are any. */
  public Optional<Levels> levels() {
    return levels;
  }

  public void become(Levels next) {
    levels = Optional.of(next);
  }

  public Environment environment() {
    return environment;
  }

  public boolean environmentIsStale() {
    return environmentIsStale;
  }

  public void environmentMayHaveChanged() {
    environmentIsStale = true;
  }

  public void become(Environment read) {
    environment = read;
    environmentIsStale = false;
  }

  public Deadline scanAt() {
    return scanAt;
  }

  public void scanAt(Deadline deadline) {
    scanAt = deadline;
  }

  /** The services as they are by now; {@link #put} changes them. */
  public Roster services() {
    return services;
  }

  /** Who reads what a service writes, if there is somebody. */
  public Optional<ServiceState> readerOf(Service service) {
    Optional<ServiceId> output = service.wiring().output();
    return output.isPresent() ? find(output.get()) : Optional.empty();
  }

  /** Who writes what a service reads, if there is somebody. */
  public Optional<ServiceState> writerOf(Service service) {
    Optional<ServiceId> input = service.wiring().input();
    return input.isPresent() ? find(input.get()) : Optional.empty();
  }

  public Optional<ServiceState> find(ServiceId id) {
    return services.find(id);
  }

  /** The service that a process belongs to, if it is known. */
  public Optional<ServiceState> owner(Incarnation who) {
    return services.find(who.service(), who.stage().owner());
  }

  /** Makes this known of a service, and has it and those that depend on it looked at. */
  public void put(ServiceState changed) {
    if (services.hasDependencies()) {
      lookAround(changed);
    }
    services = services.with(changed, before.services());
    reconcile(changed.id());
    List<ServiceId> neighbours = services.neighbours(changed.id());
    for (int i = 0; i < neighbours.size(); i++) {
      reconcile(neighbours.get(i));
    }
  }

  /** Has those looked at that depend on a service, and those that it depends on. */
  private void lookAround(ServiceState changed) {
    Optional<ServiceState> known = services.find(changed.id());
    if (known.isPresent() && known.get().face() == changed.face()) {
      return;
    }
    List<ServiceId> dependents = services.dependents(changed.id());
    for (int i = 0; i < dependents.size(); i++) {
      reconcile(dependents.get(i));
    }
    List<After> after = changed.service().after();
    for (int i = 0; i < after.size(); i++) {
      reconcile(after.get(i).service());
    }
  }

  /** Has a service looked at once more. */
  public void reconcile(ServiceId id) {
    toReconcile.add(id);
  }

  /** The next service that is to be looked at. */
  public Optional<ServiceId> nextToReconcile() {
    return toReconcile.isEmpty() ? Optional.empty() : Optional.of(toReconcile.removeFirst());
  }

  /** Forgets a service. */
  public void remove(ServiceId id) {
    services = services.without(id, before.services());
  }

  /** Has the container end, unless its end has begun: the first word counts. */
  public void end(Verdict verdict, Level level) {
    if (container.isRunning() && ending.isEmpty()) {
      ending = Optional.of(new Ending(verdict, level));
    }
  }

  /** Whether an end is to begin, so that nothing is started any more before it has. */
  public boolean isToEnd() {
    return ending.isPresent();
  }

  /** The end that is to begin, which is nobody else's to begin from then on. */
  public Optional<Ending> takeEnding() {
    Optional<Ending> taken = ending;
    ending = Optional.empty();
    return taken;
  }

  public void act(Effect effect) {
    effects.add(effect);
  }

  public void say(Level level, String text) {
    effects.add(new Effect.Report(level, text));
  }

  /** A signal to stop, and CONT so that a stopped process hears it. */
  public void terminate(Incarnation who, Signal signal) {
    act(new Effect.SendSignal(who, signal));
    act(new Effect.SendSignal(who, Signal.CONT));
  }

  /** KILL for a process that has not stopped in time. */
  public void kill(Incarnation who) {
    say(Level.WARNING, who.label() + " did not stop in time: killing it");
    act(new Effect.SendSignal(who, Signal.KILL));
  }

  /** A process of a service that is to be started. */
  public Incarnation incarnation(ServiceName service, Stage stage) {
    return new Incarnation(service, stage, nextIncarnation++);
  }

  private boolean isAsBefore() {
    return services == before.services()
        && environment == before.environment()
        && environmentIsStale == before.environmentIsStale()
        && container == before.container()
        && orphans == before.orphans()
        && scanAt == before.scanAt()
        && nextIncarnation == before.nextIncarnation()
        && arrivals == before.arrivals()
        && levels == before.levels();
  }

  /** The state as it is by now. */
  public State state() {
    return isAsBefore()
        ? before
        : new State(
            before.plan(),
            environment,
            environmentIsStale,
            container,
            services,
            orphans,
            scanAt,
            nextIncarnation,
            arrivals,
            levels);
  }

  public Transition transition() {
    assert toReconcile.isEmpty() && ending.isEmpty() : "left undone: " + toReconcile + ending;
    assert nextIncarnation >= before.nextIncarnation() : "a number is used again";
    return new Transition(state(), effects);
  }
}
