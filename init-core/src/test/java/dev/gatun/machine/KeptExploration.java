package dev.gatun.machine;

import dev.gatun.machine.KeptWorld.Life;
import dev.gatun.model.Control;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Everything that can happen in a container with one kept service, or none, and a course: programs
 * end in any order, a few commands come at any time, the container is told to stop at any time.
 */
final class KeptExploration {
  static final ServiceName A = ServiceName.of("a");

  private static final List<Control> TO_SERVICE =
      List.of(
          Control.UP,
          Control.DOWN,
          Control.ONCE,
          Control.EXIT,
          Control.TERMINATE,
          Control.PAUSE,
          Control.CONTINUE);
  private static final List<Control> TO_LOG =
      List.of(Control.UP, Control.DOWN, Control.ONCE, Control.PAUSE);

  private record Node(State state, KeptWorld world) {}

  private record Step(KeptWorld world, Event event, boolean isDue) {}

  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Map<Node, Set<Node>> comesFrom = new HashMap<>();
  private final Queue<Node> unexplored = new ArrayDeque<>();
  private final Set<Node> over = new HashSet<>();

  private final Plan plan;
  private final int commands;
  private final Exploration.Listener listener;

  /**
   * @param commands how many clients may give
   */
  KeptExploration(Plan plan, int commands, Exploration.Listener listener) {
    this.plan = plan;
    this.commands = commands;
    this.listener = listener;
  }

  void explore() {
    Transition boot = InitMachine.boot(plan, 0);
    note(new Node(KeptNormal.of(boot.state(), 0), KeptWorld.begin(commands).after(boot)));
    while (!unexplored.isEmpty()) {
      Node node = unexplored.remove();
      for (Step step : steps(node)) {
        Node next = take(node, step);
        note(next);
        if (step.isDue()) {
          comesFrom.computeIfAbsent(next, any -> new HashSet<>()).add(node);
        }
      }
    }
  }

  int states() {
    return numbers.size();
  }

  private void note(Node node) {
    if (numbers.putIfAbsent(node, numbers.size()) == null) {
      boolean isOver = node.state().phase() instanceof Phase.Over;
      (isOver ? over : unexplored).add(node);
    }
  }

  private Node take(Node node, Step step) {
    Transition transition = InitMachine.step(node.state(), step.event());
    listener.decided(node.state(), step.event(), transition);
    KeptWorld world = step.world().after(transition);
    boolean drains = node.state().isTerminating() && !transition.state().isTerminating();
    if (drains && !world.lives().isEmpty()) {
      throw new AssertionError("draining while there are " + world + "\n" + node.state());
    }
    return new Node(KeptNormal.of(transition.state(), step.event().atNanos()), world);
  }

  /** From where the container cannot be ended any more, as text. */
  List<String> deadEnds() {
    Set<Node> good = new HashSet<>(over);
    Queue<Node> front = new ArrayDeque<>(over);
    while (!front.isEmpty()) {
      for (Node before : comesFrom.getOrDefault(front.remove(), Set.of())) {
        if (good.add(before)) {
          front.add(before);
        }
      }
    }
    return numbers.keySet().stream()
        .filter(node -> !good.contains(node))
        .map(Node::toString)
        .toList();
  }

  private static List<Step> steps(Node node) {
    List<Step> steps = new ArrayList<>();
    State state = node.state();
    KeptWorld world = node.world();
    world.lives().forEach((label, life) -> addFates(state, world, label, life, steps));
    if (!world.signaled()) {
      steps.add(new Step(world.afterSignal(), new Event.SignalReceived(0, Signal.TERM), true));
    }
    if (world.sweeps()) {
      boolean left = !world.lives().isEmpty();
      steps.add(new Step(world.afterSweep(), new Event.ChildrenSwept(0, left, true), true));
    }
    if (state.phase() instanceof Phase.Draining) {
      steps.add(new Step(world, new Event.OutputEnded(0), true));
    }
    if (!state.nextDeadline().isNever() && !world.isOrdering()) {
      long nanos = state.nextDeadline().atNanos();
      steps.add(new Step(world, new Event.TimePassed(nanos), true));
    }
    if (world.commands() > 0 && !state.plan().services().isEmpty()) {
      addCommands(state, world.afterCommand(), steps);
    }
    return steps;
  }

  private static void addCommands(State state, KeptWorld world, List<Step> steps) {
    for (Control control : TO_SERVICE) {
      steps.add(new Step(world, new Event.ControlReceived(0, A, Part.SERVICE, control), false));
    }
    for (Control control : TO_LOG) {
      steps.add(new Step(world, new Event.ControlReceived(0, A, Part.LOG, control), false));
    }
    steps.add(new Step(world, new Event.ServiceVanished(0, A), false));
    steps.add(
        new Step(world, new Event.ServiceFound(0, state.plan().services().getFirst()), false));
  }

  /** A script that says it has stopped the service has done so. */
  private static boolean standsInForTerm(State state, Incarnation who) {
    return state
        .regime()
        .flatMap(regime -> regime.find(A))
        .flatMap(kept -> kept.service().script())
        .filter(script -> script.who().is(who))
        .filter(script -> script.purpose() == Script.Purpose.INSTEAD_OF_TERM)
        .isPresent();
  }

  /** Its end is due when it was told to, when it ends by itself, or at the end of what it reads. */
  private static void addFates(
      State state, KeptWorld world, String label, Life life, List<Step> steps) {
    Incarnation who = KeptNormal.incarnation(label);
    Stage stage = who.stage();
    if (life == Life.ORDERED) {
      boolean script = stage == Stage.FINISH || stage == Stage.CONTROL;
      steps.add(new Step(world.with(label, Life.LIVES), new Event.ProcessSpawned(0, who, 7), true));
      KeptWorld gone = world.without(label);
      steps.add(
          new Step(
              gone,
              script ? new Event.ProgramMissing(0, who) : new Event.SpawnFailed(0, who, "no"),
              true));
      return;
    }
    boolean isShort = stage != Stage.RUN && stage != Stage.LOG;
    boolean reads = stage == Stage.LOG && world.pipeIsClosed() && life == Life.LIVES;
    boolean due = life == Life.TOLD || life == Life.KILLED || isShort || reads;
    KeptWorld gone = world.without(label);
    KeptWorld done = standsInForTerm(state, who) ? gone.afterStopScript() : gone;
    steps.add(new Step(done, new Event.ProcessExited(0, who, new ExitStatus.Exited(0)), due));
    if (isShort) {
      steps.add(new Step(gone, new Event.ProcessExited(0, who, new ExitStatus.Exited(100)), due));
    }
  }
}
