package dev.gatun.journal.replay;

import dev.gatun.journal.JournalException;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads records from JSON by reflection, whatever they are, so that a component or a kind that is
 * new is read without being named here:
 *
 * <ul>
 *   <li>a record is an object of its components, or an array of them in order; one that has one
 *       component is that component;
 *   <li>a kind of a sealed type is an array: its name, and then its components;
 *   <li>what is left out is nothing: null, false, 0, no text, no elements, the first of an enum's
 *       constants, a record of all that;
 *   <li>what stands before is not repeated, as {@code record.ValueWriter} says.
 * </ul>
 */
final class RecordReader {
  private static final int MAX_SHOWN = 60;

  /** How values are called in JSON whose name is another one. */
  private static final Map<String, String> NAMES = Map.of("atNanos", "at");

  /** Records that are left out when they are what stood before. */
  private static final Set<Class<?>> REPEATED =
      Set.of(Plan.class, Environment.class, Incarnation.class, OrphanId.class);

  private final Map<Class<?>, Object> before = new HashMap<>();
  private final Map<ServiceId, Service> described = new HashMap<>();

  /** What a record is made of. */
  private record Shape(List<String> names, List<Type> types, Constructor<?> constructor) {
    private static final ClassValue<Shape> ALL =
        new ClassValue<>() {
          @Override
          protected Shape computeValue(Class<?> type) {
            return of(type);
          }
        };

    private static Shape of(Class<?> type) {
      List<String> names = new ArrayList<>();
      List<Type> types = new ArrayList<>();
      List<Class<?>> erased = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        names.add(NAMES.getOrDefault(component.getName(), component.getName()));
        types.add(component.getGenericType());
        erased.add(component.getType());
      }
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(erased.toArray(new Class<?>[0]));
        constructor.setAccessible(true);
        return new Shape(names, types, constructor);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What was named in the line before is not known in the next one. */
  void beginLine() {
    before.remove(Incarnation.class);
    before.remove(OrphanId.class);
  }

  /** The value of this type that JSON says, which is null where it says nothing. */
  <T> T read(Class<T> type, Object json) throws JournalException {
    return type.cast(value(type, json));
  }

  <T> List<T> list(Class<T> type, Object json) throws JournalException {
    List<T> all = new ArrayList<>();
    for (Object element : json == null ? List.of() : elements(json)) {
      all.add(read(type, element));
    }
    return all;
  }

  /** A kind of a sealed type whose name stands elsewhere, and whose components have names. */
  <T> T kind(Class<T> type, Object name, Object members) throws JournalException {
    return type.cast(record(kind(type, name), members, 0));
  }

  private Object value(Type type, Object json) throws JournalException {
    if (type instanceof ParameterizedType generic) {
      Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return list(element, json);
      }
      return json == null ? Optional.empty() : Optional.of(value(element, json));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return json == null ? raw.getEnumConstants()[0] : constant(raw, json);
    }
    if (raw.isSealed()) {
      List<?> kind = elements(json);
      return record(kind(raw, kind.isEmpty() ? null : kind.getFirst()), json, 1);
    }
    if (raw.isRecord()) {
      return json == null ? missing(raw) : known(record(raw, json));
    }
    return raw.isPrimitive() || raw == Integer.class || raw == String.class || raw == OsString.class
        ? simple(raw, json)
        : collection(raw, json);
  }

  private Object record(Class<?> type, Object json) throws JournalException {
    if (type == Signal.class) {
      return signal(json);
    }
    if (type == Service.class && json instanceof List<?>) {
      return service((ServiceId) record(ServiceId.class, json, 0));
    }
    Shape shape = Shape.ALL.get(type);
    return shape.types().size() == 1
        ? make(shape, value(shape.types().getFirst(), json))
        : record(type, json, 0);
  }

  /**
   * A record of components that have names, or that stand in an array.
   *
   * @param from where in the array
   */
  private Object record(Class<?> type, Object json, int from) throws JournalException {
    Optional<Object> only = onlyConstant(type);
    if (only.isPresent()) {
      return only.get();
    }
    Shape shape = Shape.ALL.get(type);
    Object[] arguments = new Object[shape.types().size()];
    for (int i = 0; i < arguments.length; i++) {
      Object argument = null;
      if (json instanceof Map<?, ?> members) {
        argument = members.get(shape.names().get(i));
      } else if (i + from < elements(json).size()) {
        argument = elements(json).get(i + from);
      }
      arguments[i] = value(shape.types().get(i), argument);
    }
    return make(shape, arguments);
  }

