package dev.gatun.machine;

import dev.gatun.machine.World.Ask;
import dev.gatun.machine.World.Life;
import dev.gatun.machine.World.OrphanLife;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.OrphanExit;
import dev.gatun.machine.service.Script;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can happen to a plan: from the boot on, each event that is possible in a world is
 * given to the machine, and so on from every state that results, until no state is new. Time passes
 * from one deadline to the next; between two of them, everything else can happen in any order.
 */
final class Exploration {
  private static final List<Order> TO_SERVICE =
      List.of(
          Order.UP,
          Order.DOWN,
          Order.ONCE,
          Order.EXIT,
          Order.TERMINATE,
          Order.PAUSE,
          Order.CONTINUE);
  private static final List<Order> TO_READER =
      List.of(Order.UP, Order.DOWN, Order.ONCE, Order.PAUSE);

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

  /**
   * What is explored.
   *
   * @param commands how many a client may give to the first service that takes orders
   */
  record Case(Plan plan, Listing listing, boolean withOrphan, Programs programs, int commands) {}

  /** One point: what the machine knows, and what is. */
  record Node(State state, World world) {}

  /**
   * Something that may happen next.
   *
   * @param events what the machine hears of it, in order
   * @param isDue whether it happens without anybody's whim
   */
  record Step(World world, List<Event> events, boolean isDue) {}

  private final Case explored;
  private final Listener listener;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private int[] from = new int[1 << 16];
  private int[] to = new int[1 << 16];
  private int dueSteps;
  private long transitions;
  private final Safety safety = new Safety();

  Exploration(Case explored, Listener listener) {
    this.explored = explored;
    this.listener = listener;
  }

  int states() {
    return nodes.size();
  }

  long transitions() {
    return transitions;
  }

