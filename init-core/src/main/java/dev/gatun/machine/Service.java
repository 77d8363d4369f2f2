package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.ServiceSpec;

/**
 * A service and the state of its processes.
 *
 * @param ifLogWasFirst the verdict that the end of the log program will be, unless the service
 *     turns out to have ended too: two that end together are seen in either order, and the
 *     service's word counts
 * @param killAt when what is still alive of it gets KILL
 */
public record Service(
    ServiceSpec spec,
    Want want,
    ProcessState run,
    ProcessState log,
    ProcessState term,
    PendingVerdict ifLogWasFirst,
    Deadline killAt) {

  static Service down(ServiceSpec spec) {
    return new Service(
        spec,
        Want.UP,
        ProcessState.Down.IT,
        spec.log().isPresent() ? ProcessState.Down.IT : ProcessState.Absent.IT,
        spec.terminate().isPresent() ? ProcessState.Down.IT : ProcessState.Absent.IT,
        PendingVerdict.NONE,
        Deadline.NEVER);
  }

  public ServiceName name() {
    return spec.name();
  }

  /** Whether no process of it is alive or about to be. */
  public boolean isGone() {
    return run.isGone() && log.isGone() && term.isGone();
  }

  public ProcessState process(Stage stage) {
    return switch (stage) {
      case RUN -> run;
      case LOG -> log;
      case TERM -> term;
      case FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL -> ProcessState.Absent.IT;
    };
  }

  Service with(Stage stage, ProcessState state) {
    return switch (stage) {
      case RUN -> new Service(spec, want, state, log, term, ifLogWasFirst, killAt);
      case LOG -> new Service(spec, want, run, state, term, ifLogWasFirst, killAt);
      case TERM -> new Service(spec, want, run, log, state, ifLogWasFirst, killAt);
      case FINISH, CONTROL, FIRST, MAIN, LAST, SIGNAL ->
          throw new IllegalArgumentException("no stage of a service that is not kept: " + stage);
    };
  }

  Service withWant(Want wanted) {
    return new Service(spec, wanted, run, log, term, ifLogWasFirst, killAt);
  }

  Service withIfLogWasFirst(PendingVerdict verdict) {
    return new Service(spec, want, run, log, term, verdict, killAt);
  }

  Service withKillAt(Deadline deadline) {
    return new Service(spec, want, run, log, term, ifLogWasFirst, deadline);
  }

  Deadline nextDeadline() {
    return ifLogWasFirst.at().earlier(killAt);
  }

  boolean has(Incarnation who) {
    return process(who.stage()).is(who);
  }
}
