package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Change;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Notice;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.Health;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What holds of services that depend on one another, are to get ready and to stay well. */
final class DependencyRules {
  private DependencyRules() {}

  static List<Rule> all(Facts facts, Contract contract) {
    Progress progress = new Progress(facts, contract);
    return List.of(
        progress,
        new StartsAfterDependencies(facts, contract, progress),
        new StopsAfterDependents(facts, contract, progress),
        new IsTakenBack(facts, contract, progress),
        new OnlyUnwellIsRestarted(facts, contract, progress),
        new LimitsHold(facts, contract, progress));
  }

  /** Whether it is started again, whatever its ends are, when it is not well or not in time. */
  static boolean mayBeRestarted(Service service) {
    return service.health().isPresent() && service.health().get().then() == Health.Then.RESTART
        || service.readiness().isPresent()
            && service.readiness().get().late() == Readiness.Late.RESTART;
  }

  /** How far each service has come, by what was heard. */
  static final class Progress extends Rule {
    final Set<ServiceId> ready = new HashSet<>();
    final Set<ServiceId> done = new HashSet<>();
    final Map<ServiceId, Integer> failures = new HashMap<>();
    final Map<ServiceId, Long> lateAt = new HashMap<>();

    /** What was not ready in time, and is told to stop when all that depends on it is down. */
    final Set<ServiceId> overdue = new HashSet<>();

    /** What somebody has had changed: orders are obeyed whatever else holds. */
    final Set<ServiceId> changed = new HashSet<>();

    /** What somebody has had stopped or started without those that depend on it. */
    final Set<ServiceId> changedAlone = new HashSet<>();

    boolean loopHasFailed;

    /** Probes that were killed because their answer did not come in time, by their number. */
    private final Set<Long> givenUp = new HashSet<>();

    /** What has been told to stop, and has not ended since: it has not done what it is for. */
    private final Set<ServiceId> told = new HashSet<>();

    Progress(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      switch (event) {
        case Event.ProcessExited e -> exited(e.who(), Optional.of(e.status()));
        case Event.SpawnFailed e -> exited(e.who(), Optional.empty());
        case Event.Notified e when e.notice() == Notice.READY -> ready.add(Facts.owner(e.who()));
        case Event.ChangeRequested e -> change(e);
        case Event.LoopFailed e -> loopHasFailed = true;
        default -> {}
      }
    }

    /** All that may be concerned: whatever depends on what is named, and what that needs. */
    private void change(Event.ChangeRequested event) {
      changed.addAll(event.services());
      if (event.alone()) {
        changedAlone.addAll(event.services());
      }
      boolean grows = !event.alone();
      while (grows) {
        grows = false;
        for (Service service : facts.services()) {
          for (After after : service.after()) {
            boolean up = event.change() == Change.START;
            ServiceId from = up ? service.id() : after.service();
            ServiceId to = up ? after.service() : service.id();
            grows |= after.isDependency() && changed.contains(from) && changed.add(to);
          }
        }
      }
    }

    private void exited(Incarnation who, Optional<ExitStatus> status) {
      ServiceId id = Facts.owner(who);
      boolean success = status.isPresent() && status.get().isSuccess();
      if (Facts.isOwn(who)) {
        ready.remove(id);
        overdue.remove(id);
        failures.remove(id);
        if (success && !told.contains(id)) {
          done.add(id);
        }
        told.remove(id);
      } else if (who.stage() == Stage.DOWN) {
        done.remove(id);
      } else if (who.stage() == Stage.CHECK && facts.isUp(id.toString())) {
        probed(id, who, success);
      }
    }

