package dev.gatun.sim;

import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Obstacle;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Target;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the contracts say of a container's life and of its exit code, by what was heard. Written
 * from the contracts and not from the machine.
 */
final class Contract {
  private static final int SIGNALED = 128;
  private static final int OWN_FAILURE = 1;

  private final Plan plan;
  private final Facts facts;
  private final Set<ServiceId> done = new HashSet<>();
  private final Set<OrphanId> adopted = new HashSet<>();
  private final Map<ServiceId, Pending> pending = new TreeMap<>();
  private boolean awaitsEnvironment;
  private boolean endedInStart;
  private int verdictCode = -1;
  private int failureCode;

  /** The end of a program that reads decides then, if the one that writes still runs. */
  private record Pending(long atNanos, int code) {}

  Contract(Plan plan, Facts facts) {
    this.plan = plan;
    this.facts = facts;
    if (plan.services().isEmpty() && !plan.findsServices()) {
      decide(0);
    }
  }

  /** What the container must end with. */
  int expectedCode() {
    int decided = Math.max(0, verdictCode);
    return decided == 0 ? failureCode : decided;
  }

  boolean isEnding() {
    return verdictCode >= 0;
  }

  /** Whether programs before the services have not ended, or what they have set is not known. */
  boolean isStarting() {
    return awaitsEnvironment || !haveEnded(Span.START);
  }

  /** Whether services that clients command may be started. */
  boolean isServing() {
    return !isStarting() && (!isEnding() || isClosing());
  }

  /** Whether the container ends and programs run that still find services. */
  boolean isClosing() {
    return isEnding() && !endedInStart && !haveEnded(Span.CLOSING);
  }

  /** Whether the last program has ended. */
  boolean isOver() {
    return isEnding() && haveEnded(Span.LAST);
  }

  private boolean haveEnded(Span span) {
    for (Service service : plan.services()) {
      boolean isOf = service.kind() == Service.Kind.ONESHOT && service.span().equals(span);
      if (isOf && !done.contains(service.id())) {
        return false;
      }
    }
    return true;
  }

  /** The first that decides counts. */
  private void decide(int code) {
    if (verdictCode < 0) {
      verdictCode = code;
      endedInStart = isStarting();
    }
  }

  void act(Effect effect) {
    if (effect instanceof Effect.AdoptOrphan adopts) {
      adopted.add(adopts.id());
    }
    awaitsEnvironment |= effect instanceof Effect.ReadEnvironment;
  }

  void hear(Event event) {
    switch (event) {
      case Event.SpawnFailed e -> notStarted(e.who(), e.obstacle());
      case Event.ProgramMissing e -> notStarted(e.who(), Obstacle.NOT_FOUND);
      case Event.ProcessExited e -> ended(e.who(), e.status());
      case Event.SignalReceived e -> {
        if (!hasCommand() && plan.signals().stopsOn(e.signal())) {
          decide(0);
        }
      }
      case Event.EndRequested e -> decide(e.exitCode());
      case Event.LoopFailed e -> decide(OWN_FAILURE);
      case Event.ChildrenSwept e -> {
        if (!e.childrenLeft() && !plan.findsServices() && nothingMayRun()) {
          decide(0);
        }
      }
      case Event.OrphansReaped e -> {
        for (OrphanExit exit : e.orphans()) {
          if (adopted.contains(exit.id())) {
            decide(exit.status().isSuccess() ? 0 : 3);
          }
        }
      }
      case Event.TimePassed e -> letTimePass(e.atNanos());
      case Event.EnvironmentRead e -> awaitsEnvironment = false;
      default -> {
        // It decides nothing.
      }
    }
  }

  boolean hasCommand() {
    return plan.signals().forwarding().isPresent()
        && facts.lives(plan.signals().forwarding().get().to());
  }

  private boolean nothingMayRun() {
    return facts.alive().isEmpty()
        && !isStarting()
        && facts.services().stream().noneMatch(Service::takesOrders)
        && facts.services().stream().noneMatch(this::waitsToStart);
  }

  private boolean waitsToStart(Service service) {
    boolean again = service.restart().when() == Restart.When.CRASHED;
    boolean isNew = !facts.hasEverStarted(service.id());
    return service.span().contains(Target.UP) && service.startsAutomatically() && (again || isNew);
  }

