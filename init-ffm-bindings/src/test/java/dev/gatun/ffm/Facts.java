package dev.gatun.ffm;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything the generated classes claim about C, as C expressions and the values that Java has for
 * them: found by reflection, so that nothing generated can be forgotten here.
 *
 * <p>Run as a program it prints them; {@code -Dos.arch=aarch64} makes it print those of AArch64.
 */
final class Facts {
  /** The value of what the architecture does not have. */
  static final String MISSING = "missing";

  final Map<String, String> constants = new LinkedHashMap<>();
  final Map<String, String> types = new LinkedHashMap<>();

  /** Names of fields, which the C header may also have as macros. */
  final Set<String> fields = new TreeSet<>();

  public static void main(String[] arguments) throws Exception {
    Facts facts = new Facts();
    print("constant", facts.constants);
    print("type", facts.types);
    for (String field : facts.fields) {
      System.out.println("field\t" + field + "\t");
    }
  }

  private static void print(String kind, Map<String, String> facts) {
    facts.forEach((key, value) -> System.out.println(kind + "\t" + key + "\t" + value));
  }

  Facts() throws ReflectiveOperationException, IOException {
    for (String name : Bound.names("constant")) {
      constant(name);
    }
    for (String name : Bound.names("function")) {
      function(name);
    }
    for (String name : Bound.names("struct")) {
      top(name, "struct " + name);
    }
    for (String name : Bound.names("union")) {
      top(name, "union " + name);
    }
    for (String name : Bound.names("typedef")) {
      top(name, name);
    }
  }

  /** Reads the output of {@link #main}. */
  Facts(String printed) {
    for (String line : printed.split("\n")) {
      String[] words = line.split("\t", -1);
      switch (words[0]) {
        case "constant" -> constants.put(words[1], words[2]);
        case "type" -> types.put(words[1], words[2]);
        default -> fields.add(words[1]);
      }
    }
  }

  private void constant(String name) throws ReflectiveOperationException {
    Method method = Libc.class.getMethod(name);
    String value = value(method);
    constants.put(name, value);
    if (!value.equals(MISSING)) {
      constants.put("sizeof(" + name + ")", method.getReturnType() == int.class ? "4" : "8");
    }
  }

  private void function(String name) throws ReflectiveOperationException {
    Object made = Libc.class.getMethod(name + "$descriptor").invoke(null);
    FunctionDescriptor descriptor = (FunctionDescriptor) made;
    if (descriptor.returnLayout().isPresent()) {
      int parameters = descriptor.argumentLayouts().size();
      String call = name + "(" + String.join(", ", Collections.nCopies(parameters, "0")) + ")";
      types.put("sizeof(" + call + ")", "" + descriptor.returnLayout().get().byteSize());
    }
  }

  private void top(String name, String c) throws ReflectiveOperationException {
    Class<?> type = Class.forName("dev.gatun.ffm." + name);
    MemoryLayout layout = (MemoryLayout) type.getMethod("layout").invoke(null);
    types.put("sizeof(" + c + ")", value(type.getMethod("sizeof")));
    types.put("_Alignof(" + c + ")", "" + layout.byteAlignment());
    group(type, c, "", 0);
  }

  private void group(Class<?> type, String c, String prefix, long base)
      throws ReflectiveOperationException {
    MemoryLayout layout = (MemoryLayout) type.getMethod("layout").invoke(null);
    same(type + ".sizeof()", layout.byteSize(), Long.parseLong(value(type.getMethod("sizeof"))));
    for (Method method : type.getMethods()) {
      if (!method.getName().endsWith("$offset")) {
        continue;
      }
      String field = method.getName().substring(0, method.getName().length() - 7);
      String path = prefix + field;
      String offset = value(method);
      if (offset.equals(MISSING)) {
        types.put("offsetof(" + c + ", " + path + ")", MISSING);
        continue;
      }
      long from = base + Long.parseLong(offset);
      types.put("offsetof(" + c + ", " + path + ")", "" + from);
      fields.add(field);
      MemoryLayout part = (MemoryLayout) type.getMethod(field + "$layout").invoke(null);
      if (part.byteSize() != 0) {
        types.put("sizeof(((" + c + " *) 0)->" + path + ")", "" + part.byteSize());
      }
      if (part.name().isPresent() && isMember(layout, field)) {
        long inLayout = layout.byteOffset(PathElement.groupElement(field));
        same(type + "." + field, inLayout, Long.parseLong(offset));
      }
      for (Class<?> nested : type.getClasses()) {
        if (nested.getSimpleName().equals(field)) {
          group(nested, c, path + ".", from);
        }
      }
    }
  }

  private static boolean isMember(MemoryLayout layout, String field) {
    return ((java.lang.foreign.GroupLayout) layout)
        .memberLayouts().stream().anyMatch(member -> member.name().orElse("").equals(field));
  }

  private static void same(String what, long first, long second) {
    if (first != second) {
      throw new AssertionError(what + " contradicts layout(): " + second + ", not " + first);
    }
  }

  private static String value(Method method) throws ReflectiveOperationException {
    try {
      return switch (method.invoke(null)) {
        case MemorySegment segment -> "" + segment.address();
        case Number number -> "" + number.longValue();
        case Object other -> throw new AssertionError(method + " returns " + other);
      };
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException) {
        return MISSING;
      }
      throw e;
    }
  }
}
