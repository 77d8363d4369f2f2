package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.After;
import dev.gatun.plan.Hooks;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Readiness;
import dev.gatun.plan.Service;
import dev.gatun.plan.Span;
import dev.gatun.plan.Stop;
import dev.gatun.plan.Wiring;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes services of s6-rc's source definitions. */
final class S6Services {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final OsString ROOT = OsString.of("/");
  private static final int MAX_BYTES = 64 * 1024;

  private final ProgramFiles files;
  private final LiveServices live;
  private final Findings findings;
  private final PathSearch path;
  private final Settings settings;
  private final Map<OsString, S6Definition> all;
  private final S6Graph graph;
  private final Map<OsString, Program> ups = new HashMap<>();
  private final Set<OsString> empty = new HashSet<>();

  /**
   * What services are made with that is the same for all.
   *
   * @param failure what it means that a oneshot fails
   * @param killAfterNanos how long after it was told to stop at the container's end a longrun gets
   *     KILL that has no limit of its own; as {@link Stop}
   * @param init the programs that are run first, in order, that {@code base} stands for
   */
  record Settings(Meaning.Failure failure, long killAfterNanos, List<Service> init) {}

  S6Services(
      ProgramFiles files,
      LiveServices live,
      Findings findings,
      PathSearch path,
      Settings settings,
      Map<OsString, S6Definition> all,
      S6Graph graph) {
    this.files = files;
    this.live = live;
    this.findings = findings;
    this.path = path;
    this.settings = settings;
    this.all = all;
    this.graph = graph;
  }

  /**
   * The services of these definitions.
   *
   * @throws LayoutException at a start, when one of them cannot be used
   */
  List<Service> make(List<S6Definition> started) throws LayoutException {
    for (S6Definition definition : started) {
      if (definition.type() == S6Definition.Type.ONESHOT) {
        Optional<Program> up = readProgram(definition.path().resolve("up"), true);
        if (up.isPresent()) {
          ups.put(definition.name(), up.get());
        } else if (files.exists(definition.path().resolve("down"))) {
          ups.put(definition.name(), Program.nothing());
        } else {
          empty.add(definition.name());
        }
      }
    }
    List<Service> services = new ArrayList<>();
    for (S6Definition definition : started) {
      switch (definition.type()) {
        case LONGRUN -> services.add(longrun(definition));
        case ONESHOT -> {
          if (ups.containsKey(definition.name())) {
            services.add(oneshot(definition));
          }
        }
        case BUNDLE -> {}
      }
    }
    return services;
  }

  /** What has to be up before services may be started that are no definitions. */
  List<After> beforeLegacyServices() {
    return after(all.get(S6Sources.LEGACY_SERVICES));
  }

  private List<After> after(S6Definition definition) {
    List<After> conditions = new ArrayList<>();
    for (OsString name : graph.before(definition, empty)) {
      if (!S6Sources.isProgram(name)) {
        conditions.add(After.ready(ServiceId.run(new ServiceName(name))));
      } else if (!settings.init().isEmpty()) {
        After last = After.settled(settings.init().getLast().id());
        if (!conditions.contains(last)) {
          conditions.add(last);
        }
      }
    }
    return conditions;
  }

  private Service longrun(S6Definition definition) throws LayoutException {
    OsString own = definition.path();
    OsString run = own.resolve("run");
    if (!files.exists(run)) {
      refuse("run-missing", own, "there is no run in it", "put the program at " + run);
    }
    findings.program(run);
    S6Parameters parameters = S6Parameters.read(files, own, findings);
    OsString there =
        live.isUsable() ? live.directory().resolve(definition.name()) : definition.path();
    ServiceId id = ServiceId.run(new ServiceName(definition.name()));
    long killMillis = parameters.killAfterMillis();
    long killNanos = killMillis > 0 ? killMillis * NANOS_A_MILLI : settings.killAfterNanos();
    Service.Builder service =
        S6ServiceFiles.supervised(
                id,
                new Program(run, List.of(definition.name()), there),
                parameters,
                Stop.bySignal(killNanos))
            .wiring(wiring(definition));
    for (After condition : after(definition)) {
      service.after(condition);
    }
    if (files.exists(own.resolve("finish"))) {
      findings.program(own.resolve("finish"));
      service.finish(S6ServiceFiles.finish(there, parameters).finish().orElseThrow());
    }
    return service.build();
  }

