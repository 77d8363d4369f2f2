package dev.gatun.machine;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that the machine's decisions are about and that it cannot see: what a kernel and the programs
 * do, as few kinds of things as make a difference. A value, so that worlds can be compared.
 *
 * @param lives the processes that were ordered and have not ended, by {@code NAME/STAGE}
 * @param openPipes the labels of the services whose pipes Gatun holds open
 * @param orphan the one process that may lose its parent
 * @param asked what the machine waits for an answer to
 * @param commands how many more clients may give
 * @param signaled whether the one signal from outside has been sent
 * @param code what the contract allows the container to end with
 */
record World(
    Map<String, Life> lives,
    Set<String> openPipes,
    OrphanLife orphan,
    Set<Ask> asked,
    int commands,
    boolean signaled,
    Code code) {

  static final OrphanId ORPHAN = new OrphanId(1, 4711);

  /** What a process that was ordered is doing. */
  enum Life {
    ORDERED,
    LIVES,
    STOPPED,
    STOPPED_AND_TOLD,
    TOLD,
    KILLED
  }

  /** What the orphan is doing. */
  enum OrphanLife {
    UNBORN,
    LIVES,
    ANNOUNCED,
    TOLD,
    KILLED,
    GONE
  }

  /** Something that is answered by events. */
  enum Ask {
    SWEEP,
    SCAN,
    INSPECT,
    ENVIRONMENT
  }

  /** The end of a program that reads: it decides when who writes outlives it by the time left. */
  record FirstReader(String label, int code, long leftNanos) {}

  /**
   * Codes that the contract allows, a bit each.
   *
   * @param decided 0 while nothing has decided
   * @param failures what programs that are run once give, if all else was well
   * @param firstReaders those that may decide soon
   */
  record Code(int decided, int failures, List<FirstReader> firstReaders) {
    static final Code NONE = new Code(0, 0, List.of());

    /** The first event that decides counts; what decides later does not. */
    Code decided(int bits) {
      return decided != 0 ? this : new Code(bits, failures, List.of());
    }

    boolean allows(int code) {
      int all = (decided & 1) != 0 ? decided | failures : decided;
      return code < 0 ? decided == 0 : (all >> code & 1) != 0;
    }
  }

  static World begin(int commands) {
    return new World(Map.of(), Set.of(), OrphanLife.UNBORN, Set.of(), commands, false, Code.NONE);
  }

  World with(Map<String, Life> others) {
    return new World(others, openPipes, orphan, asked, commands, signaled, code);
  }

  World with(String label, Life life) {
    Map<String, Life> changed = new TreeMap<>(lives);
    changed.put(label, life);
    return with(changed);
  }

  World without(String label) {
    Map<String, Life> changed = new TreeMap<>(lives);
    changed.remove(label);
    return with(changed);
  }

  World with(OrphanLife life) {
    return new World(lives, openPipes, life, asked, commands, signaled, code);
  }

  World with(Code other) {
    return new World(lives, openPipes, orphan, asked, commands, signaled, other);
  }

  World afterSignal() {
    return new World(lives, openPipes, orphan, asked, commands, true, code);
  }

  World afterCommand() {
    return new World(lives, openPipes, orphan, asked, commands - 1, signaled, code);
  }

  private World asking(Ask what) {
    Set<Ask> more = new TreeSet<>(asked);
    more.add(what);
    return new World(lives, openPipes, orphan, more, commands, signaled, code);
  }

  World answered(Ask what) {
    Set<Ask> less = new TreeSet<>(asked);
    less.remove(what);
    return new World(lives, openPipes, orphan, less, commands, signaled, code);
  }

  private World withPipe(ServiceId reader, boolean open) {
    Set<String> pipes = new TreeSet<>(openPipes);
    boolean changes = open ? pipes.add(reader.toString()) : pipes.remove(reader.toString());
    if (!changes) {
      throw new AssertionError("a pipe twice: " + reader + " in " + this);
    }
    return new World(lives, pipes, orphan, asked, commands, signaled, code);
  }

  boolean orphanLives() {
    return orphan != OrphanLife.UNBORN && orphan != OrphanLife.GONE;
  }

  boolean isThere(String label) {
    return lives.containsKey(label) && lives.get(label) != Life.ORDERED;
  }

  boolean anyIsThere() {
    return lives.keySet().stream().anyMatch(this::isThere);
  }

  boolean childrenLeft() {
    return orphanLives() || anyIsThere();
  }

  boolean isOrdering() {
    return lives.containsValue(Life.ORDERED);
  }

  World after(Effect effect) {
    return switch (effect) {
      case Effect.Spawn e -> ordered(e.who().label());
      case Effect.OpenPipe e -> withPipe(e.reader(), true);
      case Effect.ClosePipe e -> withPipe(e.reader(), false);
      case Effect.SendSignal e -> signal(e.who().label(), e.signal());
      case Effect.Sweep e -> asking(e.scans() ? Ask.SCAN : Ask.SWEEP);
      case Effect.InspectOrphan e -> asking(Ask.INSPECT);
      case Effect.ReadEnvironment e -> asking(Ask.ENVIRONMENT);
      case Effect.SignalOrphan e -> orphanLives() ? with(told(e.signal())) : this;
      case Effect.SignalAll e -> all(e.signal());
      default -> this;
    };
  }

  private World ordered(String label) {
    if (lives.containsKey(label)) {
      throw new AssertionError("started while it is there: " + label + " in " + this);
    }
    return with(label, Life.ORDERED);
  }

  World signal(String label, Signal signal) {
    Life life = lives.get(label);
    if (life == null || life == Life.ORDERED) {
      return this;
    }
    if (signal.is(Signal.KILL) || life == Life.KILLED) {
      return with(label, Life.KILLED);
    }
    boolean stopped = life == Life.STOPPED || life == Life.STOPPED_AND_TOLD;
    boolean told = life == Life.TOLD || life == Life.STOPPED_AND_TOLD || signal.is(Signal.TERM);
    boolean stays = signal.is(Signal.STOP) || stopped && !signal.is(Signal.CONT);
    Life stoppedLife = told ? Life.STOPPED_AND_TOLD : Life.STOPPED;
    return with(label, stays ? stoppedLife : told ? Life.TOLD : Life.LIVES);
  }

  private OrphanLife told(Signal signal) {
    boolean kills = signal.is(Signal.KILL) || orphan == OrphanLife.KILLED;
    return kills ? OrphanLife.KILLED : OrphanLife.TOLD;
  }

  private World all(Signal signal) {
    World world = orphanLives() ? with(told(signal)) : this;
    for (String label : lives.keySet()) {
      world = world.signal(label, signal);
    }
    return world;
  }

  /**
   * The end of a process, or that it could not be started, and what that means by the contract.
   *
   * @param status empty when it could not be started
   */
  World ended(Plan plan, Incarnation who, Optional<ExitStatus> status, boolean isRunning) {
    World after = without(who.label());
    ServiceId id = new ServiceId(who.service(), who.stage().owner());
    Optional<Service> service =
        plan.services().stream().filter(each -> each.id().equals(id)).findFirst();
    if (who.stage().owner() != who.stage() || service.isEmpty()) {
      return after;
    }
    return switch (service.get().meaning()) {
      case Meaning.Nothing n -> after;
      case Meaning.EndsContainer ends -> after.decided(service.get(), ends, status, isRunning);
      case Meaning.Oneshot oneshot -> after.failed(service.get(), oneshot, status, isRunning);
    };
  }

  private World decided(
      Service service, Meaning.EndsContainer ends, Optional<ExitStatus> status, boolean isRunning) {
    World forgotten = service.wiring().output().map(this::forgetting).orElse(this);
    boolean disabled = status.isPresent() && status.get().isCode(ends.disablingCode());
    boolean again =
        service.restart().when() == Restart.When.CRASHED && service.restart().restarts(status);
    if (!isRunning || disabled || again) {
      return forgotten;
    }
    int bit = 1 << (status.isEmpty() ? 1 : status.get().isSuccess() ? 0 : 3);
    if (service.restart().everRestarts() && !service.takesOrders()) {
      bit = status.isEmpty() ? 2 : 1;
    }
    if (!service.isReader() || status.isEmpty()) {
      return forgotten.with(forgotten.code.decided(bit));
    }
    boolean writerLives = lives.containsKey(service.wiring().input().get().toString());
    return writerLives ? remembering(service.id().toString(), bit) : this;
  }

  private World failed(
      Service service, Meaning.Oneshot oneshot, Optional<ExitStatus> status, boolean isRunning) {
    boolean first = service.span().equals(Span.START);
    if (status.isPresent() && status.get().isSuccess() || first && !isRunning) {
      return this;
    }
    Meaning.Failure failure = oneshot.failure();
    int bit = failure.givesCode() ? 1 << (status.isEmpty() ? 1 : SHORT_FAILURE) : 1;
    if (first && failure.endsStart(status)) {
      return with(code.decided(bit));
    }
    int failures = code.failures != 0 || !failure.givesCode() ? code.failures : bit;
    return with(new Code(code.decided, failures, code.firstReaders));
  }

  /** What programs that are run once exit with when they fail: codes are bits of an int here. */
  static final int SHORT_FAILURE = 4;

  private World forgetting(ServiceId reader) {
    List<FirstReader> left = new ArrayList<>(code.firstReaders);
    left.removeIf(first -> first.label().equals(reader.toString()));
    return with(new Code(code.decided, code.failures, List.copyOf(left)));
  }

  private World remembering(String label, int bit) {
    List<FirstReader> all = new ArrayList<>(code.firstReaders);
    all.add(new FirstReader(label, bit, 10_000_000));
    return with(new Code(code.decided, code.failures, List.copyOf(all)));
  }

  /**
   * Time has passed: a program that reads, and was not followed by the one that writes, decides.
   * Which of two that ended at one instant is open.
   */
  World later(long nanos) {
    List<FirstReader> left = new ArrayList<>();
    int bits = 0;
    long firstNanos = Long.MAX_VALUE;
    for (FirstReader first : code.firstReaders) {
      long leftNanos = first.leftNanos() - nanos;
      if (leftNanos <= 0 && leftNanos <= firstNanos) {
        bits = first.code() | (leftNanos == firstNanos ? bits : 0);
        firstNanos = leftNanos;
      }
      left.add(new FirstReader(first.label(), first.code(), leftNanos));
    }
    if (bits != 0) {
      return with(code.decided(bits));
    }
    return code.decided == 0 ? with(new Code(0, code.failures, List.copyOf(left))) : this;
  }
}
