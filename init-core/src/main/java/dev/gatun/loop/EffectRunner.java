package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.Poll;
import dev.gatun.kernel.ProcessDescription;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.Stage;
import dev.gatun.output.OutputPlane;
import dev.gatun.plan.Command;
import java.util.List;

/**
 * Carries effects out. Everything that fails here becomes an event or a message: no error of the
 * kernel ends the loop.
 */
final class EffectRunner implements Effect.Performer {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  /** Takes events, in order. */
  interface Events {
    void post(Event event);

    /** The time of this turn. */
    long nowNanos();
  }

  private final Kernel kernel;
  private final OutputPlane output;
  private final Events events;
  private final Reporter reports;
  private final Children children = new Children();
  private final KnownOrphans orphans = new KnownOrphans();
  private final Origins origins = new Origins();
  private final Reaper reaper;
  private final LogPipes logPipes;
  private final PidList pids = new PidList();
  private Diagnosis diagnosis;
  private KeptServices kept;
  private Adoptions adoptions;
  private FailedStarts failedStarts;
  private JobControl job;
  private UnlistedOrphans unlisted;
  private boolean outputIsPassedThrough;

  EffectRunner(Kernel kernel, Poll poll, OutputPlane output, Events events, Reporter reports) {
    this.kernel = kernel;
    this.output = output;
    this.events = events;
    this.reports = reports;
    this.reaper = new Reaper(kernel, poll, events, reports, children, orphans);
    this.logPipes = new LogPipes(kernel);
  }

  void diagnoseWith(Diagnosis finds) {
    diagnosis = finds;
  }

  void passOutputThrough() {
    outputIsPassedThrough = true;
  }

  void serve(Clients clients) {
    kept().serve(clients);
  }

  void surround(Surroundings surroundings) {
    kept().surround(surroundings);
  }

  @Override
  public void openLogPipe(Effect.OpenLogPipe effect) {
    logPipes.open(effect.service());
  }

  @Override
  public void closeLogPipe(Effect.CloseLogPipe effect) {
    logPipes.close(effect.service());
  }

  @Override
  public void spawn(Effect.Spawn effect) {
    if (effect.command().job().isPresent()) {
      startJob(effect.who(), effect.command());
      return;
    }
    spawn(effect.who(), effect.command(), List.of(Origins.tag(effect.who().service())), false);
  }

  @Override
  public void spawnScript(Effect.SpawnScript effect) {
    spawn(effect.who(), effect.command(), List.of(Origins.tag(effect.who().service())), true);
  }

  @Override
  public void spawnStopScript(Effect.SpawnStopScript effect) {
    Child target = children.get(effect.target());
    if (target == null) {
      String cause = "the process that it is to end has ended";
      events.post(new Event.SpawnFailed(events.nowNanos(), effect.who(), cause));
      return;
    }
    OsString pid = OsString.of(effect.script().pidVariable() + "=" + target.pid());
    OsString tag = Origins.tag(effect.who().service());
    spawn(effect.who(), effect.script().command(), List.of(tag, pid), false);
  }

  private void startJob(Incarnation who, Command command) {
    int pid = job().start(who, command);
    if (pid < 0) {
      hearThatSpawnFailed(who, command, -pid);
      return;
    }
    begin(who, pid);
    origins.started(who.service(), pid);
    job.watch(children.get(who));
  }

  private void hearThatSpawnFailed(Incarnation who, Command program, int error) {
    if (failedStarts == null) {
      failedStarts = new FailedStarts(kernel, diagnosis);
    }
    events.post(failedStarts.event(events.nowNanos(), who, program, error));
  }

  /**
   * @param optional whether the program need not be there
   */
  private void spawn(
      Incarnation who, Command command, List<OsString> addedEnvironment, boolean optional) {
    Stage stage = who.stage();
    boolean reads = stage == Stage.LOG;
    int stdin = reads ? logPipes.readingEnd(who.service()) : SpawnRequest.NOTHING;
    boolean writes = stage == Stage.RUN || stage == Stage.FINISH || stage == Stage.CONTROL;
    boolean piped = writes && logPipes.has(who.service());
    int[] out = piped ? new int[] {-1, logPipes.writingEnd(who.service())} : pipe(STDOUT);
    int[] err = pipe(STDERR);
    int error = Math.min(firstError(out[1], err[1]), reads ? stdin : 0);
    int pid =
        error < 0
            ? error
            : kernel.spawn(
                new SpawnRequest(
                    command.program(),
                    command.arguments(),
                    command.directory(),
                    addedEnvironment,
                    stdin,
                    out[1],
                    err[1]));
    if (!piped) {
      closeIfOwn(out[1]);
    }
    closeIfOwn(err[1]);
    if (pid < 0) {
      closeIfOwn(out[0]);
      closeIfOwn(err[0]);
      if (optional && kept().isMissing(command, -pid)) {
        events.post(new Event.ProgramMissing(events.nowNanos(), who));
        return;
      }
      hearThatSpawnFailed(who, command, -pid);
      return;
    }
    begin(who, pid);
    origins.started(who.service(), pid);
    if (out[0] >= 0) {
      output.attachStdout(out[0], who);
    }
    if (err[0] >= 0) {
      output.attachStderr(err[0], who);
    }
  }

  /** Whether a process that was ordered has been made, and is watched. */
  boolean hasBegun(Incarnation who) {
    return children.get(who) != null;
  }

  /** To be called once a turn, before its messages are said. */
  void reportFailedStarts() {
    if (failedStarts != null) {
      failedStarts.report(reports);
    }
  }