  /** One pipe leads from the first producer to the consumer. */
  private Wiring wiring(S6Definition definition) {
    Optional<ServiceId> input =
        definition.consumesFrom().isEmpty()
            ? Optional.empty()
            : Optional.of(ServiceId.run(new ServiceName(definition.consumesFrom().getFirst())));
    Optional<ServiceId> output =
        definition.producesFor().isEmpty()
            ? Optional.empty()
            : Optional.of(ServiceId.run(new ServiceName(definition.producesFor())));
    return new Wiring(input, output, Optional.empty());
  }

  private Service oneshot(S6Definition definition) throws LayoutException {
    S6Parameters parameters = S6Parameters.read(files, definition.path(), findings);
    ServiceId id = ServiceId.run(new ServiceName(definition.name()));
    Meaning.Oneshot meaning = new Meaning.Oneshot(settings.failure(), true);
    Service.Builder service =
        Service.oneshot(id, ups.get(definition.name()), meaning)
            .wanted(Span.UP)
            .stop(Stop.bySignal(settings.killAfterNanos()));
    for (After condition : after(definition)) {
      service.after(condition);
    }
    if (parameters.upMillis() > 0) {
      long withinNanos = parameters.upMillis() * NANOS_A_MILLI;
      service.readiness(new Readiness(new Readiness.ByKind(), withinNanos, Readiness.Late.WAIT));
    }
    Optional<Program> down = readProgram(definition.path().resolve("down"), false);
    if (down.isPresent()) {
      service.down(new Hooks.Down(down.get(), parameters.downMillis() * NANOS_A_MILLI));
    }
    return service.build();
  }

  /**
   * The program that a command line in a file means; nothing where it has comments only.
   *
   * @param isNeeded whether there has to be such a file
   */
  private Optional<Program> readProgram(OsString file, boolean isNeeded) throws LayoutException {
    if (!files.exists(file)) {
      if (isNeeded) {
        refuse("up-missing", file, "there is no such file", "write the program's path into it");
      }
      return Optional.empty();
    }
    S6CommandLine line;
    try {
      line = S6CommandLine.of(files.read(file, MAX_BYTES));
    } catch (IOException e) {
      refuse("unreadable", file, e.getMessage(), "let this user read it");
      return Optional.empty();
    }
    if (!line.problem().isEmpty()) {
      refuse("bad-command-line", file, line.problem(), "correct it: it is no shell script");
      return Optional.empty();
    }
    if (line.hasBlocks()) {
      return interpreted(file);
    }
    return line.words().isEmpty() ? Optional.empty() : program(file, line.words());
  }

  /** Only execlineb knows what blocks mean. */
  private Optional<Program> interpreted(OsString file) throws LayoutException {
    OsString name = OsString.of("execlineb");
    if (!path.has(name)) {
      refuse(
          "execline-missing",
          file,
          "there are blocks in it, which need execlineb, and it is in no directory of PATH",
          "install execline, or put a script beside it and write the script's path into it");
      return Optional.empty();
    }
    return Optional.of(new Program(path.find(name), List.of(OsString.of("-P"), file), ROOT));
  }

  /** The word exec means nothing but what follows. */
  private Optional<Program> program(OsString file, List<OsString> given) throws LayoutException {
    boolean isExec = given.size() > 1 && given.getFirst().equals(OsString.of("exec"));
    List<OsString> words = isExec ? given.subList(1, given.size()) : given;
    OsString name = words.getFirst();
    if (name.indexOf('/') < 0 && !path.has(name)) {
      refuse(
          "program-missing",
          file,
          "it names " + name + ", which is in no directory of PATH",
          "install it, or write its path");
      return Optional.empty();
    }
    OsString found = path.find(name);
    findings.program(found);
    return Optional.of(new Program(found, words.subList(1, words.size()), ROOT));
  }

  private void refuse(String code, OsString where, String problem, String advice)
      throws LayoutException {
    findings.refuse(Finding.error(code, where, 0, problem, advice));
  }
}
