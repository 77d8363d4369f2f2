package dev.gatun.layout;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonReader;
import dev.gatun.json.JsonValue;
import dev.gatun.json.JsonValue.Kind;
import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.User;
import dev.gatun.plan.After;
import dev.gatun.plan.Backoff;
import dev.gatun.plan.ExitCode;
import dev.gatun.plan.Health;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Restart;
import dev.gatun.plan.Service;
import dev.gatun.plan.Stop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file {@code service.json}: what the other files of a service's directory cannot say. It
 * completes what a layout has made of those.
 *
 * <p>docs/operating.md describes the members, docs/service.schema.json is their schema.
 */
final class ServiceFile {
  static final String NAME = "service.json";

  /** Whoever writes more has something else in mind. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final String CODE = "service-file";
  private static final List<String> MEMBERS =
      List.of(
          "run",
          "directory",
          "user",
          "environment",
          "environmentFile",
          "kind",
          "after",
          "ready",
          "health",
          "restart",
          "stop",
          "end");

  private static final List<String> HEALTH =
      List.of("notify", "run", "tcp", "http", "every", "timeout", "failures", "then");

  private final FileTree files;
  private final OsString path;
  private final ServiceMembers members;
  private final ServicePrograms programs;

  private ServiceFile(FileTree files, OsString path, OsString searchPath, ServiceMembers members) {
    this.files = files;
    this.path = path;
    this.members = members;
    this.programs = new ServicePrograms(files, searchPath, members);
  }

  /** The file in a service's directory, which is there. */
  private static ServiceFile read(FileTree files, OsString directory, OsString searchPath)
      throws JsonException, IOException {
    OsString path = directory.resolve(NAME);
    byte[] bytes = files.read(path, MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new JsonException(1, 1, "it has more than " + MAX_BYTES + " bytes", "write less");
    }
    JsonValue document =
        JsonReader.read(bytes).mustBe(Kind.OBJECT, "write an object: {\"user\": \"app\"}");
    return new ServiceFile(
        files, path, searchPath, ServiceMembers.of(document, "service.json", MEMBERS));
  }

  /** Whether the file in a service's directory says what is run, so that no run need be there. */
  static boolean hasRun(FileTree files, OsString directory) {
    try {
      return read(files, directory, PathSearch.DEFAULT).members.has("run");
    } catch (JsonException | IOException e) {
      return false;
    }
  }

  /**
   * What a layout has made of a service's other files, completed by this one.
   *
   * @param directory of the service
   * @param searchPath where programs are looked for that are written without a slash
   * @throws LayoutException at a start, when the file cannot be used
   */
  static Service complete(
      FileTree files, OsString directory, OsString searchPath, Service service, Findings findings)
      throws LayoutException {
    OsString path = directory.resolve(NAME);
    try {
      return read(files, directory, searchPath).complete(service);
    } catch (JsonException e) {
      String problem = "column " + e.column() + ": " + e.problem();
      findings.refuse(Finding.error(CODE, path, e.line(), problem, e.allowed()));
    } catch (IOException e) {
      String problem = "it cannot be read: " + e.getMessage();
      findings.refuse(Finding.error(CODE, path, 0, problem, "make it a file that Gatun may read"));
    }
    return service;
  }

  private Service complete(Service service) throws JsonException {
    boolean isOneshot = members.choice("kind", "longrun", "longrun", "oneshot").equals("oneshot");
    Restart restart = restart(isOneshot, service.restart());
    Optional<Readiness> readiness = readiness(service.readiness());
    return new Service(
        service.id(),
        isOneshot ? Service.Kind.ONESHOT : Service.Kind.LONGRUN,
        program(service.program()),
        service.span(),
        service.startsAutomatically(),
        after(service),
        restart,
        stop(service.stop()),
        service.hooks(),
        meaning(service, isOneshot, restart),
        service.wiring(),
        service.takesOrders(),
        readiness,
        health(service.health()));
  }