  /** What stands for a kind that has no components. */
  private static Optional<Object> onlyConstant(Class<?> kind) {
    try {
      return Optional.of(kind.getField("IT").get(null));
    } catch (NoSuchFieldException e) {
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object make(Shape shape, Object... arguments) throws JournalException {
    try {
      return shape.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new JournalException("this cannot be: " + e.getCause().getMessage());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Notes what need not be repeated. */
  private Object known(Object value) {
    if (value instanceof Service service) {
      described.put(service.id(), service);
    } else if (REPEATED.contains(value.getClass())) {
      before.put(value.getClass(), value);
    }
    return value;
  }

  /** A record that is left out: what stood before, or nothing. */
  private Object missing(Class<?> type) throws JournalException {
    if (type == Deadline.class) {
      return Deadline.NEVER;
    }
    if (type == Program.class && before.get(Incarnation.class) instanceof Incarnation process) {
      return service(new ServiceId(process.service(), process.stage().owner())).program();
    }
    if (!REPEATED.contains(type)) {
      return record(type, Map.of(), 0);
    }
    if (!before.containsKey(type)) {
      throw new JournalException("nothing before says which " + type.getSimpleName() + " it is");
    }
    return before.get(type);
  }

  private Service service(ServiceId id) throws JournalException {
    Service service = described.get(id);
    if (service == null) {
      throw new JournalException("the service " + id + " is not described before");
    }
    return service;
  }

  private static Object simple(Class<?> type, Object json) throws JournalException {
    if (type == boolean.class) {
      return json != null && as(Boolean.class, json, "true or false");
    }
    if (type == String.class) {
      return json == null ? "" : as(String.class, json, "a string");
    }
    if (type == OsString.class) {
      return json instanceof Map<?, ?> map
          ? latin1(as(String.class, map.get("bytes"), "bytes"))
          : OsString.of(json == null ? "" : as(String.class, json, "a string"));
    }
    if (json != null && !(json instanceof Long) && !(json instanceof Integer)) {
      throw unexpected(json, "a whole number");
    }
    long number = json == null ? 0 : ((Number) json).longValue();
    if (type == long.class) {
      return number;
    }
    if (number != (int) number) {
      throw unexpected(json, "a number of 32 bits");
    }
    return (int) number;
  }

  private static OsString latin1(String bytes) {
    return OsString.ofBytes(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static <T> T as(Class<T> type, Object json, String expected) throws JournalException {
    if (type.isInstance(json)) {
      return type.cast(json);
    }
    throw unexpected(json, expected);
  }

  private static List<?> elements(Object json) throws JournalException {
    return as(List.class, json, "an array");
  }

  /** A collection of the house's own: what its {@code of} makes of a list. */
  private Object collection(Class<?> type, Object json) throws JournalException {
    for (Method method : type.getMethods()) {
      if (method.getName().equals("of") && Modifier.isStatic(method.getModifiers())) {
        try {
          return method.invoke(null, value(method.getGenericParameterTypes()[0], json));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new IllegalStateException("nobody can read " + type);
  }

  private static Object constant(Class<?> type, Object json) throws JournalException {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(json)) {
        return constant;
      }
    }
    throw unexpected(json, "one of " + List.of(type.getEnumConstants()));
  }

  private static Class<?> kind(Class<?> type, Object name) throws JournalException {
    for (Class<?> kind : type.getPermittedSubclasses()) {
      String simple = kind.getSimpleName();
      if ((Character.toLowerCase(simple.charAt(0)) + simple.substring(1)).equals(name)) {
        return kind;
      }
    }
    throw unexpected(name, "a kind of " + type.getSimpleName());
  }

  private static Signal signal(Object json) throws JournalException {
    Optional<Signal> signal = json instanceof String name ? Signal.parse(name) : Optional.empty();
    // Other names of a signal are for people; a journal has one for each.
    if (signal.isPresent() && signal.get().toString().equals(json)) {
      return signal.get();
    }
    throw unexpected(json, "a signal's name");
  }

  static JournalException unexpected(Object json, String expected) {
    String shown = String.valueOf(json);
    String found = shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "..." : shown;
    return new JournalException(found + " stands where there should be " + expected);
  }
}