    /** An answer that came too late is none. */
    private void probed(ServiceId id, Incarnation who, boolean success) {
      Service service = facts.serviceOf(who);
      boolean inTime = !givenUp.contains(who.number());
      boolean awaitsReadiness =
          service.readiness().isPresent()
              && service.readiness().get().sign() instanceof Readiness.Probed
              && !ready.contains(id);
      if (success && inTime) {
        ready.add(id);
        failures.remove(id);
      } else if (!awaitsReadiness) {
        failures.merge(id, 1, Integer::sum);
      }
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.SendSignal signal) {
        signaled(signal);
      } else if (effect instanceof Effect.Spawn spawn && Facts.isOwn(spawn.who())) {
        ServiceId id = Facts.owner(spawn.who());
        done.remove(id);
        told.remove(id);
        Optional<Readiness> readiness = facts.serviceOf(spawn.who()).readiness();
        if (readiness.isPresent() && readiness.get().withinNanos() >= 0) {
          lateAt.putIfAbsent(id, facts.nowNanos + readiness.get().withinNanos());
        }
      }
    }

    private void signaled(Effect.SendSignal effect) {
      boolean ends = effect.signal().is(Signal.TERM) || effect.signal().is(Signal.KILL);
      if (effect.who().stage() == Stage.CHECK) {
        givenUp.add(effect.who().number());
      } else if (ends && Facts.isOwn(effect.who())) {
        told.add(Facts.owner(effect.who()));
      }
    }

    /** Whether it had the time that its readiness may take. */
    boolean isLate(ServiceId id) {
      Long late = lateAt.get(id);
      boolean isDue = late != null && facts.nowNanos - late >= 0;
      return overdue.contains(id) || isDue && !ready.contains(id);
    }

    boolean isReady(Service service) {
      ServiceId id = service.id();
      if (service.kind() == Service.Kind.ONESHOT) {
        return done.contains(id);
      }
      boolean shows =
          service.readiness().isPresent()
              && !(service.readiness().get().sign() instanceof Readiness.ByKind);
      return facts.isUp(id.toString()) && (!shows || ready.contains(id));
    }

