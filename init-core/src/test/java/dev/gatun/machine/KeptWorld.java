package dev.gatun.machine;

import dev.gatun.model.Incarnation;
import dev.gatun.model.Signal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is there, beside what the machine knows of it, in a container with one kept service.
 *
 * @param lives by label
 * @param commands how many more clients may give
 */
record KeptWorld(
    Map<String, Life> lives, boolean pipeIsClosed, boolean signaled, boolean sweeps, int commands) {
  private static final String RUN = "a/run";

  /** What a process that was ordered is doing. */
  enum Life {
    ORDERED,
    LIVES,
    STOPPED,
    STOPPED_AND_TOLD,
    TOLD,
    KILLED
  }

  static KeptWorld begin(int commands) {
    return new KeptWorld(Map.of(), true, false, false, commands);
  }

  boolean isOrdering() {
    return lives.containsValue(Life.ORDERED);
  }

  KeptWorld with(String label, Life life) {
    Map<String, Life> changed = new TreeMap<>(lives);
    changed.put(label, life);
    return new KeptWorld(changed, pipeIsClosed, signaled, sweeps, commands);
  }

  KeptWorld without(String label) {
    Map<String, Life> changed = new TreeMap<>(lives);
    changed.remove(label);
    return new KeptWorld(changed, pipeIsClosed, signaled, sweeps, commands);
  }

  KeptWorld afterSignal() {
    return new KeptWorld(lives, pipeIsClosed, true, sweeps, commands);
  }

  KeptWorld afterSweep() {
    return new KeptWorld(lives, pipeIsClosed, signaled, false, commands);
  }

  KeptWorld afterCommand() {
    return new KeptWorld(lives, pipeIsClosed, signaled, sweeps, commands - 1);
  }

  private KeptWorld withPipe(boolean closed) {
    return new KeptWorld(lives, closed, signaled, sweeps, commands);
  }

  KeptWorld after(Transition transition) {
    KeptWorld world = this;
    for (Effect effect : transition.effects()) {
      world = world.after(effect);
    }
    return world;
  }

  private KeptWorld after(Effect effect) {
    if (effect instanceof Effect.Spawn spawn) {
      return ordered(spawn.who());
    }
    if (effect instanceof Effect.SpawnScript spawn) {
      return ordered(spawn.who());
    }
    if (effect instanceof Effect.SendSignal sent) {
      return told(sent);
    }
    if (effect instanceof Effect.OpenLogPipe) {
      return withPipe(false);
    }
    if (effect instanceof Effect.CloseLogPipe) {
      return withPipe(true);
    }
    boolean looks = effect instanceof Effect.SweepChildren || effect instanceof Effect.ScanOrphans;
    return looks ? new KeptWorld(lives, pipeIsClosed, signaled, true, commands) : this;
  }

  private KeptWorld ordered(Incarnation who) {
    if (lives.containsKey(who.label())) {
      throw new AssertionError("started while it is there: " + who + " in " + this);
    }
    return with(who.label(), Life.ORDERED);
  }

  /** A script has told the service to stop. */
  KeptWorld afterStopScript() {
    Life life = lives.get(RUN);
    if (life == Life.LIVES) {
      return with(RUN, Life.TOLD);
    }
    return life == Life.STOPPED ? with(RUN, Life.STOPPED_AND_TOLD) : this;
  }

  private KeptWorld told(Effect.SendSignal sent) {
    String label = sent.who().label();
    Life life = lives.get(label);
    if (life == null || life == Life.ORDERED) {
      throw new AssertionError("told while it is not there: " + sent + " in " + this);
    }
    Signal signal = sent.signal();
    if (signal.is(Signal.KILL) || life == Life.KILLED) {
      return with(label, Life.KILLED);
    }
    boolean stopped = life == Life.STOPPED || life == Life.STOPPED_AND_TOLD;
    boolean told = life == Life.TOLD || life == Life.STOPPED_AND_TOLD || signal.is(Signal.TERM);
    boolean stays = signal.is(Signal.STOP) || stopped && !signal.is(Signal.CONT);
    return with(
        label, stays ? told ? Life.STOPPED_AND_TOLD : Life.STOPPED : told ? Life.TOLD : Life.LIVES);
  }
}
