package dev.gatun.machine;

import dev.gatun.machine.World.Life;
import dev.gatun.machine.World.OrphanLife;
import dev.gatun.machine.World.Process;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Everything that can happen to a plan: from the boot on, each event that is possible in a world is
 * given to the machine, and so on from every state that results, until no state is new. Time passes
 * from one deadline to the next; between two of them, everything else can happen in any order.
 */
final class Exploration {

  /** Hears of every transition. */
  interface Listener {
    void decided(State before, Event event, Transition transition);
  }

  /** How programs behave. */
  enum Programs {
    /** They end when they are told to, log programs when nobody writes to them any more. */
    OBEDIENT,
    /** They end when they are killed. */
    DEAF
  }

  /** What the kernel can tell about orphans. */
  enum Listing {
    LISTED,
    UNLISTED_ALONE,
    UNLISTED_SHARED
  }

  /** One point: what the machine knows, and what is. */
  record Node(State state, World world) {

    /** The plan is the same for all. */
    @Override
    public int hashCode() {
      int hash = 31 * world.hashCode() + state.phase().hashCode();
      for (Service service : state.services()) {
        hash = 31 * hash + service.run().hashCode();
        hash = 31 * hash + service.log().hashCode();
        hash = 31 * hash + service.term().hashCode();
        hash = 31 * hash + service.killAt().hashCode();
        hash = 31 * hash + service.ifLogWasFirst().hashCode();
      }
      return 31 * (31 * hash + state.orphans().hashCode()) + state.scanAt().hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Node(State otherState, World otherWorld)
          && world.equals(otherWorld)
          && state.equals(otherState);
    }
  }

  /**
   * Something that may happen next.
   *
   * @param events what the machine hears of it, in order
   * @param isDue whether it happens without anybody's whim
   */
  record Step(World world, List<Event> events, boolean isDue) {}

  private final Plan plan;
  private final Listing listing;
  private final boolean withOrphan;
  private final Programs programs;
  private final Listener listener;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Queue<Integer> unexplored = new ArrayDeque<>();
  private int[] from = new int[1 << 16];
  private int[] to = new int[1 << 16];
  private int dueSteps;
  private long transitions;
  private final Safety safety = new Safety();

  Exploration(
      Plan plan, Listing listing, boolean withOrphan, Programs programs, Listener listener) {
    this.plan = plan;
    this.listing = listing;
    this.withOrphan = withOrphan;
    this.programs = programs;
    this.listener = listener;
  }

  int states() {
    return nodes.size();
  }

  long transitions() {
    return transitions;
  }

  void explore() {
    Transition boot = InitMachine.boot(plan, 0);
    World world = World.BEFORE_BOOT;
    for (Effect effect : boot.effects()) {
      world = world.after(effect);
    }
    world = plan.services().isEmpty() ? world.decided(0) : world;
    number(new Node(Normal.of(boot.state(), 0), world));
    while (!unexplored.isEmpty()) {
      int number = unexplored.remove();
      for (Step step : steps(nodes.get(number))) {
        int next = number(take(nodes.get(number), step));
        if (step.isDue()) {
          addEdge(number, next);
        }
      }
    }
  }

  private int number(Node node) {
    Integer known = numbers.putIfAbsent(node, nodes.size());
    if (known != null) {
      return known;
    }
    nodes.add(node);
    unexplored.add(nodes.size() - 1);
    return nodes.size() - 1;
  }

  private void addEdge(int source, int target) {
    if (dueSteps == from.length) {
      from = Arrays.copyOf(from, dueSteps * 2);
      to = Arrays.copyOf(to, dueSteps * 2);
    }
    from[dueSteps] = source;
    to[dueSteps++] = target;
  }

  /** The machine hears of it; what it then does happens in the world. */
  private Node take(Node node, Step step) {
    State state = node.state();
    World world = step.world();
    long nowNanos = 0;
    for (Event event : step.events()) {
      nowNanos = event.atNanos();
      Transition transition = InitMachine.step(state, event);
      transitions++;
      listener.decided(state, event, transition);
      safety.check(state, event, transition, world);
      state = transition.state();
      for (Effect effect : transition.effects()) {
        world = world.after(effect);
      }
    }
    boolean nothingIsLeft = !state.isRunning() && !world.isOrdering() && !world.childrenLeft();
    world = nothingIsLeft ? world.decided(0) : world;
    safety.checkCode(state, world);
    return new Node(Normal.of(state, nowNanos), world);
  }

