package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.After;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds of services: when they start, what follows their ends, what clients get. */
final class ServiceRules {
  private static final int CORE = 128;

  private ServiceRules() {}

  static List<Rule> all(Facts facts, Contract contract, Workload workload, boolean prompt) {
    return List.of(
        new WantedIsStarted(facts, contract, new Wishes(facts), workload, prompt),
        new StartsWait(facts, contract),
        new Pauses(facts, contract),
        new FinishOnceAnEnd(facts, contract),
        new VanishedIsTold(facts, contract),
        new PlainServicesStartOnce(facts, contract));
  }

  /** What clients want down is not started, and what they want up comes up. */
  static final class WantedIsStarted extends Rule {
    private final Wishes wishes;
    private final Workload workload;
    private final boolean prompt;
    private final Map<ServiceName, Long> starts = new HashMap<>();
    private long turnNanos;
    private long turnBeforeNanos;

    /**
     * @param prompt whether the kernel tells of everything in time
     */
    WantedIsStarted(
        Facts facts, Contract contract, Wishes wishes, Workload workload, boolean prompt) {
      super(facts, contract);
      this.wishes = wishes;
      this.workload = workload;
      this.prompt = prompt;
    }

    @Override
    void hear(Event event) {
      if (event.atNanos() > turnNanos) {
        turnBeforeNanos = turnNanos;
        turnNanos = event.atNanos();
      }
      boolean listens = !contract.isEnding() || contract.isClosing();
      switch (event) {
        case Event.ProcessSpawned e when isOwn(e.who()) -> wishes.started(e.who().service());
        case Event.SpawnFailed e -> ended(e.who());
        case Event.ProgramMissing e -> ended(e.who());
        case Event.ProcessExited e -> ended(e.who());
        case Event.OrderReceived e when listens && e.service().stage() == Stage.RUN ->
            wishes.asks(e.service().name(), e.order());
        case Event.ServiceFound e when !contract.isEnding() && facts.plan.findsServices() ->
            wishes.found(e.services());
        case Event.HooksChanged e -> wishes.hooksAre(e.service().name(), e.hooks());
        case Event.ServiceVanished e -> wishes.vanished(e.service());
        case Event.TimePassed e -> wishes.letTimePass(e.atNanos(), contract.isEnding());
        default -> {}
      }
    }

    private boolean isOwn(Incarnation who) {
      return who.stage() == Stage.RUN && wishes.names().contains(who.service());
    }

    private void ended(Incarnation who) {
      if (!wishes.names().contains(who.service())) {
        return;
      }
      if (who.stage() == Stage.RUN) {
        wishes.ended(who.service());
        if (facts.serviceOf(who).meaning() instanceof Meaning.EndsContainer) {
          wishes.decided(who.service());
        }
      }
      boolean hasFinish = wishes.service(who.service()).hooks().finish().isPresent();
      if (who.stage() == Stage.FINISH || who.stage() == Stage.RUN && !hasFinish) {
        wishes.isDown(who.service());
      }
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.ReleaseService e) {
        starts.remove(e.service());
        wishes.released(e.service(), contract.isEnding(), facts.nowNanos);
      }
      if (!(effect instanceof Effect.Spawn spawn) || !isOwn(spawn.who())) {
        return;
      }
      ServiceName name = spawn.who().service();
      brokenIf(!contract.isServing(), "it is not the services' turn: " + spawn.who());
      Wishes.Asked wish = wishes.of(name);
      boolean isWanted = wish == Wishes.Asked.UP || wish == Wishes.Asked.ONCE;
      brokenIf(
          wishes.isSimple(name) && !isWanted, spawn.who() + " is started and is wanted " + wish);
      starts.put(name, facts.nowNanos);
      wishes.ordered(name);
    }

