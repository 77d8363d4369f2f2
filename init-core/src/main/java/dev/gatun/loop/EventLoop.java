package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.Phase;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.machine.Verdict;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.Signal;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Plan;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The only thread that acts. A turn: wait until something is ready, read the time once, hear what
 * happened, let the machine decide, carry its decisions out, write what there is to write.
 */
public final class EventLoop implements EffectRunner.Events {
  /** SIGCHLD is one signal for any number of children; so are the others for their senders. */
  private static final int MAX_SIGNALS_A_TURN = 128;

  /** An init that fails on every turn has to give up at some time. */
  private static final int MAX_FAILURES = 100;

  /** Sweeps that follow each other faster are a storm of orphans. */
  private static final long STORM_NANOS = 2_000_000;

  private final Kernel kernel;
  private final Poll poll;
  private final OutputPlane output;
  private final PendingReports reports = new PendingReports();
  private Observer observer;
  private Reporter reporter;
  private Clients clients;
  private final EffectRunner runner;
  private final Queue<Event> events = new ArrayDeque<>();
  private final int signals;
  private State state;
  private Deadline nextDeadline = Deadline.NEVER;
  private State deadlineOf;
  private long nowNanos;
  private boolean childrenMayHaveEnded;
  private final Poll.Handler signalHandler = new SignalHandler();
  private long sweptNanos;
  private Deadline listenAt = Deadline.NEVER;
  private boolean reported;

  /**
   * @param signals a descriptor of {@link Kernel#openSignals}
   */
  public EventLoop(Kernel kernel, Poll poll, OutputPlane output, int signals) {
    this.kernel = kernel;
    this.poll = poll;
    this.output = output;
    this.signals = signals;
    this.runner = new EffectRunner(kernel, poll, output, this, reports);
    this.reporter = new PlainReporter(output);
  }

  /** Has all messages go to {@code hears} from now on, and not straight to standard error. */
  public void reportTo(Reporter hears) {
    reporter = hears;
  }

  /** Has {@code finds} explain why programs could not be started. */
  public void diagnoseWith(Diagnosis finds) {
    runner.diagnoseWith(finds);
  }

  /** Says something, once the services have been started. */
  public void report(Level level, String text) {
    reports.report(level, text);
  }

  private record PlainReporter(OutputPlane output) implements Reporter {
    @Override
    public void report(Level level, String text) {
      output.say(level, text);
    }
  }

  /** Gives programs Gatun's own standard output and error, where they have no log program. */
  public void passOutputThrough() {
    runner.passOutputThrough();
  }

  /** Shows {@code serves} what kept services do. */
  public void serve(Clients serves) {
    clients = serves;
    runner.serve(serves);
  }

  /** Asks {@code surroundings} for another environment whenever there may be one. */
  public void surround(Surroundings surroundings) {
    runner.surround(surroundings);
  }

  /** Tells {@code observer} of every decision from now on. */
  public void observe(Observer hears) {
    observer = hears;
  }

  /** Runs a container from its first process to its last byte. */
  public Verdict run(Plan plan) {
    nowNanos = kernel.monotonicNanos();
    Transition boot = InitMachine.boot(plan, nowNanos);
    carryOut(boot);
    if (observer != null) {
      observer.booted(nowNanos, boot);
    }
    sweptNanos = nowNanos - STORM_NANOS;
    poll.watch(signals, Interest.READABLE, signalHandler);
    settle();
    return turnUntilOver();
  }

  private Verdict turnUntilOver() {
    while (!isOver()) {
      turn();
    }
    tellThatAllIsSettled();
    return ((Phase.Over) state.phase()).verdict();
  }

  /**
   * Ends the container, telling every service to stop, after {@link #run} has thrown. What failed
   * once may fail again on the way; that is borne for a while.
   *
   * @param cause what was thrown
   * @throws RuntimeException or an Error, the last one, when nothing works any more
   */
  public Verdict endInOrder(Throwable cause) {
    Throwable last = cause;
    for (int failures = 0; state != null && failures < MAX_FAILURES; failures++) {
      try {
        post(new Event.LoopFailed(nowNanos, describe(last)));
        settle();
        return turnUntilOver();
      } catch (RuntimeException | Error again) {
        last = again;
      }
    }
    throw rethrow(last);
  }

  private static String describe(Throwable thrown) {
    StackTraceElement[] where = thrown.getStackTrace();
    return where.length == 0 ? thrown.toString() : thrown + " at " + where[0];
  }

  /** Whether the end of the container has been decided. */
  public boolean isEnding() {
    return state != null && !state.isRunning();
  }

  private boolean isOver() {
    return state.phase() instanceof Phase.Over;
  }