  /** Nodes from which the end cannot be reached by what happens without anybody's whim. */
  List<Node> deadEnds() {
    boolean[] reaches = new boolean[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      reaches[i] = nodes.get(i).state().phase() instanceof Phase.Over;
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = dueSteps - 1; i >= 0; i--) {
        if (!reaches[from[i]] && reaches[to[i]]) {
          reaches[from[i]] = true;
          changed = true;
        }
      }
    }
    List<Node> dead = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (!reaches[i]) {
        dead.add(nodes.get(i));
      }
    }
    return dead;
  }

  private List<Step> steps(Node node) {
    List<Step> steps = new ArrayList<>();
    State state = node.state();
    World world = node.world();
    if (state.phase() instanceof Phase.Over) {
      return steps;
    }
    if (state.phase() instanceof Phase.Draining) {
      steps.add(new Step(world, List.of(new Event.OutputEnded(0)), true));
      steps.add(new Step(world, List.of(new Event.OutputProgressed(0)), false));
    }
    for (Process process : world.processes()) {
      addFates(state, world, process, steps);
    }
    addSignal(state, world, steps);
    addOrphan(state, world, steps);
    addAnswers(world, steps);
    // The loop knows what became of a start before it looks at the clock again.
    if (!state.nextDeadline().isNever() && !world.isOrdering()) {
      long nanos = state.nextDeadline().atNanos();
      World later = state.isRunning() ? world.later(nanos) : world;
      steps.add(new Step(later, List.of(new Event.TimePassed(nanos)), true));
    }
    return steps;
  }

  private void addSignal(State state, World world, List<Step> steps) {
    if (!world.signaled()) {
      World after = world.afterSignal();
      steps.add(
          new Step(
              state.isRunning() ? after.decided(0) : after,
              List.of(new Event.SignalReceived(0, Signal.TERM)),
              true));
    }
  }

  private void addFates(State state, World world, Process process, List<Step> steps) {
    Incarnation who = process.who();
    if (process.life() == Life.ORDERED) {
      steps.add(
          new Step(
              world.with(who, Life.LIVES), List.of(new Event.ProcessSpawned(0, who, 7)), true));
      World failed = world.with(who, Life.GONE);
      boolean decides = state.isRunning() && who.stage() != Stage.TERM;
      steps.add(
          new Step(
              decides ? failed.decided(1) : failed,
              List.of(new Event.SpawnFailed(0, who, "no such file")),
              true));
    } else if (process.isThere()) {
      boolean due = ends(world, process);
      for (int code : codes(state, who)) {
        ExitStatus status = new ExitStatus.Exited(code);
        steps.add(
            new Step(
                world.ended(who, status, state.isRunning()),
                List.of(new Event.ProcessExited(0, who, status)),
                due));
      }
    }
  }

  /** What it exits with makes a difference only while the container runs. */
  private static int[] codes(State state, Incarnation who) {
    if (!state.isRunning()) {
      return who.stage() == Stage.TERM ? new int[] {0, 1} : new int[] {0};
    }
    return who.stage() == Stage.RUN ? new int[] {0, 1, 115} : new int[] {0, 1};
  }

  private boolean ends(World world, Process process) {
    if (process.life() == Life.KILLED) {
      return true;
    }
    boolean obeys = programs == Programs.OBEDIENT;
    return switch (process.who().stage()) {
      case RUN -> obeys && process.life() == Life.TOLD;
      case TERM, FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL -> obeys;
      case LOG ->
          !world.runLives(process.who())
              && (!world.orphanLives() || obeys && process.life() == Life.TOLD);
    };
  }

  private void addOrphan(State state, World world, List<Step> steps) {
    boolean canFork = world.processes().stream().anyMatch(Process::isThere);
    if (withOrphan && world.orphan() == OrphanLife.UNBORN && canFork) {
      steps.add(new Step(world.with(OrphanLife.LIVES), List.of(), false));
    }
    if (world.inspects()) {
      World answered = world.asking(world.sweeps(), world.scans(), false);
      List<Event> answer =
          world.orphanLives()
              ? List.of(
                  new Event.OrphanInspected(0, World.ORPHAN, "daemon", "daemon", Optional.empty()))
              : List.of();
      steps.add(new Step(answered, answer, true));
    }
    if (world.orphanLives()) {
      addOrphanEnd(state, world, steps);
    }
  }

  private void addOrphanEnd(State state, World world, List<Step> steps) {
    boolean obeys = programs == Programs.OBEDIENT && world.orphan() == OrphanLife.TOLD;
    World after = world.with(OrphanLife.GONE);
    boolean adopted = state.orphans().get(World.ORPHAN) instanceof Orphan.Adopted;
    int[] codes = adopted && state.isRunning() ? new int[] {0, 1} : new int[] {0};
    for (int code : codes) {
      List<Event> events = new ArrayList<>();
      if (state.orphans().contains(World.ORPHAN)) {
        Event.OrphanExit exit = new Event.OrphanExit(World.ORPHAN, new ExitStatus.Exited(code));
        events.add(new Event.OrphansReaped(0, List.of(exit)));
      }
      World decided = adopted && state.isRunning() ? after.decided(code == 0 ? 0 : 3) : after;
      events.add(new Event.ChildrenSwept(0, decided.childrenLeft(), false));
      steps.add(new Step(decided, events, obeys || world.orphan() == OrphanLife.KILLED));
    }
  }

  /** A sweep is answered when all that was ordered before it is known. */
  private void addAnswers(World world, List<Step> steps) {
    if (world.isOrdering()) {
      return;
    }
    if (world.sweeps()) {
      World answered = world.asking(false, world.scans(), world.inspects());
      steps.add(
          new Step(
              answered, List.of(new Event.ChildrenSwept(0, world.childrenLeft(), false)), true));
    }
    if (world.scans()) {
      steps.add(scanned(world));
    }
  }

  private Step scanned(World world) {
    World answered = world.asking(world.sweeps(), false, world.inspects());
    List<Event> events = new ArrayList<>();
    if (listing != Listing.LISTED && world.childrenLeft()) {
      events.add(new Event.OrphansUnlisted(0, listing == Listing.UNLISTED_ALONE));
    } else if (world.orphan() == OrphanLife.LIVES && world.childrenLeft()) {
      answered = answered.with(OrphanLife.ANNOUNCED);
      events.add(new Event.OrphansArrived(0, List.of(World.ORPHAN)));
    }
    events.add(new Event.ChildrenSwept(0, answered.childrenLeft(), true));
    return new Step(answered, events, true);
  }
}
