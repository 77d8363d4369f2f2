package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.loop.Children.Child;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import dev.gatun.plan.Program;
import java.util.List;

/**
 * Carries effects out. Everything that fails here becomes an event or a message: no error of the
 * kernel ends the loop. What the first start does not need is made when it is needed first.
 */
final class EffectRunner implements Effect.Performer {
  private static final int STDERR = 2;
  private static final int NOTHING = SpawnRequest.NOTHING;

  private final Shell shell;
  private final Kernel kernel;
  private final EventQueue events;
  private final Reporter reports;
  private final Children children = new Children();
  private final KnownOrphans knownOrphans = new KnownOrphans();
  private final ServiceOrigins origins = new ServiceOrigins();
  private final Reaper reaper;
  private LogPipes logPipes;
  private ReadyPipes readyPipes;
  private FailedStarts failedStarts;
  private SignalSender signals;
  private JobControl job;
  private OrphanEffects orphans;
  private Questions questions;
  private Notifications notifications;

  EffectRunner(Shell shell) {
    this.shell = shell;
    this.kernel = shell.kernel();
    this.events = shell.events();
    this.reports = shell.reports();
    this.reaper = new Reaper(shell, children, knownOrphans);
  }

  @Override
  public void openPipe(Effect.OpenPipe effect) {
    logPipes().open(effect.reader());
  }

  @Override
  public void closePipe(Effect.ClosePipe effect) {
    logPipes().close(effect.reader());
  }

  private LogPipes logPipes() {
    if (logPipes == null) {
      logPipes = new LogPipes(kernel);
    }
    return logPipes;
  }

  @Override
  public void spawn(Effect.Spawn effect) {
    OsString tag = ServiceOrigins.tag(effect.who().service());
    if (effect.voice().isPresent() && effect.voice().get().notifies()) {
      notifications = notifications == null ? new Notifications(shell) : notifications;
      spawn(effect, List.of(tag, notifications.open(effect.who())));
      return;
    }
    if (effect.target().isEmpty()) {
      spawn(effect, List.of(tag));
      return;
    }
    Effect.Spawn.Target target = effect.target().get();
    Child process = children.get(target.process());
    if (process == null) {
      String cause = "the process that it is to end has ended";
      events.post(new Event.SpawnFailed(events.nowNanos(), effect.who(), cause));
      return;
    }
    spawn(effect, List.of(tag, OsString.of(target.pidVariable() + "=" + process.pid())));
  }

  private void spawn(Effect.Spawn effect, List<OsString> addedEnvironment) {
    Program program = effect.program();
    if (program.mayBeMissing() && !kernel.mayExecute(program.path())) {
      events.post(new Event.ProgramMissing(events.nowNanos(), effect.who()));
      return;
    }
    int in = effect.reads().isPresent() ? logPipes().readingEnd(effect.reads().get()) : NOTHING;
    boolean piped = effect.writes().isPresent();
    int[] out =
        piped
            ? new int[] {-1, logPipes().writingEnd(effect.writes().get())}
            : pipe(inheritsOutput(program) && !shell.output().converts(effect.who()));
    int[] err = pipe(inheritsOutput(program));
    int voice = effect.hasDescriptor() ? readyPipes().open(effect.who()) : NOTHING;
    int error = Math.min(Math.min(error(in), error(voice)), Math.min(error(out[1]), error(err[1])));
    int pid = error < 0 ? error : start(effect, addedEnvironment, in, out[1], err[1], voice);
    if (effect.hasDescriptor()) {
      closeIfOwn(voice);
      readyPipes().begin(effect.who(), pid > 0);
    }
    if (!piped) {
      closeIfOwn(out[1]);
    }
    closeIfOwn(err[1]);
    if (pid < 0) {
      closeIfOwn(out[0]);
      closeIfOwn(err[0]);
      hearThatSpawnFailed(effect, -pid);
      return;
    }
    begin(effect.who(), pid);
    if (program.job().isPresent()) {
      job().watch(children.get(effect.who()));
    }
    attach(effect.who(), out[0], err[0]);
  }

  private boolean inheritsOutput(Program program) {
    return program.job().isPresent()
        ? program.job().get().inheritsOutput()
        : shell.passesOutputThrough();
  }

  /**
   * The ends of a pipe for a program's output, to read from and to give away: the latter says why
   * there is none.
   *
   * @param inherits whether the program gets Gatun's own output instead
   */
  private int[] pipe(boolean inherits) {
    if (inherits) {
      return new int[] {-1, SpawnRequest.INHERITED};
    }
    int[] ends = new int[2];
    int result = kernel.pipe(ends);
    return result < 0 ? new int[] {-1, result} : ends;
  }

  /** Why there is no such end; 0 for one that there is, or that stands for another. */
  private static int error(int end) {
    return end == NOTHING || end == SpawnRequest.INHERITED ? 0 : Math.min(end, 0);
  }

  /** A process has ended. */
  void ended(Incarnation who) {
    if (readyPipes != null) {
      readyPipes.ended(who);
    }
  }

  private ReadyPipes readyPipes() {
    if (readyPipes == null) {
      readyPipes = new ReadyPipes(shell);
    }
    return readyPipes;
  }

