package dev.gatun.sim;

import dev.gatun.plan.OrphanPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether live orphans got what the policy promises, neither too early nor too late: looked at when
 * they have been orphans for 10 ms, found within a second (a tenth of one while the container
 * ends), killed when their time is over and not before.
 */
final class Promptness {
  private static final long MILLI = 1_000_000;
  private static final long LOOK_NANOS = 1000 * MILLI;
  private static final long LAST_LOOK_NANOS = 100 * MILLI;

  private final OrphanPolicy policy;
  private final boolean hasProc;
  private final long beganNanos;
  private final long endedNanos;
  private final long slackNanos;

  /** What is started in a turn after its time was read makes an orphan seem older than it is. */
  private final long earlinessNanos;

  private final List<String> faults = new ArrayList<>();

  /**
   * @param beganNanos when the container's end began
   * @param endedNanos when it was over
   */
  Promptness(Workload workload, long beganNanos, long endedNanos) {
    this.policy = workload.plan().orphans();
    this.hasProc = workload.environment().hasProc();
    this.beganNanos = beganNanos;
    this.endedNanos = endedNanos;
    this.slackNanos = 4 * workload.environment().lateNanos() + 12 * MILLI;
    this.earlinessNanos = workload.environment().startsNanos();
  }

  List<String> judge(List<SimProcess> orphans) {
    if (hasProc) {
      orphans.forEach(this::judge);
    }
    return faults;
  }

  private void judge(SimProcess orphan) {
    Fate fate = orphan.fate;
    long firstCareNanos = Math.min(fate.toldAtNanos, fate.adoptedAtNanos);
    boolean early =
        !orphan.wasStartedByInit()
            && firstCareNanos != Fate.NEVER
            && firstCareNanos < fate.reparentedAtNanos + policy.maturityNanos() - earlinessNanos;
    fault(early, orphan, "was looked at before it was old enough");
    long adoptedLateNanos = dueWhileRunning(fate, OrphanPolicy.Kind.ADOPT);
    fault(isLate(fate.adoptedAtNanos, adoptedLateNanos, fate), orphan, "was not adopted in time");
    long toldLateNanos =
        Math.min(dueWhileRunning(fate, OrphanPolicy.Kind.TERMINATE), dueAtTheEnd(fate));
    fault(isLate(fate.toldAtNanos, toldLateNanos, fate), orphan, "was not told to stop in time");
    boolean hasty = fate.toldAtNanos < beganNanos && policy.kind() != OrphanPolicy.Kind.TERMINATE;
    fault(hasty && !nearTheEnd(fate), orphan, "was told to stop, against the policy");
    judgeKill(orphan);
  }

  /** The end may have begun a little earlier than the oracle can know. */
  private boolean nearTheEnd(Fate fate) {
    return fate.toldAtNanos > beganNanos - slackNanos;
  }

  private void judgeKill(SimProcess orphan) {
    Fate fate = orphan.fate;
    long dueNanos = sum(fate.toldAtNanos, policy.killAfterNanos());
    boolean hasty =
        fate.killedAtNanos != Fate.NEVER && fate.killedAtNanos < dueNanos - earlinessNanos;
    fault(hasty, orphan, "was killed before its time was over");
    long lateNanos = sum(dueNanos, slackNanos);
    fault(isLate(fate.killedAtNanos, lateNanos, fate), orphan, "was not killed in time");
  }

  private long dueWhileRunning(Fate fate, OrphanPolicy.Kind kind) {
    long due = fate.reparentedAtNanos + LOOK_NANOS + policy.maturityNanos() + slackNanos;
    return policy.kind() == kind && due < beganNanos ? due : Fate.NEVER;
  }

  private long dueAtTheEnd(Fate fate) {
    long since = Math.max(beganNanos, fate.reparentedAtNanos);
    return since + LAST_LOOK_NANOS + policy.maturityNanos() + slackNanos;
  }

  private boolean isLate(long doneNanos, long dueNanos, Fate fate) {
    boolean wasThere = fate.endedAtNanos > dueNanos && endedNanos > dueNanos;
    return dueNanos != Fate.NEVER && wasThere && doneNanos > dueNanos;
  }

  private static long sum(long nanos, long moreNanos) {
    return nanos == Fate.NEVER ? Fate.NEVER : nanos + moreNanos;
  }

  private void fault(boolean is, SimProcess orphan, String what) {
    if (is) {
      faults.add("the reparented process " + orphan + " " + what);
    }
  }
}