  private void turn() {
    poll.await(timeoutNanos());
    nowNanos = kernel.monotonicNanos();
    poll.tellHandlers();
    if (childrenMayHaveEnded || runner.wantsToSweepAgain()) {
      childrenMayHaveEnded = false;
      runner.sweepChildren(new Effect.SweepChildren());
      restInStorms();
    }
    if (listenAt.isDue(nowNanos)) {
      listen();
    }
    if (nextDeadline().isDue(nowNanos)) {
      post(new Event.TimePassed(nowNanos));
    }
    if (clients != null) {
      clients.timePassed(nowNanos);
    }
    settle();
  }

  /** Decides and acts until nothing is left to be decided. */
  private void settle() {
    handleEvents();
    runner.reportFailedStarts();
    tellThatAllIsSettled();
    if (reports.passOn(reporter) && !reported) {
      // The first message loads a logging library. Should that make the JDK look at the environment
      // for the first time, a pending SIGCHLD is thrown away; a look for zombies makes up for it.
      reported = true;
      childrenMayHaveEnded = true;
    }
    if (output.flush() && state.phase() instanceof Phase.Draining) {
      post(new Event.OutputProgressed(nowNanos));
      handleEvents();
    }
    if (output.isDrained()) {
      post(new Event.OutputEnded(nowNanos));
      handleEvents();
    }
  }

  private void tellThatAllIsSettled() {
    if (observer != null) {
      observer.settled();
    }
  }

  private long timeoutNanos() {
    if (childrenMayHaveEnded || runner.wantsToSweepAgain()) {
      return 0;
    }
    Deadline next = nextDeadline().earlier(output.nextDeadline()).earlier(listenAt);
    if (clients != null) {
      next = next.earlier(clients.nextDeadline());
    }
    return next.isNever() ? -1 : Math.max(0, next.atNanos() - nowNanos);
  }

  /**
   * In a storm of orphans nobody listens to signals for a moment, so that many zombies are reaped
   * in one go; the ends of services come through descriptors of their own.
   */
  private void restInStorms() {
    boolean storm = nowNanos - sweptNanos < STORM_NANOS;
    sweptNanos = nowNanos;
    if (storm && state.isRunning()) {
      poll.forget(signals);
      listenAt = Deadline.after(nowNanos, STORM_NANOS);
    }
  }

  private void listen() {
    listenAt = Deadline.NEVER;
    poll.watch(signals, Interest.READABLE, signalHandler);
  }

  /** Found out once a turn, however many decisions it took. */
  private Deadline nextDeadline() {
    if (deadlineOf != state) {
      deadlineOf = state;
      nextDeadline = state.nextDeadline();
    }
    return nextDeadline;
  }

  /** Hears signals. No lambda, here as in all that runs at the start: the first one costs 5 ms. */
  private final class SignalHandler implements Poll.Handler {
    @Override
    public void ready() {
      hearSignals();
    }
  }

  /** Sweeping waits until all that was ready has been heard: see {@link EffectRunner}. */
  private void hearSignals() {
    for (int i = 0; i < MAX_SIGNALS_A_TURN; i++) {
      int number = kernel.nextSignal(signals);
      if (number == -Errno.EINTR) {
        continue;
      }
      if (number <= 0) {
        return;
      }
      if (number == Signal.CHLD.number()) {
        childrenMayHaveEnded = true;
      } else {
        post(new Event.SignalReceived(nowNanos, new Signal(number)));
      }
    }
  }

  private void handleEvents() {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      State before = state;
      Transition transition = InitMachine.step(before, event);
      if (observer != null) {
        observer.decided(before, event, transition);
      }
      carryOut(transition);
    }
  }

  private void carryOut(Transition transition) {
    if (transition.state() != state) {
      state = transition.state();
      if (state.isTerminating()) {
        kernel.memory().keepUntilTheEnd();
      }
    }
    Throwable thrown = null;
    for (Effect effect : transition.effects()) {
      try {
        effect.performBy(runner);
      } catch (RuntimeException | Error e) {
        tellFailure(effect, e);
        thrown = e;
      }
    }
    if (thrown != null) {
      throw rethrow(thrown);
    }
  }

  /** Unchecked, as everything that is caught here. */
  private static RuntimeException rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  /** The others are still carried out, and nobody waits for a process that has not been made. */
  private void tellFailure(Effect effect, Throwable thrown) {
    if (effect instanceof Effect.Spawn spawn) {
      tellFailure(spawn.who(), thrown);
    } else if (effect instanceof Effect.SpawnStopScript spawn) {
      tellFailure(spawn.who(), thrown);
    } else if (effect instanceof Effect.SpawnScript spawn) {
      tellFailure(spawn.who(), thrown);
    }
  }

  private void tellFailure(Incarnation who, Throwable thrown) {
    if (!runner.hasBegun(who)) {
      post(new Event.SpawnFailed(nowNanos, who, describe(thrown)));
    }
  }

  @Override
  public void post(Event event) {
    events.add(event);
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }
}