    /** When the end begins, everything runs that is wanted up and has had time to come up. */
    @Override
    void decided(State before, Event event, State after) {
      if (!before.isRunning() || after.isRunning()) {
        return;
      }
      for (ServiceName name : wishes.names()) {
        boolean should =
            wishes.of(name) == Wishes.Asked.UP && wishes.isSimple(name) && hasHadTime(name);
        boolean runs = facts.lives(name + "/run") || facts.lives(name + "/finish");
        brokenIf(should && !runs && !isAbout(event, name), name + " should be up");
      }
    }

    private static boolean isAbout(Event event, ServiceName name) {
      return event instanceof Event.ProcessExited e && e.who().service().equals(name)
          || event instanceof Event.SpawnFailed f && f.who().service().equals(name);
    }

    /** In the turn before this at the latest, what was due by then has been started. */
    private boolean hasHadTime(ServiceName name) {
      Long startedNanos = starts.get(name);
      if (startedNanos == null) {
        return false;
      }
      long dueNanos = startedNanos + ServiceMaker.PAUSE_NANOS;
      long lateNanos = workload.setting().lateNanos() + 1_000_000;
      return turnBeforeNanos > dueNanos || prompt && facts.nowNanos > dueNanos + lateNanos;
    }
  }

  /** A start waits for what the plan has before it, and for its target. */
  static final class StartsWait extends Rule {
    private final Set<ServiceId> ended = new HashSet<>();

    StartsWait(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      switch (event) {
        case Event.ProcessExited e when Facts.isOwn(e.who()) -> ended.add(Facts.owner(e.who()));
        case Event.SpawnFailed e when Facts.isOwn(e.who()) -> ended.add(Facts.owner(e.who()));
        case Event.ProgramMissing e when Facts.isOwn(e.who()) -> ended.add(Facts.owner(e.who()));
        default -> {}
      }
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.Spawn spawn) || !Facts.isOwn(spawn.who())) {
        return;
      }
      Incarnation who = spawn.who();
      Service service = facts.serviceOf(who);
      for (After after : service.after()) {
        boolean isFree =
            switch (after.condition()) {
              case STARTED -> facts.hasEverStarted(after.service());
              case ENDED -> ended.contains(after.service());
              case SETTLED, UP, READY -> true;
            };
        boolean isThere = facts.service(after.service()).isPresent();
        brokenIf(isThere && !isFree, who + " is started before " + after);
      }
      switch (who.stage()) {
        case FIRST -> {
          checkAlone(who, Set.of(Stage.SIGNAL));
          brokenIf(contract.isEnding(), "started at the end: " + who);
        }
        case MAIN -> brokenIf(contract.isEnding(), "started at the end: " + who);
        case LAST -> checkLast(who, service);
        case RUN, LOG, TERM, FINISH, CONTROL, DOWN, CHECK, SIGNAL -> {}
      }
    }

    private void checkLast(Incarnation who, Service service) {
      brokenIf(!contract.isEnding(), "it is not the end yet: " + who);
      boolean closes = contract.isClosing() && service.span().equals(Span.CLOSING);
      for (Incarnation other : facts.alive()) {
        boolean isSupervised = facts.serviceOf(other).takesOrders();
        boolean may = other.stage() == Stage.LOG || closes && isSupervised;
        brokenIf(!may, who + " overlaps " + other);
      }
    }

    private void checkAlone(Incarnation who, Set<Stage> but) {
      for (Incarnation other : facts.alive()) {
        brokenIf(!but.contains(other.stage()), who + " overlaps " + other);
      }
    }
  }

  /** A start comes no sooner after the one before, or after the end, than the plan has it. */
  static final class Pauses extends Rule {
    private final Map<ServiceId, Long> starts = new HashMap<>();
    private final Map<ServiceId, Long> ends = new HashMap<>();

    Pauses(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      if (event instanceof Event.ProcessExited e && Facts.isOwn(e.who())) {
        ends.put(Facts.owner(e.who()), e.atNanos());
      }
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.ReleaseService e) {
        starts.remove(ServiceId.run(e.service()));
        starts.remove(ServiceId.log(e.service()));
      }
      if (!(effect instanceof Effect.Spawn spawn) || !Facts.isOwn(spawn.who())) {
        return;
      }
      ServiceId id = Facts.owner(spawn.who());
      Restart restart = facts.serviceOf(spawn.who()).restart();
      Long before = starts.put(id, facts.nowNanos);
      Long since = restart.since() == Restart.Since.START ? before : ends.get(id);
      since = facts.isChanged(id) ? null : since;
      boolean hasty = since != null && facts.nowNanos - since < restart.pauseNanos();
      brokenIf(restart.everRestarts() && hasty, spawn.who() + " is started too soon");
    }
  }

  /** After each end of a service that has a finish program that is run, once, and told of it. */
  static final class FinishOnceAnEnd extends Rule {
    private final List<String> due = new ArrayList<>();

    FinishOnceAnEnd(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      switch (event) {
        case Event.SpawnFailed e -> ended(e.who(), "111 0");
        case Event.ProcessExited e -> ended(e.who(), arguments(e.status()));
        default -> {}
      }
    }

    private void ended(Incarnation who, String arguments) {
      if (who.stage() == Stage.RUN && facts.serviceOf(who).hooks().finish().isPresent()) {
        due.add(who.service() + "/finish " + arguments);
      }
    }

    private static String arguments(ExitStatus status) {
      return switch (status) {
        case ExitStatus.Exited exited -> exited.code() + " 0";
        case ExitStatus.Signaled by ->
            "-1 " + (by.signal().number() + (by.dumpedCore() ? CORE : 0));
        case ExitStatus.Unknown u -> "-1 0";
      };
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.Spawn spawn && spawn.who().stage() == Stage.FINISH) {
        String arguments =
            spawn.program().arguments().stream()
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        boolean known = due.remove(spawn.who().label() + " " + arguments);
        brokenIf(!known, "for nothing: " + Texts.of(spawn) + ", expected " + due);
      }
    }

    @Override
    void decided(State before, Event event, State after) {
      brokenIf(!due.isEmpty(), "not run: " + due + " after " + event);
      due.clear();
    }
  }

  /**
   * A service whose directory has vanished hears TERM at once, unless a script stands in for it.
   */
  static final class VanishedIsTold extends Rule {
    private String due = "";

    VanishedIsTold(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void hear(Event event) {
      due = "";
      if (event instanceof Event.ServiceVanished e) {
        Optional<Service> service = facts.service(ServiceId.run(e.service()));
        String label = e.service() + "/run";
        boolean isSimple =
            service.isPresent()
                && service.get().takesOrders()
                && service.get().hooks().standIns().isEmpty();
        due = isSimple && facts.isUp(label) && !facts.wasTold(label) ? label : "";
      }
    }

    @Override
    void act(Effect effect) {
      if (effect instanceof Effect.SendSignal e && e.who().label().equals(due)) {
        due = "";
      }
    }

    @Override
    void decided(State before, Event event, State after) {
      brokenIf(!due.isEmpty(), due + " is not told");
    }
  }

  /** A service that is started once, and a program that is run once, never comes back. */
  static final class PlainServicesStartOnce extends Rule {
    PlainServicesStartOnce(Facts facts, Contract contract) {
      super(facts, contract);
    }

    @Override
    void act(Effect effect) {
      if (!(effect instanceof Effect.Spawn spawn) || !Facts.isOwn(spawn.who())) {
        return;
      }
      Service service = facts.serviceOf(spawn.who());
      boolean once =
          !service.restart().everRestarts()
              && !service.takesOrders()
              && !facts.isChanged(service.id())
              && !DependencyRules.mayBeRestarted(service)
              && spawn.who().stage() != Stage.SIGNAL;
      brokenIf(once && facts.hasEverStarted(service.id()), "started again: " + spawn.who());
      boolean isPlain = spawn.who().stage() == Stage.RUN && !service.takesOrders();
      brokenIf(isPlain && contract.isEnding(), "started at the end: " + spawn.who());
    }
  }
}
