package dev.gatun.sim;

import dev.gatun.model.ExitStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which exit code the contract of the dinit layout demands, as a function of what the kernel knows
 * to have happened: the first event that ends the container decides. Written from the contract and
 * not from the machine.
 *
 * <p>More than one code is right where the order cannot be known: a signal and an end that are seen
 * in one turn, and a log program whose service ends just when the grace is over.
 */
final class Oracle {
  private static final long GRACE_NANOS = 10_000_000;

  /** Where SIGCHLD can be lost, the end of an orphan is found by a look for orphans. */
  private static final long SCAN_NANOS = 1_100_000_000;

  private static final int DISABLED = 115;
  private static final int FAILURE = 3;
  private static final int OWN_FAILURE = 1;
  private static final Set<Integer> STOPS = Set.of(15, 2, 3, 37);

  private enum Kind {
    /** The end of a process, or a start that failed: these are heard in their order. */
    PROCESS,
    SIGNAL,
    GRACE_OVER,
    /** The end of an adopted process: heard when the init sweeps, not in its order. */
    ADOPTED,
    /** A start that failed before the init listened for the first time. */
    NOT_STARTED
  }

  /**
   * Something that may decide.
   *
   * @param certain whether it is one at all
   */
  private record Candidate(long atNanos, int turn, int code, Kind kind, boolean certain) {}

  /**
   * @param codes the codes that are right
   * @param atNanos when the container's end began; {@link Long#MAX_VALUE} when nothing ended it
   * @param sure whether nothing before that may have been the beginning
   */
  record Answer(Set<Integer> codes, long atNanos, boolean sure) {}

  private final List<History.Happening> history;
  private final long latencyNanos;
  private final boolean heardInOrder;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<String, History.Ended> runEnds = new HashMap<>();

  private final CommandRule command;

  private Oracle(
      List<History.Happening> history,
      long latencyNanos,
      boolean heardInOrder,
      CommandRule command) {
    this.history = history;
    this.command = command;
    this.heardInOrder = heardInOrder;
    this.latencyNanos = latencyNanos;
  }

  /**
   * @param latencyNanos how late at most the init may have seen a thing
   * @param heardInOrder whether it saw the ends of processes in their order
   * @param command the rule for the command that gets all signals, or null without one
   */
  static Answer judge(
      List<History.Happening> history,
      long latencyNanos,
      boolean heardInOrder,
      CommandRule command) {
    return new Oracle(history, latencyNanos, heardInOrder, command).judge();
  }

  private Answer judge() {
    for (History.Happening happening : history) {
      if (happening instanceof History.Ended end && end.program().endsWith("/run")) {
        if (!isLog(end.program())) {
          runEnds.put(service(end.program()), end);
        }
      }
    }
    history.forEach(this::consider);
    candidates.sort(
        Comparator.comparing((Candidate c) -> c.kind() != Kind.NOT_STARTED)
            .thenComparingLong(Candidate::atNanos));
    Set<Integer> codes = new TreeSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      addEqualsOf(candidates.get(i), codes);
      if (candidates.get(i).certain()) {
        return new Answer(codes, candidates.get(i).atNanos(), i == 0);
      }
    }
    codes.add(0);
    return new Answer(codes, Long.MAX_VALUE, candidates.isEmpty());
  }

  /** The codes of all that may have been seen before {@code first}. */
  private void addEqualsOf(Candidate first, Set<Integer> codes) {
    codes.add(first.code());
    for (Candidate other : candidates) {
      boolean signal = first.kind() == Kind.SIGNAL || other.kind() == Kind.SIGNAL;
      boolean grace = first.kind() == Kind.GRACE_OVER || other.kind() == Kind.GRACE_OVER;
      boolean adopted = first.kind() == Kind.ADOPTED || other.kind() == Kind.ADOPTED;
      boolean together =
          signal && other.turn() == first.turn()
              || adopted && Math.abs(other.turn() - first.turn()) <= 1;
      long lateNanos = adopted && !heardInOrder ? SCAN_NANOS : 0;
      boolean near = Math.abs(other.atNanos() - first.atNanos()) <= 2 * latencyNanos + lateNanos;
      if (together || (grace || adopted || !heardInOrder) && near) {
        codes.add(other.code());
      }
    }
  }

  private void consider(History.Happening happening) {
    switch (happening) {
      case History.Signaled s -> {
        if (command == null && STOPS.contains(s.signal())) {
          candidates.add(new Candidate(s.atNanos(), s.turn(), 0, Kind.SIGNAL, true));
        }
      }
      case History.NotStarted n -> {
        if (n.program().endsWith("/run")) {
          int code = isCommand(n.program()) ? command.notStarted(n.error()) : OWN_FAILURE;
          candidates.add(new Candidate(n.atNanos(), n.turn(), code, Kind.NOT_STARTED, true));
        }
      }
      case History.Ended e when isLog(e.program()) -> considerLog(e);
      case History.Ended e when e.program().endsWith("/run") -> {
        boolean isCommand = isCommand(e.program());
        if (isCommand || !e.status().isCode(DISABLED)) {
          int code = isCommand ? command.ended(e.status()) : code(e.status());
          candidates.add(new Candidate(e.atNanos(), e.turn(), code, Kind.PROCESS, true));
        }
      }
      case History.Ended e -> {}
      case History.Started s -> {}
      case History.OrphanEnded o -> {
        if (o.adoptedTurn() >= 0) {
          candidates.add(
              new Candidate(o.atNanos(), o.turn(), code(o.status()), Kind.ADOPTED, true));
        }
      }
    }
  }

  private void considerLog(History.Ended log) {
    History.Ended run = runEnds.get(service(log.program()));
    long graceOverNanos = log.atNanos() + GRACE_NANOS;
    long runEndedNanos = run == null ? Long.MAX_VALUE : run.atNanos();
    boolean surelyBefore = heardInOrder || runEndedNanos < log.atNanos() - 2 * latencyNanos;
    if (runEndedNanos < graceOverNanos && surelyBefore) {
      return;
    }
    boolean certain = runEndedNanos - graceOverNanos > 2 * latencyNanos;
    candidates.add(new Candidate(graceOverNanos, -1, code(log.status()), Kind.GRACE_OVER, certain));
  }

  private boolean isCommand(String program) {
    return command != null && command.program().equals(program);
  }

  private static int code(ExitStatus status) {
    return status.isSuccess() ? 0 : FAILURE;
  }

  private static boolean isLog(String program) {
    return program.endsWith("/log/run");
  }

  private static String service(String program) {
    return program.substring(0, program.indexOf('/', "/etc/service/".length()));
  }
}
