package dev.gatun.journal;

import dev.gatun.machine.Orphan;
import dev.gatun.machine.Orphans;
import dev.gatun.machine.PendingVerdict;
import dev.gatun.machine.Phase;
import dev.gatun.machine.ProcessState;
import dev.gatun.machine.Regime;
import dev.gatun.machine.Service;
import dev.gatun.machine.Services;
import dev.gatun.machine.State;
import dev.gatun.machine.Want;
import dev.gatun.model.Deadline;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.StopScript;
import dev.gatun.plan.Upkeep;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Any value of a type: records of any values of their components, any of a sealed type's kinds. A
 * kind that is new is made without being named here.
 */
final class Anything {
  private static final int MAX_LENGTH = 4;

  private Anything() {}

  @SuppressWarnings("unchecked")
  static <T> Arbitrary<T> of(Class<T> type) {
    return (Arbitrary<T>) ofType(type);
  }

  private static Arbitrary<?> ofType(Type type) {
    if (type instanceof ParameterizedType generic) {
      Arbitrary<?> element = ofType(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == List.class
          ? element.list().ofMaxSize(MAX_LENGTH)
          : element.optional().map(value -> (Optional<?>) value);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Signal.class) {
      return Arbitraries.integers().between(1, 64).map(Signal::new);
    }
    if (raw == Plan.class) {
      return plan();
    }
    if (raw == ServiceSpec.class) {
      return service();
    }
    if (raw == Keeping.class) {
      return keeping();
    }
    if (raw.isEnum()) {
      return Arbitraries.of(raw.getEnumConstants());
    }
    if (raw.isSealed()) {
      return Arbitraries.oneOf(
          Arrays.stream(raw.getPermittedSubclasses())
              .map(kind -> ofType(kind).map(value -> (Object) value))
              .toList());
    }
    return raw.isRecord() ? ofRecord(raw) : simple(raw);
  }

  private static Arbitrary<?> simple(Class<?> type) {
    if (type == String.class) {
      return Arbitraries.strings().ofMaxLength(2 * MAX_LENGTH);
    }
    if (type == OsString.class) {
      return Arbitraries.bytes().array(byte[].class).ofMaxSize(MAX_LENGTH).map(OsString::ofBytes);
    }
    if (type == long.class) {
      return Arbitraries.longs();
    }
    if (type == int.class) {
      return Arbitraries.integers();
    }
    if (type == Integer.class) {
      return Arbitraries.integers();
    }
    if (type == boolean.class) {
      return Arbitraries.of(true, false);
    }
    throw new AssertionError("nobody knows how to make " + type);
  }

  private static Arbitrary<?> ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Arbitrary<Object>> values = new ArrayList<>();
    for (RecordComponent component : components) {
      values.add(ofType(component.getGenericType()).map(value -> (Object) value));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return Combinators.combine(values)
        .as(
            arguments -> {
              try {
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return (Object) constructor.newInstance(arguments.toArray());
              } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
              }
            });
  }

  /** A log program and a pattern exclude each other, and so do being kept and a stop script. */
  private static Arbitrary<ServiceSpec> service() {
    return Combinators.combine(
            of(ServiceName.class),
            of(Command.class).list().ofMinSize(2).ofMaxSize(2),
            of(LinePattern.class).optional(),
            of(StopScript.class).optional(),
            of(ExitPolicy.class),
            of(Keeping.class).optional(),
            Arbitraries.of(true, false))
        .as(
            (name, commands, pattern, terminate, exits, keeping, withLog) -> {
              boolean logged = keeping.map(kept -> kept.log().isPresent()).orElse(withLog);
              return new ServiceSpec(
                  name,
                  commands.get(0),
                  logged ? Optional.of(commands.get(1)) : Optional.empty(),
                  logged ? Optional.empty() : pattern,
                  keeping.isPresent() ? Optional.empty() : terminate,
                  exits,
                  keeping);
            });
  }

  /** A log program has no scripts. */
  private static Arbitrary<Keeping> keeping() {
    return Combinators.combine(
            of(Upkeep.class), of(Upkeep.class).optional(), Arbitraries.of(true, false))
        .as(
            (service, log, ends) ->
                new Keeping(
                    service,
                    log.map(
                        any ->
                            new Upkeep(
                                any.restarts(),
                                any.startsUntold(),
                                Optional.empty(),
                                Optional.empty())),
                    ends));
  }

  static Arbitrary<Plan> plan() {
    return Combinators.combine(
            of(ServiceSpec.class).list().ofMaxSize(MAX_LENGTH),
            of(Signal.class).list().ofMaxSize(MAX_LENGTH),
            of(OrphanPolicy.class),
            Arbitraries.longs(),
            Arbitraries.longs(),
            of(Course.class).optional())
        .as(
            (services, stops, orphans, kill, drain, course) ->
                new Plan(inOrder(services), stops, orphans, kill, drain, course));
  }

  private static List<ServiceSpec> inOrder(List<ServiceSpec> services) {
    Map<OsString, ServiceSpec> byName = new TreeMap<>();
    for (ServiceSpec service : services) {
      byName.put(service.name().value(), service);
    }
    return List.copyOf(byName.values());
  }

  private record Dynamic(
      Want want,
      ProcessState run,
      ProcessState log,
      ProcessState term,
      PendingVerdict first,
      Deadline killAt) {}

  static Arbitrary<State> state() {
    return Combinators.combine(
            plan(),
            of(Phase.class),
            of(Dynamic.class).list().ofSize(MAX_LENGTH),
            of(Orphan.class).list().ofMaxSize(MAX_LENGTH),
            of(Deadline.class),
            Arbitraries.longs(),
            of(Regime.class).optional())
        .as(
            (plan, phase, dynamics, orphans, scanAt, next, regime) ->
                new State(
                    plan,
                    phase,
                    services(plan, dynamics),
                    Orphans.of(orphans),
                    scanAt,
                    next,
                    regime.map(any -> following(plan, any))));
  }

  /** The course is the plan's. */
  private static Regime following(Plan plan, Regime any) {
    return new Regime(
        plan.course().orElse(Course.NONE),
        any.progress(),
        any.main(),
        any.mainStartAt(),
        any.mainKillAt(),
        any.services(),
        any.heeded(),
        any.failureCode());
  }

  private static Services services(Plan plan, List<Dynamic> dynamics) {
    List<Service> services = new ArrayList<>();
    for (int i = 0; i < plan.services().size(); i++) {
      ServiceSpec spec = plan.services().get(i);
      if (spec.keeping().isEmpty()) {
        Dynamic d = dynamics.get(i);
        services.add(new Service(spec, d.want, d.run, d.log, d.term, d.first, d.killAt));
      }
    }
    return Services.of(services);
  }
}
