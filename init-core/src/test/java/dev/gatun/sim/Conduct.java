package dev.gatun.sim;

import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Stop;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether processes got what was promised, neither too early nor too late. Live orphans are looked
 * at when they have been orphans for 10 ms, found within a second (a tenth of one while the
 * container ends), and killed when their time is over. Services are killed when theirs is over, and
 * log programs are never told to stop.
 */
final class Conduct {
  private static final long MILLI = 1_000_000;
  private static final long LOOK_NANOS = 1000 * MILLI;
  private static final long LAST_LOOK_NANOS = 100 * MILLI;

  private final OrphanPolicy policy;
  private final long killAfterNanos;
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
  Conduct(Workload workload, long beganNanos, long endedNanos) {
    this.policy = workload.plan().orphans();
    this.killAfterNanos =
        workload.plan().services().stream()
            .mapToLong(service -> service.stop().killAfterNanos())
            .findFirst()
            .orElse(Stop.NO_KILL);
    this.hasProc = workload.setting().hasProc();
    this.beganNanos = beganNanos;
    this.endedNanos = endedNanos;
    this.slackNanos = 4 * workload.setting().lateNanos() + 12 * MILLI;
    this.earlinessNanos = workload.setting().startsNanos();
  }

  List<String> judge(List<SimProcess> orphans, List<SimProcess> started) {
    if (hasProc) {
      orphans.forEach(this::judge);
      started.forEach(this::judgeStarted);
    }
    return faults;
  }

  private void judgeStarted(SimProcess process) {
    Fate fate = process.fate;
    boolean isLog = process.program.endsWith("/log/run");
    boolean killed = fate.killedAtNanos != Fate.NEVER;
    fault(isLog && fate.toldAtNanos != Fate.NEVER, process, "was told to stop, a log program");
    fault(fate.killedTooEarly, process, "was killed while its service lived");
    fault(killed && killAfterNanos < 0, process, "was killed, and there is no time for that");
    boolean hasty = fate.killedAtNanos < beganNanos - slackNanos + Math.max(0, killAfterNanos);
    fault(killed && hasty, process, "was killed before its time was over");
    boolean isRun = process.program.endsWith("/run") && !isLog;
    boolean kills = killAfterNanos >= 0;
    long dueNanos = kills ? sum(fate.toldAtNanos, killAfterNanos + slackNanos) : Fate.NEVER;
    fault(isRun && isLate(fate.killedAtNanos, dueNanos, fate), process, "was not killed in time");
  }

  private void judge(SimProcess orphan) {
    Fate fate = orphan.fate;
    long firstCareNanos = Math.min(fate.toldAtNanos, fate.adoptedAtNanos);
    boolean early =
        firstCareNanos != Fate.NEVER
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

  private void fault(boolean is, SimProcess process, String what) {
    if (is) {
      faults.add(process + " " + what);
    }
  }
}
