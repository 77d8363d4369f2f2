package dev.gatun.plan;

import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Anything that Gatun runs: a service, its log program, a program before or after the services, a
 * command. What they differ in are the policies here.
 *
 * @param program its own program
 * @param span when it is wanted
 * @param startsAutomatically whether it is started as soon as it is wanted; otherwise when it is
 *     told to
 * @param after what has to have happened to others before it is started
 * @param restart whether it is started again when it has ended
 * @param stop how it is told to stop
 * @param hooks the programs that belong to it
 * @param meaning what its end means for the container
 * @param wiring what it reads, and where its output goes
 * @param takesOrders whether clients give it orders and see what it does
 * @param readiness how it shows that it is ready; empty for {@link Readiness.ByKind} without limit
 * @param health how it is watched once it is ready, if it is
 */
public record Service(
    ServiceId id,
    Kind kind,
    Program program,
    Span span,
    boolean startsAutomatically,
    List<After> after,
    Restart restart,
    Stop stop,
    Hooks hooks,
    Meaning meaning,
    Wiring wiring,
    boolean takesOrders,
    Optional<Readiness> readiness,
    Optional<Health> health) {

  /** How a service is meant to end. */
  public enum Kind {
    /** It runs for as long as it is wanted. */
    LONGRUN,
    /** It does something and ends. */
    ONESHOT
  }

  public Service {
    after = List.copyOf(after);
    if (kind == Kind.ONESHOT != meaning instanceof Meaning.Oneshot) {
      throw new IllegalArgumentException("a " + kind + " whose end means " + meaning);
    }
    if (id.stage() != Stage.RUN && !hooks.isEmpty()) {
      throw new IllegalArgumentException(
          "scripts of " + id + ", which is no service's own program");
    }
  }

  /** Whether it is watched: there is more to be known of it than that its program runs. */
  public boolean isWatched() {
    return readiness.isPresent() || health.isPresent();
  }

  /** Whether it reads what another service writes. */
  public boolean isReader() {
    return wiring.input().isPresent();
  }

  /** A service that runs for as long as it is wanted, and whose end means nothing. */
  public static Builder longrun(ServiceId id, Program program) {
    return new Builder(id, Kind.LONGRUN, program, Meaning.Nothing.IT);
  }

  /** A program that is run once. */
  public static Builder oneshot(ServiceId id, Program program, Meaning.Oneshot meaning) {
    return new Builder(id, Kind.ONESHOT, program, meaning);
  }

  /** This service with other hooks: what is there has changed. */
  public Service with(Hooks other) {
    Builder builder = new Builder(id, kind, program, meaning);
    builder.span = span;
    builder.startsAutomatically = startsAutomatically;
    builder.after.addAll(after);
    builder.restart = restart;
    builder.stop = stop;
    builder.hooks = other;
    builder.wiring = wiring;
    builder.takesOrders = takesOrders;
    builder.readiness = readiness;
    builder.health = health;
    return builder.build();
  }

  /** Makes services. What is not said is: wanted while the container is up, started at once. */
  public static final class Builder {
    private final ServiceId id;
    private final Kind kind;
    private final Program program;
    private final List<After> after = new ArrayList<>(0);
    private Span span = Span.UP;
    private boolean startsAutomatically = true;
    private Restart restart = Restart.NEVER;
    private Stop stop = Stop.bySignal(Stop.NO_KILL);
    private Hooks hooks = Hooks.NONE;
    private Meaning meaning;
    private Wiring wiring = Wiring.LINES;
    private boolean takesOrders;
    private Optional<Readiness> readiness = Optional.empty();
    private Optional<Health> health = Optional.empty();

    private Builder(ServiceId id, Kind kind, Program program, Meaning meaning) {
      this.id = id;
      this.kind = kind;
      this.program = program;
      this.meaning = meaning;
    }

    public Builder wanted(Span when) {
      span = when;
      return this;
    }

    /** It is not started before it is told to. */
    public Builder startedByOrder() {
      startsAutomatically = false;
      return this;
    }

    public Builder after(After condition) {
      after.add(condition);
      return this;
    }

    public Builder restart(Restart policy) {
      restart = policy;
      return this;
    }

    public Builder stop(Stop policy) {
      stop = policy;
      return this;
    }

    public Builder finish(Hooks.Finish finish) {
      hooks = new Hooks(Optional.of(finish), hooks.standIns(), hooks.down());
      return this;
    }

    public Builder standIns(List<Hooks.StandIn> standIns) {
      hooks = new Hooks(hooks.finish(), standIns, hooks.down());
      return this;
    }

    /** What takes back what the program has done. */
    public Builder down(Hooks.Down program) {
      hooks = new Hooks(hooks.finish(), hooks.standIns(), Optional.of(program));
      return this;
    }

    public Builder readiness(Readiness policy) {
      readiness = Optional.of(policy);
      return this;
    }

    public Builder health(Health policy) {
      health = Optional.of(policy);
      return this;
    }

    public Builder means(Meaning policy) {
      meaning = policy;
      return this;
    }

    public Builder wiring(Wiring policy) {
      wiring = policy;
      return this;
    }

    public Builder takesOrders() {
      takesOrders = true;
      return this;
    }

    public Service build() {
      return new Service(
          id,
          kind,
          program,
          span,
          startsAutomatically,
          after,
          restart,
          stop,
          hooks,
          meaning,
          wiring,
          takesOrders,
          readiness,
          health);
    }
  }
}
