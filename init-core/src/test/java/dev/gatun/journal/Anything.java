package dev.gatun.journal;

import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.orphan.Orphans;
import dev.gatun.machine.service.Roster;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.Service;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Any value of a type: records of any values of their components, any of a sealed type's kinds. A
 * component or a kind that is new is made without being named here, and what a record refuses to be
 * made of is tried again.
 */
public final class Anything {
  private static final int MAX_LENGTH = 2;

  private Anything() {}

  @SuppressWarnings("unchecked")
  public static <T> Arbitrary<T> of(Class<T> type) {
    return (Arbitrary<T>) ofType(type);
  }

  private static Arbitrary<?> ofType(Type type) {
    if (type instanceof ParameterizedType generic) {
      Arbitrary<?> element = ofType(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == Optional.class) {
        return element.optional().map(value -> (Optional<?>) value);
      }
      boolean ordered = generic.getActualTypeArguments()[0] == Service.class;
      Arbitrary<? extends List<?>> list = element.list().ofMaxSize(MAX_LENGTH);
      return ordered ? list.map(all -> inOrder(all, service -> ((Service) service).id())) : list;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Signal.class) {
      return Arbitraries.integers().between(1, 64).map(Signal::new);
    }
    if (raw == Roster.class) {
      return of(ServiceState.class)
          .list()
          .ofMaxSize(MAX_LENGTH)
          .map(all -> Roster.of(inOrder(all, ServiceState::id)));
    }
    if (raw == Orphans.class) {
      return of(Orphan.class).list().ofMaxSize(MAX_LENGTH).map(Orphans::of);
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
    if (type == int.class || type == Integer.class) {
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
        .as(arguments -> make(type, types, arguments))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  /** Nothing where the record refuses, or asserts that this cannot be. */
  private static Optional<Object> make(Class<?> type, Class<?>[] types, List<Object> arguments) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(arguments.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException
          || e.getCause() instanceof AssertionError) {
        return Optional.empty();
      }
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> List<T> inOrder(List<? extends T> all, Function<T, ServiceId> id) {
    Map<ServiceId, T> byId = new TreeMap<>();
    for (T each : all) {
      byId.put(id.apply(each), each);
    }
    return List.copyOf(byId.values());
  }
}
