package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of processes, their signals and their pipes. */
final class ProcessRules {
  private ProcessRules() {}

  static List<Rule> all(Facts facts, Contract contract) {
    return List.of(
        new Numbers(facts, contract),
        new SignalsReachTheLiving(facts, contract),
        new OrphansAreKnown(facts, contract),
        new Pipes(facts, contract),
        new Statuses(facts, contract),
        new ForwardedSignals(facts, contract),
        new Environments(facts, contract));
  }

  /** No number is used twice. */
  static final class Numbers extends Rule {
    private final Set<Long> used = new HashSet<>();

    Numbers(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.Spawn spawn) {
        brokenIf(!used.add(spawn.who().number()), "used twice: " + spawn.who());
      }
    }
  }

  /** A signal goes to a process that is known to run, and so does a program that stops one. */
  static final class SignalsReachTheLiving extends Rule {
    SignalsReachTheLiving(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      switch (effect) {
        case Effect.SendSignal e -> mustBeUp(e.who(), e);
        case Effect.ForwardSignal e -> brokenIf(!facts.lives(e.who()), e.toString());
        case Effect.FollowStop e -> mustBeUp(e.who(), e);
        case Effect.Spawn e -> e.target().ifPresent(target -> mustBeUp(target.process(), e));
        default -> {}
      }
    }

    private void mustBeUp(Incarnation who, Effect effect) {
      brokenIf(!facts.isUp(who), "not alive: " + effect);
    }
  }

  /** What is done to orphans is done to those that are known, and not before their time. */
  static final class OrphansAreKnown extends Rule {
    OrphansAreKnown(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      switch (effect) {
        case Effect.InspectOrphan e -> mustBeKnown(e.id());
        case Effect.AdoptOrphan e -> mustBeKnown(e.id());
        case Effect.SignalOrphan e -> {
          mustBeKnown(e.id());
          OrphanPolicy policy = facts.plan.orphans();
          boolean told =
              policy.told() == OrphanPolicy.Told.AT_ONCE ? contract.isEnding() : contract.isOver();
          boolean mayBeTold = told || policy.kind() == OrphanPolicy.Kind.TERMINATE;
          brokenIf(!mayBeTold, "told too early: " + e);
        }
        default -> {}
      }
    }

    private void mustBeKnown(OrphanId id) {
      brokenIf(!facts.knows(id), "not known: " + id);
    }
  }

  /** A pipe is open while either end may be started; it is opened and closed once. */
  static final class Pipes extends Rule {
    private final Set<ServiceId> open = new HashSet<>();

    Pipes(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      switch (effect) {
        case Effect.OpenPipe e -> brokenIf(!open.add(e.reader()), "opened twice: " + e);
        case Effect.ClosePipe e -> {
          brokenIf(!open.remove(e.reader()), "closed twice: " + e);
          checkThatNobodyMayWrite(e.reader());
        }
        case Effect.Spawn e -> checkEnds(e);
        case Effect.ReleaseService e ->
            brokenIf(open.contains(ServiceId.log(e.service())), "left open: " + e);
        case Effect.DrainOutput e -> brokenIf(!open.isEmpty(), "left open: " + open);
        default -> {}
      }
    }

    /** Whoever is started again, or has programs of its own, may still need it. */
    private void checkThatNobodyMayWrite(ServiceId reader) {
      Optional<Service> known = facts.service(reader);
      Optional<Service> writer =
          known.flatMap(service -> facts.service(service.wiring().input().get()));
      if (writer.isEmpty()) {
        return;
      }
      Hooks hooks = writer.get().hooks();
      boolean mayStart =
          writer.get().takesOrders() || hooks.finish().isPresent() || !hooks.standIns().isEmpty();
      for (Stage stage : List.of(Stage.RUN, Stage.FINISH, Stage.CONTROL)) {
        String label = reader.name() + "/" + stage.label();
        brokenIf(mayStart && facts.lives(label), "closed while " + label + " lives");
      }
    }

    private void checkEnds(Effect.Spawn spawn) {
      Service service = facts.serviceOf(spawn.who());
      boolean reads = service.isReader();
      brokenIf(reads != spawn.reads().isPresent(), "reads: " + spawn);
      brokenIf(reads && !open.contains(service.id()), "reads from a closed pipe: " + spawn);
      Optional<ServiceId> output = service.wiring().output();
      boolean writes =
          output.isPresent() && open.contains(output.get()) && spawn.who().stage() != Stage.TERM;
      brokenIf(writes != spawn.writes().isPresent(), "writes: " + spawn);
      boolean isOwn = spawn.who().stage() == Stage.RUN;
      brokenIf(isOwn && output.isPresent() && !writes, "writes to a closed pipe: " + spawn);
    }
  }

  /** What clients are shown is so. */
  static final class Statuses extends Rule {
    Statuses(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.PublishStatus shown)) {
        return;
      }
      String own = shown.service().toString();
      ServiceStatus status = shown.status();
      int pid =
          switch (status.activity()) {
            case DOWN -> ServiceStatus.NO_PID;
            case RUN -> facts.pid(own);
            case FINISH -> facts.pid(shown.service().name() + "/finish");
          };
      brokenIf(status.pid() != pid, "the pid should be " + pid + ": " + effect);
      boolean isDown = status.activity() == ServiceStatus.Activity.DOWN;
      brokenIf(isDown && facts.isUp(own), "shown as down: " + effect);
    }
  }

  /** While a command lives it gets every signal, or what becomes of it, and nobody else does. */
  static final class ForwardedSignals extends Rule {
    private Optional<Signal> due = Optional.empty();

    ForwardedSignals(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      due =
          event instanceof Event.SignalReceived e && contract.hasCommand()
              ? passedOn(e.signal())
              : Optional.empty();
    }

    private Optional<Signal> passedOn(Signal signal) {
      Optional<Signal> becomes = Optional.of(signal);
      for (Forwarding.Rewrite rewrite : facts.plan.signals().forwarding().get().rewrites()) {
        becomes = rewrite.from().is(signal) ? rewrite.to() : becomes;
      }
      return becomes;
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.ForwardSignal e) {
        brokenIf(due.isEmpty() || !due.get().is(e.signal()), "for nothing: " + e);
        due = Optional.empty();
      }
    }

    @Override
    void decided(State before, Event event, State after) {
      brokenIf(due.isPresent(), "not passed on: " + event);
    }
  }

  /** Every program gets the environment that was read last; nothing starts before it is known. */
  static final class Environments extends Rule {
    private Environment current;
    private boolean isAwaited;

    Environments(Facts facts, Contract contract) {
      super(facts, contract);
      current = facts.plan.environment();
    }

    @Override
    void hear(Event event) {
      if (event instanceof Event.EnvironmentRead read) {
        current = read.environment();
        isAwaited = false;
      }
    }

    @Override
    void act(Effect effect) {
      isAwaited |= effect instanceof Effect.ReadEnvironment;
      if (effect instanceof Effect.Spawn spawn) {
        boolean isOwn = Facts.isOwn(spawn.who());
        brokenIf(isAwaited && isOwn, "started before it is known: " + spawn.who());
        brokenIf(!spawn.environment().equals(current), "another one: " + spawn.who());
      }
    }
  }
}