  private Program program(Program program) throws JsonException {
    OsString directory = members.absolute("directory").orElse(program.directory());
    Optional<User> user = programs.user();
    List<OsString> variables = programs.variables();
    Program base =
        members.has("run")
            ? programs.program(members.get("run"), directory)
            : new Program(
                program.path(),
                program.arguments(),
                directory,
                program.job(),
                program.mayBeMissing());
    if (members.has("run") && files.exists(program.path())) {
      throw members
          .get("run")
          .wrong("there is the file run, too", "remove one of the two: either says what is run");
    }
    return base.as(user, withWatchdog(variables));
  }

  /** As sd_watchdog_enabled(3) has it: how often it is to be heard, in microseconds. */
  private List<OsString> withWatchdog(List<OsString> variables) throws JsonException {
    if (!members.has("health") || !members.get("health").members().containsKey("notify")) {
      return variables;
    }
    JsonValue health = members.get("health");
    final int nanosAMicro = 1000;
    long micros = ServiceMembers.of(health, "health", HEALTH).nanos("notify", 0) / nanosAMicro;
    List<OsString> all = new ArrayList<>(variables);
    all.add(OsString.of("WATCHDOG_USEC=" + micros));
    return all;
  }

  private List<After> after(Service service) throws JsonException {
    List<After> all = new ArrayList<>(service.after());
    if (!members.has("after")) {
      return all;
    }
    String allowed = "write an array of names, or of {\"service\": \"db\", \"when\": \"started\"}";
    for (JsonValue item : members.get("after").mustBe(Kind.ARRAY, allowed).items()) {
      JsonValue name = item;
      String when = "ready";
      if (item.is(Kind.OBJECT)) {
        ServiceMembers condition =
            ServiceMembers.of(item, "a service to come after", List.of("service", "when"));
        name = condition.mandatory("service");
        when = condition.choice("when", "ready", "ready", "up", "started");
      }
      String text = name.mustBe(Kind.STRING, allowed).text();
      if (text.isEmpty() || text.indexOf('/') >= 0 || text.indexOf('\0') >= 0) {
        throw name.wrong("no service is called " + text, allowed);
      }
      ServiceId other = ServiceId.run(new ServiceName(OsString.of(text)));
      if (other.equals(service.id())) {
        throw name.wrong("it is the service itself", "name another");
      }
      all.add(
          switch (when) {
            case "started" -> After.started(other);
            case "up" -> After.up(other);
            default -> After.ready(other);
          });
    }
    return all;
  }

  private Optional<Readiness> readiness(Optional<Readiness> other) throws JsonException {
    if (!members.has("ready")) {
      return other;
    }
    ServiceMembers ready =
        ServiceMembers.of(
            members.get("ready"),
            "ready",
            List.of(
                "descriptor",
                "notify",
                "run",
                "tcp",
                "http",
                "every",
                "timeout",
                "within",
                "then"));
    JsonValue sign = ready.only("descriptor", "notify", "run", "tcp", "http");
    Readiness.Sign made;
    if (ready.has("descriptor")) {
      final int least = 3;
      final int most = 1023;
      made = new Readiness.Descriptor((int) sign.wholeNumber(least, most));
    } else if (ready.has("notify")) {
      ready.mustBeTrue("notify");
      made = new Readiness.Notification();
    } else {
      made = new Readiness.Probed(programs.probe(ready, 1));
    }
    ready.needsProbe("every", "timeout");
    long within = ready.has("within") ? ready.nanos("within", 0) : Readiness.NO_LIMIT;
    String then = ready.choice("then", "wait", "wait", "restart", "end");
    Readiness readiness =
        new Readiness(
            made,
            within,
            switch (then) {
              case "restart" -> Readiness.Late.RESTART;
              case "end" -> Readiness.Late.END;
              default -> Readiness.Late.WAIT;
            });
    if (other.isPresent() && !other.get().equals(readiness)) {
      throw sign.wrong(
          "another file of the service says something else of its readiness",
          "say it in one place");
    }
    return Optional.of(readiness);
  }