  private int start(
      Effect.Spawn effect, List<OsString> added, int in, int out, int err, int voice) {
    Program program = effect.program();
    Environment environment = effect.environment().changedBy(program.variables());
    SpawnRequest request =
        new SpawnRequest(program.path(), program.arguments(), program.directory(), environment)
            .with(in, out, err);
    if (voice != NOTHING) {
      request = request.giving(voice, effect.voice().get().descriptor());
    }
    if (program.user().isPresent()) {
      request = request.as(program.user().get());
    }
    return program.job().isEmpty()
        ? kernel.spawn(request.adding(added))
        : job().start(request.asJob(program.job().get().name()));
  }

  private void closeIfOwn(int descriptor) {
    if (descriptor > STDERR) {
      kernel.close(descriptor);
    }
  }

  private void hearThatSpawnFailed(Effect.Spawn effect, int error) {
    Program program = effect.program();
    boolean looksMissing = error == Errno.ENOENT || error == Errno.EACCES;
    // A file may be there and its interpreter may not: that is an error that people must see.
    if (program.mayBeMissing() && looksMissing && !kernel.mayExecute(program.path())) {
      events.post(new Event.ProgramMissing(events.nowNanos(), effect.who()));
      return;
    }
    if (failedStarts == null) {
      failedStarts = new FailedStarts(kernel, shell.advice());
    }
    events.post(failedStarts.event(events.nowNanos(), effect.who(), program, error));
  }

  /** Without a descriptor of its own a process is still found by sweeping when it has ended. */
  private void begin(Incarnation who, int pid) {
    // Whatever fails from here on, the process is known.
    children.add(new Child(who, pid, -1));
    events.post(new Event.ProcessSpawned(events.nowNanos(), who, pid));
    reaper.watch(new Child(who, pid, kernel.openProcess(pid)));
    origins.started(who.service(), pid);
  }

  private void attach(Incarnation who, int out, int err) {
    if (out >= 0) {
      shell.output().attachStdout(out, who);
    }
    if (err >= 0) {
      shell.output().attachStderr(err, who);
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

  /** To be called when ends have been heard, before anybody is told. */
  void lookForEndOfJob() {
    if (job != null) {
      job.lookForEnd();
    }
  }

  @Override
  public void sendSignal(Effect.SendSignal effect) {
    signals().send(effect);
  }

  @Override
  public void signalGroup(Effect.SignalGroup effect) {
    signals().send(effect);
  }

  @Override
  public void signalAll(Effect.SignalAll effect) {
    signals().send(effect);
  }

  private SignalSender signals() {
    if (signals == null) {
      signals = new SignalSender(shell, children);
    }
    return signals;
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
      job = new JobControl(shell, children, signals());
    }
    return job;
  }

  @Override
  public void sweep(Effect.Sweep effect) {
    if (effect.scans()) {
      orphans().scan();
      return;
    }
    if (job != null) {
      job.lookForStop();
    }
    boolean left = reaper.sweep();
    events.post(new Event.ChildrenSwept(events.nowNanos(), left, false));
  }

  /** Whether a sweep was cut short and is to go on in the next turn. */
  boolean wantsToSweepAgain() {
    return reaper.wantsToSweepAgain();
  }

  @Override
  public void inspectOrphan(Effect.InspectOrphan effect) {
    orphans().inspect(effect.id());
  }

  @Override
  public void adoptOrphan(Effect.AdoptOrphan effect) {
    orphans().adopt(effect);
  }

  @Override
  public void signalOrphan(Effect.SignalOrphan effect) {
    orphans().signal(effect);
  }

  private OrphanEffects orphans() {
    if (orphans == null) {
      orphans = new OrphanEffects(shell, signals(), reaper, knownOrphans, origins);
    }
    return orphans;
  }

  @Override
  public void publishStatus(Effect.PublishStatus effect) {
    if (shell.clients().isPresent()) {
      shell.clients().get().publish(effect.service(), effect.status());
    }
  }

  @Override
  public void releaseService(Effect.ReleaseService effect) {
    children.forget(effect.service());
    if (shell.clients().isPresent()) {
      shell.clients().get().release(effect.service());
    }
  }

  @Override
  public void findServices(Effect.FindServices effect) {
    if (shell.clients().isPresent()) {
      shell.clients().get().findServices();
    }
  }

  @Override
  public void readEnvironment(Effect.ReadEnvironment effect) {
    Environment read = shell.environment().orElseThrow().read();
    events.post(new Event.EnvironmentRead(events.nowNanos(), read));
  }

  @Override
  public void askWhetherToEnd(Effect.AskWhetherToEnd effect) {
    if (kernel.mayExecute(effect.permit())) {
      if (shell.clients().isPresent()) {
        shell.clients().get().beforeEndOfContainer();
      }
      events.post(new Event.EndRequested(events.nowNanos(), effect.cause(), 0));
    }
  }

  @Override
  public void drainOutput(Effect.DrainOutput effect) {
    shell.output().drain();
  }

  @Override
  public void abandonOutput(Effect.AbandonOutput effect) {
    String loss = shell.output().unwritten();
    reports.report(
        Level.ERROR, "cannot write all output: nobody has read it for too long: " + loss);
  }

  @Override
  public void actOnLevels(Effect.ActOnLevels effect) {
    if (shell.clients().isPresent()) {
      shell.clients().get().act(effect.action());
    }
  }

  @Override
  public void ask(Effect.Ask effect) {
    if (questions == null) {
      questions = new Questions(shell);
    }
    questions.ask(effect);
  }

  @Override
  public void stopAsking(Effect.StopAsking effect) {
    if (questions != null) {
      questions.stopAsking(effect);
    }
  }

  @Override
  public void report(Effect.Report effect) {
    reports.report(effect.level(), effect.text());
  }
}