  private void letTimePass(long nowNanos) {
    Pending first = null;
    for (Pending each : pending.values()) {
      boolean isDue = each.atNanos() <= nowNanos;
      first = isDue && (first == null || each.atNanos() < first.atNanos()) ? each : first;
    }
    if (first != null) {
      decide(first.code());
    }
    pending.values().removeIf(each -> each.atNanos() <= nowNanos);
  }

  private void notStarted(Incarnation who, Obstacle obstacle) {
    if (!Facts.isOwn(who)) {
      return;
    }
    Service service = facts.serviceOf(who);
    if (service.meaning() instanceof Meaning.EndsContainer ends) {
      forgetPending(service);
      decide(notStarted(ends.code(), obstacle));
    } else if (service.meaning() instanceof Meaning.Oneshot oneshot) {
      oneshotEnded(service, oneshot.failure(), OWN_FAILURE, Optional.empty());
    }
  }

  private void ended(Incarnation who, ExitStatus status) {
    if (!Facts.isOwn(who)) {
      return;
    }
    Service service = facts.serviceOf(who);
    if (service.meaning() instanceof Meaning.Oneshot oneshot) {
      oneshotEnded(service, oneshot.failure(), code(status), Optional.of(status));
    } else if (service.meaning() instanceof Meaning.EndsContainer ends) {
      forgetPending(service);
      longrunEnded(service, ends, status);
    }
  }

  private void forgetPending(Service writer) {
    writer.wiring().output().ifPresent(pending::remove);
  }

  private void longrunEnded(Service service, Meaning.EndsContainer ends, ExitStatus status) {
    boolean crashed = !(status instanceof ExitStatus.Exited);
    boolean again =
        service.restart().when() == Restart.When.CRASHED
            && (crashed || status.isCode(service.restart().code()));
    if (again || status.isCode(ends.disablingCode())) {
      return;
    }
    int code =
        ends.code() instanceof ExitCode.PassedOn passedOn
            ? forgiven(passedOn, code(status))
            : status.isSuccess() ? 0 : 3;
    if (service.id().stage() == Stage.MAIN) {
      decide(0);
    } else if (!service.isReader()) {
      decide(code);
    } else if (!isEnding() && facts.lives(service.wiring().input().get())) {
      long atNanos = facts.nowNanos + ServiceMaker.GRACE_NANOS;
      pending.put(service.id(), new Pending(atNanos, code));
    }
  }

  private static int notStarted(ExitCode code, Obstacle obstacle) {
    if (!(code instanceof ExitCode.PassedOn passedOn)) {
      return OWN_FAILURE;
    }
    return switch (obstacle) {
      case NOT_FOUND -> forgiven(passedOn, 127);
      case NOT_EXECUTABLE -> forgiven(passedOn, 126);
      case OTHER -> forgiven(passedOn, OWN_FAILURE);
    };
  }

  private static int forgiven(ExitCode.PassedOn passedOn, int code) {
    return passedOn.forgiven().contains(code) ? 0 : code;
  }

  static int code(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> exited.code();
      case ExitStatus.Signaled by -> SIGNALED + by.signal().number();
      case ExitStatus.Unknown u -> OWN_FAILURE;
    };
  }

  private void oneshotEnded(
      Service service, Meaning.Failure failure, int code, Optional<ExitStatus> status) {
    boolean wasTold = isEnding() && service.span().equals(Span.START);
    boolean wasStarting = isStarting();
    done.add(service.id());
    if (wasTold || code == 0 && status.isPresent() || service.id().stage() == Stage.SIGNAL) {
      return;
    }
    boolean crashed = status.isEmpty() || !(status.get() instanceof ExitStatus.Exited);
    boolean ends =
        failure.endsStart()
            || !crashed && code == failure.endingCode()
            || crashed && failure.crashEndsStart();
    if (service.span().equals(Span.START) && ends) {
      decide(failure.givesCode() ? code : 0);
      endedInStart = wasStarting;
    } else if (failure.givesCode() && failureCode == 0) {
      failureCode = code;
    }
  }
}