    boolean isUp(Service service) {
      return service.kind() == Service.Kind.ONESHOT
          ? done.contains(service.id())
          : facts.isUp(service.id().toString());
    }
  }

  /** Nobody starts before what it depends on is ready, neither the first time nor later. */
  static final class StartsAfterDependencies extends Rule {
    private final Progress progress;

    StartsAfterDependencies(Facts facts, Contract contract, Progress progress) {
      super(facts, contract);
      this.progress = progress;
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.Spawn spawn) || !Facts.isOwn(spawn.who())) {
        return;
      }
      for (After after : facts.serviceOf(spawn.who()).after()) {
        Optional<Service> other = facts.service(after.service());
        boolean met =
            other.isEmpty()
                || switch (after.condition()) {
                  case READY -> progress.isReady(other.get());
                  case UP -> progress.isUp(other.get());
                  case STARTED, ENDED, SETTLED -> true;
                };
        brokenIf(!met, spawn.who() + " is started before " + after);
      }
    }
  }

  /** At the end nobody is told to stop before all that depends on it is down. */
  static final class StopsAfterDependents extends Rule {
    private final Progress progress;

    StopsAfterDependents(Facts facts, Contract contract, Progress progress) {
      super(facts, contract);
      this.progress = progress;
    }

    @Override
    void act(Effect effect) {
      boolean stops =
          effect instanceof Effect.SendSignal e
              && Facts.isOwn(e.who())
              && e.signal().is(Signal.TERM);
      if (stops && contract.isEnding() && !progress.loopHasFailed) {
        check(Facts.owner(((Effect.SendSignal) effect).who()), effect);
      } else if (effect instanceof Effect.Spawn e && e.who().stage() == Stage.DOWN) {
        check(Facts.owner(e.who()), effect);
      }
    }

    private void check(ServiceId id, Effect effect) {
      for (Service service : facts.services()) {
        for (After after : service.after()) {
          boolean depends = after.isDependency() && after.service().equals(id);
          boolean lives =
              facts.lives(service.id().toString()) || facts.lives(service.id().name() + "/down");
          boolean isSpared =
              progress.changed.contains(service.id()) || progress.changedAlone.contains(id);
          boolean isGraph = contract.isEnding() || !isSpared;
          brokenIf(depends && lives && isGraph, effect + " before " + service.id() + " is down");
        }
      }
    }
  }

  /** What a program has done that is run once is taken back, once, before the container is over. */
  static final class IsTakenBack extends Rule {
    private final Progress progress;

    IsTakenBack(Facts facts, Contract contract, Progress progress) {
      super(facts, contract);
      this.progress = progress;
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.Spawn e && e.who().stage() == Stage.DOWN) {
        boolean isDone = progress.done.contains(Facts.owner(e.who()));
        brokenIf(!isDone, "nothing is to be taken back: " + e.who());
      }
      if (effect instanceof Effect.DrainOutput) {
        for (Service service : facts.services()) {
          boolean isLeft =
              service.hooks().down().isPresent() && progress.done.contains(service.id());
          brokenIf(isLeft, "not taken back: " + service.id());
        }
      }
    }
  }

  /** While the container runs nobody is told to stop that is well, in time, and left alone. */
  static final class OnlyUnwellIsRestarted extends Rule {
    private final Progress progress;

    OnlyUnwellIsRestarted(Facts facts, Contract contract, Progress progress) {
      super(facts, contract);
      this.progress = progress;
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.SendSignal e)
          || !Facts.isOwn(e.who())
          || !e.signal().is(Signal.TERM)
          || contract.isEnding()) {
        return;
      }
      Service service = facts.serviceOf(e.who());
      ServiceId id = service.id();
      boolean isWatched = service.readiness().isPresent() || service.health().isPresent();
      if (!isWatched || progress.changed.contains(id)) {
        return;
      }
      boolean isLate = progress.isLate(id);
      // The one that is given up now is not heard of before it has been reaped.
      int failures = progress.failures.getOrDefault(id, 0) + 1;
      boolean isUnwell =
          service.health().isPresent() && failures >= service.health().get().failures();
      brokenIf(!isLate && !isUnwell, "told to stop, and well: " + e.who());
    }

    @Override
    void decided(State before, Event event, State after) {
      for (ServiceId id : List.copyOf(progress.lateAt.keySet())) {
        boolean isDue =
            event instanceof Event.TimePassed && event.atNanos() - progress.lateAt.get(id) >= 0;
        if (isDue && !progress.ready.contains(id)) {
          progress.overdue.add(id);
        }
        if (progress.ready.contains(id) || isDue) {
          progress.lateAt.remove(id);
        }
      }
    }
  }

  /** No service is started again more often than its limit says, unless somebody wants it. */
  static final class LimitsHold extends Rule {
    private final Progress progress;
    private final Map<ServiceId, List<Long>> starts = new HashMap<>();

    LimitsHold(Facts facts, Contract contract, Progress progress) {
      super(facts, contract);
      this.progress = progress;
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.Spawn spawn) || !Facts.isOwn(spawn.who())) {
        return;
      }
      Service service = facts.serviceOf(spawn.who());
      Optional<Backoff.Limit> limit = service.restart().backoff().flatMap(Backoff::limit);
      if (limit.isEmpty() || progress.changed.contains(service.id())) {
        return;
      }
      List<Long> all = starts.computeIfAbsent(service.id(), id -> new ArrayList<>());
      all.add(facts.nowNanos);
      // Restarts are counted when they are decided on, a pause before they happen.
      int restarts = limit.get().restarts() + 1;
      if (all.size() > restarts) {
        long pauseNanos = service.restart().backoff().get().pauseMaxNanos();
        long spanNanos = facts.nowNanos - all.get(all.size() - 1 - restarts);
        brokenIf(
            spanNanos + pauseNanos < limit.get().windowNanos(),
            "started too often: " + spawn.who());
      }
    }
  }
}