  void explore() {
    Plan plan = explored.plan();
    Transition boot = InitMachine.boot(plan, 0);
    World world = World.begin(explored.commands());
    for (Effect effect : boot.effects()) {
      world = world.after(effect);
    }
    boolean isEmpty = plan.services().isEmpty() && !plan.findsServices();
    world = isEmpty ? world.with(world.code().decided(1)) : world;
    number(new Node(Normal.of(boot.state(), 0), world));
    for (int number = 0; number < nodes.size(); number++) {
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
    world = nothingIsLeft ? world.with(world.code().decided(1)) : world;
    safety.checkCode(state, world);
    return new Node(Normal.of(state, nowNanos), world);
  }

  /** Nodes from which the end cannot be reached by what happens without anybody's whim. */
  List<Node> deadEnds() {
    boolean[] reaches = new boolean[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      reaches[i] = nodes.get(i).state().container() instanceof Container.Over;
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
    if (state.container() instanceof Container.Over) {
      return steps;
    }
    if (state.container() instanceof Container.Draining) {
      steps.add(new Step(world, List.of(new Event.OutputEnded(0)), true));
      steps.add(new Step(world, List.of(new Event.OutputProgressed(0)), false));
    }
    world.lives().forEach((label, life) -> addFates(state, world, label, life, steps));
    if (!world.signaled()) {
      World after = world.afterSignal();
      World decided = state.isRunning() ? after.with(after.code().decided(1)) : after;
      steps.add(new Step(decided, List.of(new Event.SignalReceived(0, Signal.TERM)), true));
    }
    addOrphan(state, world, steps);
    addAnswers(world, steps);
    addCommands(state, world, steps);
    // The loop knows what became of a start before it looks at the clock again.
    if (!state.nextDeadline().isNever() && !world.isOrdering()) {
      long nanos = state.nextDeadline().atNanos();
      World later = state.isRunning() ? world.later(nanos) : world;
      steps.add(new Step(later, List.of(new Event.TimePassed(nanos)), true));
    }
    return steps;
  }

  private void addFates(State state, World world, String label, Life life, List<Step> steps) {
    Incarnation who = Normal.incarnation(label);
    Plan plan = explored.plan();
    boolean isRunning = state.isRunning();
    if (life == Life.ORDERED) {
      World lives = world.with(label, Life.LIVES);
      steps.add(new Step(lives, List.of(new Event.ProcessSpawned(0, who, 7)), true));
      boolean may = who.stage() == Stage.FINISH || who.stage() == Stage.CONTROL;
      Event failed =
          may ? new Event.ProgramMissing(0, who) : new Event.SpawnFailed(0, who, "no such file");
      World gone = world.ended(plan, who, Optional.empty(), isRunning);
      steps.add(new Step(gone, List.of(failed), true));
      return;
    }
    boolean due = ends(world, who, life);
    for (int code : codes(isRunning, who)) {
      ExitStatus status = new ExitStatus.Exited(code);
      World gone = world.ended(plan, who, Optional.of(status), isRunning);
      // A program that stands in for TERM, and says that it has done so, has.
      boolean stops = code == 0 && standsInForTerm(state, who) || who.stage() == Stage.TERM;
      World done = stops ? gone.signal(who.service() + "/run", Signal.TERM) : gone;
      steps.add(new Step(done, List.of(new Event.ProcessExited(0, who, status)), due));
    }
  }

  private static boolean standsInForTerm(State state, Incarnation who) {
    Optional<Script> script =
        state.services().find(who.service(), who.stage().owner()).flatMap(s -> s.orders().script());
    return script.isPresent()
        && script.get().life().is(who)
        && script.get().purpose() == Script.Purpose.INSTEAD_OF_TERM;
  }

  /** What it exits with makes a difference only while the container runs, or a code is given. */
  private static int[] codes(boolean isRunning, Incarnation who) {
    return switch (who.stage()) {
      case RUN -> isRunning ? new int[] {0, 1, 115} : new int[] {0};
      case LOG, MAIN -> isRunning ? new int[] {0, 1} : new int[] {0};
      case TERM, FINISH, CONTROL, DOWN, CHECK -> new int[] {0, 1};
      case FIRST, LAST, SIGNAL -> new int[] {0, World.SHORT_FAILURE};
    };
  }

  private boolean ends(World world, Incarnation who, Life life) {
    boolean obeys = explored.programs() == Programs.OBEDIENT;
    if (life == Life.KILLED || obeys && life == Life.TOLD) {
      return who.stage() != Stage.LOG || life == Life.KILLED || isFreeToEnd(world, who, life);
    }
    return switch (who.stage()) {
      case RUN, MAIN -> false;
      case TERM, FINISH, CONTROL, DOWN, CHECK, FIRST, LAST, SIGNAL -> obeys;
      case LOG -> isFreeToEnd(world, who, life);
    };
  }

  /** A log program ends when nobody writes to it any more. */
  private boolean isFreeToEnd(World world, Incarnation who, Life life) {
    boolean obeys = explored.programs() == Programs.OBEDIENT;
    boolean told = obeys && life == Life.TOLD;
    boolean runs = world.lives().containsKey(who.service() + "/run");
    boolean open = world.openPipes().contains(who.label());
    boolean stopped = life == Life.STOPPED || life == Life.STOPPED_AND_TOLD;
    boolean atEnd = !runs && !open && !stopped && !world.orphanLives();
    return told || atEnd;
  }

  private void addOrphan(State state, World world, List<Step> steps) {
    if (explored.withOrphan() && world.orphan() == OrphanLife.UNBORN && world.anyIsThere()) {
      steps.add(new Step(world.with(OrphanLife.LIVES), List.of(), false));
    }
    if (world.asked().contains(Ask.INSPECT)) {
      List<Event> answer =
          world.orphanLives()
              ? List.of(
                  new Event.OrphanInspected(0, World.ORPHAN, "daemon", "daemon", Optional.empty()))
              : List.of();
      steps.add(new Step(world.answered(Ask.INSPECT), answer, true));
    }
    if (world.orphanLives()) {
      addOrphanEnd(state, world, steps);
    }
  }

  private void addOrphanEnd(State state, World world, List<Step> steps) {
    boolean obeys = explored.programs() == Programs.OBEDIENT && world.orphan() == OrphanLife.TOLD;
    World after = world.with(OrphanLife.GONE);
    boolean adopted = state.orphans().get(World.ORPHAN) instanceof Orphan.Adopted;
    int[] codes = adopted && state.isRunning() ? new int[] {0, 1} : new int[] {0};
    for (int code : codes) {
      List<Event> events = new ArrayList<>();
      if (state.orphans().contains(World.ORPHAN)) {
        OrphanExit exit = new OrphanExit(World.ORPHAN, new ExitStatus.Exited(code));
        events.add(new Event.OrphansReaped(0, List.of(exit)));
      }
      boolean decides = adopted && state.isRunning();
      World decided = decides ? after.with(after.code().decided(code == 0 ? 1 : 8)) : after;
      events.add(new Event.ChildrenSwept(0, decided.childrenLeft(), false));
      steps.add(new Step(decided, events, obeys || world.orphan() == OrphanLife.KILLED));
    }
  }

  /** A sweep is answered when all that was ordered before it is known. */
  private void addAnswers(World world, List<Step> steps) {
    if (world.asked().contains(Ask.ENVIRONMENT)) {
      Event read = new Event.EnvironmentRead(0, Plans.ENVIRONMENT);
      steps.add(new Step(world.answered(Ask.ENVIRONMENT), List.of(read), true));
    }
    if (world.isOrdering()) {
      return;
    }
    if (world.asked().contains(Ask.SWEEP)) {
      Event swept = new Event.ChildrenSwept(0, world.childrenLeft(), false);
      steps.add(new Step(world.answered(Ask.SWEEP), List.of(swept), true));
    }
    if (world.asked().contains(Ask.SCAN)) {
      steps.add(scanned(world.answered(Ask.SCAN)));
    }
  }

  private Step scanned(World world) {
    World answered = world;
    List<Event> events = new ArrayList<>();
    if (explored.listing() != Listing.LISTED && world.childrenLeft()) {
      events.add(new Event.OrphansUnlisted(0, explored.listing() == Listing.UNLISTED_ALONE));
    } else if (world.orphan() == OrphanLife.LIVES && world.childrenLeft()) {
      answered = answered.with(OrphanLife.ANNOUNCED);
      events.add(new Event.OrphansArrived(0, List.of(World.ORPHAN)));
    }
    events.add(new Event.ChildrenSwept(0, answered.childrenLeft(), true));
    return new Step(answered, events, true);
  }

  private void addCommands(State state, World world, List<Step> steps) {
    Optional<ServiceState> first = Optional.empty();
    for (ServiceState service : state.services()) {
      boolean commanded = service.service().takesOrders() && !service.service().isReader();
      first = first.isEmpty() && commanded ? Optional.of(service) : first;
    }
    if (world.commands() <= 0 || first.isEmpty()) {
      return;
    }
    ServiceName name = first.get().id().name();
    World after = world.afterCommand();
    for (Order order : TO_SERVICE) {
      Event told = new Event.OrderReceived(0, ServiceId.run(name), order);
      steps.add(new Step(after, List.of(told), false));
    }
    for (Order order : TO_READER) {
      Event told = new Event.OrderReceived(0, ServiceId.log(name), order);
      steps.add(new Step(after, List.of(told), false));
    }
    steps.add(new Step(after, List.of(new Event.ServiceVanished(0, name)), false));
    List<Service> anew = List.of(first.get().service());
    if (first.get().service().wiring().output().isEmpty()) {
      steps.add(new Step(after, List.of(new Event.ServiceFound(0, anew)), false));
    }
  }
}