  /**
   * @param standard what stands in for the pipe where output is not looked at
   */
  private int[] pipe(int standard) {
    if (outputIsPassedThrough) {
      return new int[] {-1, standard};
    }
    int[] ends = new int[2];
    int result = kernel.pipe(ends);
    return result < 0 ? new int[] {result, result} : ends;
  }

  private static int firstError(int a, int b) {
    return a < 0 ? a : Math.min(b, 0);
  }

  private void closeIfOwn(int descriptor) {
    if (descriptor > STDERR) {
      kernel.close(descriptor);
    }
  }

  /** Without a descriptor of its own a process is still found by sweeping when it has ended. */
  private void begin(Incarnation who, int pid) {
    // Whatever fails from here on, the process is known.
    children.add(new Child(who, pid, -1));
    if (who.stage() == Stage.MAIN) {
      kept().mainHasBegun(children.get(who));
    }
    events.post(new Event.ProcessSpawned(events.nowNanos(), who, pid));
    reaper.watch(new Child(who, pid, kernel.openProcess(pid)));
  }

  @Override
  public void sendSignal(Effect.SendSignal effect) {
    Child child = children.get(effect.who());
    if (child == null) {
      return;
    }
    int result = kernel.signal(child.pid(), child.descriptor(), effect.signal());
    Refusals.report(kernel, reports, result, effect.who().label(), child.pid(), effect.signal());
  }

  @Override
  public void signalOrphan(Effect.SignalOrphan effect) {
    OrphanId id = effect.id();
    if (orphans.isAlive(id)) {
      int result = kernel.signal(id.pid(), -1, effect.signal());
      Refusals.report(kernel, reports, result, "reparented process", id.pid(), effect.signal());
    }
  }

  @Override
  public void forwardSignal(Effect.ForwardSignal effect) {
    job().forward(effect);
  }

  @Override
  public void stopSelf(Effect.StopSelf effect) {
    job().stopSelf();
  }

  @Override
  public void followStop(Effect.FollowStop effect) {
    job().followStop(effect);
  }

  private JobControl job() {
    if (job == null) {
      job = new JobControl(kernel, output, events, reports);
      reaper.tell(job);
    }
    return job;
  }

  @Override
  public void signalRest(Effect.SignalRest effect) {
    int result = kernel.signalAll(effect.signal());
    if (result < 0 && result != -Errno.ESRCH) {
      String what = "cannot send " + effect.signal() + " to the processes that are left: ";
      reports.report(Level.WARNING, what + kernel.explain(-result));
    }
  }

  @Override
  public void signalGroup(Effect.SignalGroup effect) {
    kept().signal(effect);
  }

  @Override
  public void publishStatus(Effect.PublishStatus effect) {
    kept().clients().publish(effect.service(), effect.part(), effect.status());
  }

  @Override
  public void releaseService(Effect.ReleaseService effect) {
    kept().clients().release(effect.service());
  }

  @Override
  public void refreshEnvironment(Effect.RefreshEnvironment effect) {
    kept().refreshEnvironment();
  }

  @Override
  public void findServices(Effect.FindServices effect) {
    kept().clients().findServices();
  }

  @Override
  public void askWhetherToEnd(Effect.AskWhetherToEnd effect) {
    if (kept().clients().mayExecute(effect.permit())) {
      events.post(new Event.EndRequested(events.nowNanos(), effect.cause()));
    }
  }

  private KeptServices kept() {
    if (kept == null) {
      kept = new KeptServices(kernel, reports);
    }
    return kept;
  }

  @Override
  public void sweepChildren(Effect.SweepChildren effect) {
    if (job != null) {
      job.lookForStop();
    }
    boolean left = reaper.sweep();
    events.post(new Event.ChildrenSwept(events.nowNanos(), left, false));
  }

  @Override
  public void scanOrphans(Effect.ScanOrphans effect) {
    boolean left = reaper.sweep();
    pids.clear();
    int count = left ? kernel.listOrphans(pids) : 0;
    if (count < 0 && !isPassing(-count)) {
      unlisted = unlisted == null ? new UnlistedOrphans(kernel, reports) : unlisted;
      events.post(unlisted.hear(-count, events.nowNanos()));
    }
    if (count > 0) {
      List<OrphanId> arrived = orphans.arrivals(pids);
      if (!arrived.isEmpty()) {
        events.post(new Event.OrphansArrived(events.nowNanos(), arrived));
      }
    }
    if (adoptions != null) {
      adoptions.retry();
    }
    events.post(new Event.ChildrenSwept(events.nowNanos(), left, true));
  }

  private static boolean isPassing(int error) {
    return error == Errno.EINTR || Errno.isShortage(error);
  }

  /** Whether a sweep was cut short and is to go on in the next turn. */
  boolean wantsToSweepAgain() {
    return reaper.wantsToSweepAgain();
  }

  @Override
  public void inspectOrphan(Effect.InspectOrphan effect) {
    OrphanId id = effect.id();
    if (orphans.isAlive(id)) {
      ProcessDescription what = kernel.describe(id.pid());
      events.post(
          new Event.OrphanInspected(
              events.nowNanos(), id, what.name(), what.commandLine(), origins.of(what)));
    }
  }

  @Override
  public void adoptOrphan(Effect.AdoptOrphan effect) {
    if (adoptions == null) {
      adoptions = new Adoptions(kernel, output, orphans, reports);
    }
    adoptions.adopt(effect);
  }

  @Override
  public void drainOutput(Effect.DrainOutput effect) {
    output.drain();
  }

  @Override
  public void abandonOutput(Effect.AbandonOutput effect) {
    String loss = output.unwritten();
    reports.report(
        Level.ERROR, "cannot write all output: nobody has read it for too long: " + loss);
  }

  @Override
  public void report(Effect.Report effect) {
    reports.report(effect.level(), effect.text());
  }
}