  private Optional<Health> health(Optional<Health> other) throws JsonException {
    if (!members.has("health")) {
      return other;
    }
    ServiceMembers health = ServiceMembers.of(members.get("health"), "health", HEALTH);
    health.only("notify", "run", "tcp", "http");
    final int usualSeconds = 10;
    final int usualFailures = 3;
    final int mostFailures = 1000;
    Health.Source source;
    int failures = 1;
    if (health.has("notify")) {
      health.needsProbe("every", "timeout", "failures");
      source = new Health.Watchdog(health.nanos("notify", 0));
    } else {
      source = new Health.Probed(programs.probe(health, usualSeconds));
      failures =
          health.has("failures")
              ? (int) health.get("failures").wholeNumber(1, mostFailures)
              : usualFailures;
    }
    String then = health.choice("then", "restart", "restart", "end", "report");
    return Optional.of(
        new Health(
            source,
            failures,
            switch (then) {
              case "end" -> Health.Then.END;
              case "report" -> Health.Then.REPORT;
              default -> Health.Then.RESTART;
            }));
  }

  private Restart restart(boolean isOneshot, Restart other) throws JsonException {
    if (!members.has("restart")) {
      return isOneshot ? Restart.NEVER : other;
    }
    ServiceMembers restart =
        ServiceMembers.of(
            members.get("restart"),
            "restart",
            List.of("when", "pause", "pauseMax", "atMost", "in", "then"));
    final long usualPauseNanos = 1_000_000_000L;
    String when = restart.choice("when", "failure", "failure", "always", "never");
    if (isOneshot && !when.equals("never")) {
      throw members.get("restart").wrong("it is run once", "remove it, or kind");
    }
    long pause = restart.nanos("pause", usualPauseNanos);
    long most = Math.max(pause, restart.nanos("pauseMax", pause));
    Optional<Backoff.Limit> limit = Optional.empty();
    if (restart.has("atMost") || restart.has("in")) {
      JsonValue atMost = restart.mandatory("atMost");
      restart.mandatory("in");
      String then = restart.choice("then", "end", "end", "hold");
      limit =
          Optional.of(
              new Backoff.Limit(
                  (int) atMost.wholeNumber(0, Backoff.Limit.MAX_RESTARTS),
                  restart.nanos("in", 0),
                  then.equals("hold") ? Backoff.Then.HOLD : Backoff.Then.END));
    } else if (restart.has("then")) {
      throw restart
          .get("then")
          .wrong("nothing limits how often", "add atMost and in, or remove it");
    }
    Backoff backoff = new Backoff(most, Backoff.AS_ELSE, limit);
    return switch (when) {
      case "always" ->
          new Restart(Restart.When.ALWAYS, ExitCode.NONE, Restart.Since.END, pause).with(backoff);
      case "never" -> Restart.NEVER;
      default -> Restart.afterFailure(pause).with(backoff);
    };
  }

  private Stop stop(Stop other) throws JsonException {
    if (!members.has("stop")) {
      return other;
    }
    ServiceMembers stop = ServiceMembers.of(members.get("stop"), "stop", List.of("signal", "kill"));
    Stop changed = other;
    if (stop.has("signal")) {
      Signal signal = stop.signal("signal");
      boolean isSaid = !other.signal().is(Signal.TERM) || other.program().isPresent();
      if (isSaid && !other.signal().is(signal)) {
        throw stop.get("signal")
            .wrong("another file of the service says how it is stopped", "say it in one place");
      }
      changed = changed.with(signal);
    }
    if (stop.has("kill")) {
      long nanos = stop.nanos("kill", 0);
      changed =
          new Stop(
              changed.program(),
              changed.signal(),
              nanos,
              nanos,
              changed.killsGroup(),
              changed.tellsGroup());
    }
    return changed;
  }

  private Meaning meaning(Service service, boolean isOneshot, Restart restart)
      throws JsonException {
    if (isOneshot) {
      String end = members.choice("end", "code", "container", "code", "nothing");
      return new Meaning.Oneshot(
          end.equals("nothing") ? Meaning.Failure.IS_SAID : Meaning.Failure.ENDS);
    }
    if (!members.has("end")) {
      boolean restarts = members.has("restart") && restart.everRestarts();
      return restarts ? Meaning.Nothing.IT : service.meaning();
    }
    return switch (members.choice("end", "container", "container", "code", "nothing")) {
      case "nothing" -> Meaning.Nothing.IT;
      case "code" -> new Meaning.EndsContainer(ExitCode.PassedOn.AS_IT_IS);
      default ->
          service.meaning() instanceof Meaning.EndsContainer same
              ? same
              : new Meaning.EndsContainer(DinitLayout.EXIT_CODE);
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
