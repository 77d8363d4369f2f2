package dev.gatun.sim;

import dev.gatun.model.ExitStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A process of the simulated tree. */
final class SimProcess {
  enum Life {
    RUNS,
    ZOMBIE,
    REAPED
  }

  final int pid;
  final Fate fate = new Fate();

  /** What it executes. */
  Behavior behavior;

  /** Its name when the init last asked for it. */
  String describedAs = "";

  /** The program's path when the init started it, else empty. */
  final String program;

  final Set<SimProcess> children = new LinkedHashSet<>();
  final Set<Integer> pendingSignals = new TreeSet<>();
  SimProcess parent;
  SimPipe stdin;
  SimPipe stdout;
  SimPipe stderr;

  /** Where it says that it is ready. */
  SimPipe voice;

  /** Whom a stop script was started for. */
  SimProcess target;

  Life life = Life.RUNS;
  ExitStatus status;
  boolean stopped;
  boolean wokenWhileStopped;
  boolean handledTerm;

  /** What the relay has read and not written yet. */
  byte[] carried = {};

  /** The init's descriptor of it, or negative. */
  int descriptor = -1;

  private final List<Step> steps;
  private int nextStep;
  int writtenBytes;
  long wakeNumber;

  SimProcess(int pid, Behavior behavior, String program) {
    this.pid = pid;
    this.behavior = behavior;
    this.program = program;
    this.steps = new ArrayList<>(behavior.steps());
  }

  boolean wasStartedByInit() {
    return !program.isEmpty();
  }

  /** Whether it is the log program of that one, which still has something to say. */
  boolean isLogProgramOfLiving(SimProcess other) {
    boolean isService = other != this && other.program.equals(program.replace("/log/run", "/run"));
    return isService && other.life == Life.RUNS;
  }

  /** The step it is at, or null at the end. */
  Step step() {
    return nextStep < steps.size() ? steps.get(nextStep) : null;
  }

  void stepDone() {
    nextStep++;
    writtenBytes = 0;
  }

  /** Executes another program: what was true of the old one no longer is. */
  void exec(Behavior other) {
    behavior = other;
    handledTerm = false;
    goOnWith(other.steps());
  }

  void goOnWith(List<Step> others) {
    steps.clear();
    steps.addAll(others);
    nextStep = 0;
    writtenBytes = 0;
    carried = new byte[0];
  }

  @Override
  public String toString() {
    return behavior.name() + "(" + pid + ")";
  }
}
