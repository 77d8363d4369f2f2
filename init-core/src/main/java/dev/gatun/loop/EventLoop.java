package dev.gatun.loop;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.container.Verdict;
import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Plan;
import java.util.Optional;

/**
 * The only thread that acts. A turn: wait until something is ready, read the time once, hear what
 * happened, let the machine decide, carry its decisions out, write what there is to write.
 */
public final class EventLoop {
  /** An init that fails on every turn has to give up at some time. */
  private static final int MAX_FAILURES = 100;

  private final Kernel kernel;
  private final Poll poll;
  private final OutputPlane output;
  private final EventQueue events;
  private final PendingReports reports;
  private final Reporter reporter;
  private final Optional<Observer> observer;
  private final SignalListener signals;
  private final EffectRunner runner;
  private final Transition boot;
  private State state;
  private Companion companion;
  private boolean begun;
  private Deadline nextDeadline = Deadline.NEVER;
  private boolean deadlineIsKnown;
  private boolean reported;

  /** Decides how the container begins, and does nothing yet. */
  public EventLoop(Shell shell, Plan plan) {
    this.kernel = shell.kernel();
    this.poll = shell.poll();
    this.output = shell.output();
    this.events = shell.events();
    this.reports = shell.reports();
    this.reporter = shell.reporter();
    this.observer = shell.observer();
    this.signals = new SignalListener(shell);
    this.runner = new EffectRunner(shell);
    events.beginTurn(kernel.monotonicNanos());
    this.boot = InitMachine.boot(plan, events.nowNanos());
    this.state = boot.state();
  }

  /** Starts what is to be started first. */
  public void begin() {
    begun = true;
    carryOut(boot);
    if (observer.isPresent()) {
      observer.get().booted(events.nowNanos(), boot);
    }
    signals.begin();
  }

  /** Has somebody see what becomes of the container from now on. */
  public void accompany(Companion other) {
    companion = other;
  }

  /** Runs the container from its first process, unless that has begun, to its last byte. */
  public Verdict run() {
    if (!begun) {
      begin();
    }
    settle();
    return turnUntilOver();
  }

  private Verdict turnUntilOver() {
    while (!(state.container() instanceof Container.Over)) {
      turn();
    }
    tellThatAllIsSettled();
    if (companion != null) {
      companion.close();
    }
    return ((Container.Over) state.container()).verdict();
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
    for (int failures = 0; failures < MAX_FAILURES; failures++) {
      try {
        events.post(new Event.LoopFailed(events.nowNanos(), describe(last)));
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

  private void turn() {
    poll.await(timeoutNanos());
    events.beginTurn(kernel.monotonicNanos());
    poll.tellHandlers();
    if (wantsToSweep()) {
      runner.sweep(Effect.Sweep.CHILDREN);
      signals.swept(state.isRunning());
    }
    signals.timePassed();
    if (nextDeadline().isDue(events.nowNanos())) {
      events.post(new Event.TimePassed(events.nowNanos()));
    }
    settle();
  }

  /** What has ended is looked for when all that was ready has been heard: see {@link Reaper}. */
  private boolean wantsToSweep() {
    return signals.childrenMayHaveEnded() || runner.wantsToSweepAgain();
  }

  /** Decides and acts until nothing is left to be decided. */
  private void settle() {
    runner.lookForEndOfJob();
    handleEvents();
    runner.reportFailedStarts();
    tellThatAllIsSettled();
    if (reports.passOn(reporter) && !reported) {
      // The first message loads a logging library. Should that make the JDK look at the environment
      // for the first time, a pending SIGCHLD is thrown away; a look for zombies makes up for it.
      reported = true;
      signals.childrenMayEnd();
    }
    if (output.flush() && state.container() instanceof Container.Draining) {
      events.post(new Event.OutputProgressed(events.nowNanos()));
      handleEvents();
    }
    if (output.isDrained()) {
      events.post(new Event.OutputEnded(events.nowNanos()));
      handleEvents();
    }
    if (companion != null) {
      companion.settled(state);
    }
  }

  private void tellThatAllIsSettled() {
    if (observer.isPresent()) {
      observer.get().settled();
    }
  }

  private long timeoutNanos() {
    if (wantsToSweep()) {
      return 0;
    }
    Deadline next = nextDeadline().earlier(output.nextDeadline()).earlier(signals.nextDeadline());
    if (companion != null) {
      next = next.earlier(companion.nextDeadline());
    }
    return next.isNever() ? -1 : Math.max(0, next.atNanos() - events.nowNanos());
  }

  /** Found out once a turn, however many decisions it took. */
  private Deadline nextDeadline() {
    if (!deadlineIsKnown) {
      deadlineIsKnown = true;
      nextDeadline = state.nextDeadline();
    }
    return nextDeadline;
  }

  private void handleEvents() {
    while (!events.isEmpty()) {
      Event event = events.remove();
      State before = state;
      Transition transition = InitMachine.step(before, event);
      if (observer.isPresent()) {
        observer.get().decided(before, event, transition);
      }
      carryOut(transition);
      if (event instanceof Event.ProcessExited e) {
        runner.ended(e.who());
      }
      if (companion != null) {
        companion.decided(event);
      }
    }
  }

  private void carryOut(Transition transition) {
    if (transition.state() != state) {
      state = transition.state();
      deadlineIsKnown = false;
      if (state.isTerminating()) {
        kernel.memory().keepUntilTheEnd();
      }
      if (!state.isRunning()) {
        reporter.containerEnds();
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
      Incarnation who = spawn.who();
      if (!runner.hasBegun(who)) {
        events.post(new Event.SpawnFailed(events.nowNanos(), who, describe(thrown)));
      }
    }
  }
}
