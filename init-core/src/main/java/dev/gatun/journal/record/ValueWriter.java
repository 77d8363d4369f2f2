package dev.gatun.journal.record;

import dev.gatun.machine.level.LevelAction;
import dev.gatun.machine.orphan.Remainder;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OrphanId;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.Program;
import dev.gatun.plan.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values so that a reader needs to know nothing but their types. A record is an object of
 * its components, or an array of them in order where it stands often; a kind of a sealed type is an
 * array of its name and its components.
 *
 * <p>What is nothing is left out of objects and from the end of arrays: null, false, no text, no
 * elements, in objects also 0 and the first of an enum's constants. What a reader knows from what
 * stands before is null: a process or an orphan that is the last one in the line, an environment
 * that is the last one in the part, the program of a process whose service has been described in
 * the part; such a service is its identity.
 *
 * <p>Records are compared as objects or by their parts: a record's own equals takes milliseconds to
 * be linked.
 */
abstract class ValueWriter {
  final JsonOut out;
  private final Map<ServiceId, Service> described = new HashMap<>();
  private Environment environment;
  private Incarnation process;
  private OrphanId orphan;

  ValueWriter(JsonOut out) {
    this.out = out;
  }

  /** A reader knows nothing: what follows is the beginning of a part, or a line was left out. */
  final void beginAnew() {
    described.clear();
    environment = null;
  }

  final void beginLine() {
    process = null;
    orphan = null;
  }

  /** Writes what is none of the values that are written here. */
  abstract void record(Object value);

  /** Whether this service has been described just so; if not, it is to be described now. */
  final boolean isDescribed(Service service) {
    return service == described.put(service.id(), service);
  }

  /** The program, or null where a reader knows it: it is that of the process's service. */
  final Program unlessKnown(Program program, Incarnation who) {
    Service owner = described.get(new ServiceId(who.service(), who.stage().owner()));
    return owner != null && owner.program() == program ? null : program;
  }

  final void value(Object value) {
    if (value == null) {
      out.nothing();
    } else if (value instanceof OrphanId id) {
      orphan(id);
    } else if (value instanceof Incarnation who) {
      process(who);
    } else if (value instanceof String text) {
      out.text(text);
    } else if (value instanceof Number number) {
      out.number(number.longValue());
    } else if (value instanceof Boolean flag) {
      out.flag(flag);
    } else if (isConstant(value)) {
      out.constant((Enum<?>) value);
    } else if (value instanceof Signal signal) {
      out.word(signal.toString());
    } else if (value instanceof OsString bytes) {
      out.bytes(bytes);
    } else if (value instanceof ServiceName name) {
      out.bytes(name.value());
    } else if (value instanceof ServiceId id) {
      array(id.name(), id.stage());
    } else if (value instanceof Deadline deadline) {
      value(deadline.isNever() ? null : (Long) deadline.atNanos());
    } else if (value instanceof Optional<?> optional) {
      value(optional.isPresent() ? optional.get() : null);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Environment entries) {
      environment(entries);
    } else {
      record(value);
    }
  }

  private void process(Incarnation who) {
    boolean isLast =
        process != null
            && who.is(process)
            && who.stage() == process.stage()
            && who.service().equals(process.service());
    if (isLast) {
      out.nothing();
      return;
    }
    process = who;
    out.open('[').bytes(who.service().value()).word(who.stage().label());
    out.number(who.number()).close(']');
  }

  final void orphan(OrphanId id) {
    if (orphan != null && id.number() == orphan.number() && id.pid() == orphan.pid()) {
      out.nothing();
      return;
    }
    orphan = id;
    out.open('[').number(id.number()).number(id.pid()).close(']');
  }

  private void environment(Environment value) {
    if (isLast(value)) {
      out.nothing();
    } else {
      environment = value;
      list(value.entries());
    }
  }

  private boolean isLast(Environment value) {
    return value == environment
        || environment != null && value.entries().equals(environment.entries());
  }

  private void list(List<?> elements) {
    out.open('[');
    for (int i = 0; i < elements.size(); i++) {
      value(elements.get(i));
    }
    out.close(']');
  }

  /** A kind of a sealed type: its name and its components. */
  final void kind(String name, Object... components) {
    out.open('[').word(name);
    elements(components);
    out.close(']');
  }

  /** A record that stands often. */
  final void array(Object... components) {
    out.open('[');
    elements(components);
    out.close(']');
  }

  private void elements(Object[] components) {
    int count = components.length;
    while (count > 0 && isNothing(components[count - 1])) {
      count--;
    }
    for (int i = 0; i < count; i++) {
      value(components[i]);
    }
  }

  /** Begins a record that is an object. */
  final ValueWriter begin() {
    out.open('{');
    return this;
  }

  /** A component of a record that is an object. */
  final ValueWriter put(String name, Object value) {
    if (!isNothing(value) && !isZero(value)) {
      int mark = out.mark();
      out.name(name);
      value(value);
      if (!isTold(value)) {
        out.dropEmpty(mark);
      }
    }
    return this;
  }

  final void end() {
    out.close('}');
  }

  /** Whether it means something that it is empty, and so is not left out. */
  private static boolean isTold(Object value) {
    return value instanceof Optional<?> || value instanceof Environment || value instanceof Program;
  }

  private boolean isNothing(Object value) {
    return value == null
        || value == Boolean.FALSE
        || value instanceof String text && text.isEmpty()
        || value instanceof Optional<?> optional && optional.isEmpty()
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Deadline deadline && deadline.isNever()
        || value instanceof Environment entries && isLast(entries);
  }

  private static boolean isZero(Object value) {
    return value instanceof Number number && number.longValue() == 0
        || isConstant(value) && ((Enum<?>) value).ordinal() == 0
        || value instanceof OsString bytes && bytes.isEmpty();
  }

  /** A kind of a sealed type may be a constant too, and is none of several. */
  private static boolean isConstant(Object value) {
    return value instanceof Enum<?>
        && !(value instanceof Meaning
            || value instanceof Remainder
            || value instanceof LevelAction);
  }
}
