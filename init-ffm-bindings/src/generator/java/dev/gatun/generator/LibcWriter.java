package dev.gatun.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the header class: a method per function, variable and constant. */
final class LibcWriter {

  /** What stands for the {@code ...} of a variadic function, see src/main/jextract/README.md. */
  private static final Map<String, List<Headers.Parameter>> VARIADIC =
      Map.of(
          "open", List.of(extra("int", "mode")),
          "openat", List.of(extra("int", "mode")),
          "fcntl", List.of(extra("long", "arg")),
          "ioctl", List.of(extra("long", "arg")),
          "prctl", longs("arg", 2, 4),
          "ptrace", List.of(extra("long", "pid"), extra("long", "addr"), extra("long", "data")),
          "syscall", longs("a", 1, 5));

  private static final int MOST_ARGUMENTS = 6;

  private final Source source;
  private final String headerClass;

  LibcWriter(Source source, String headerClass) {
    this.source = source;
    this.headerClass = headerClass;
  }

  void begin(int functions) {
    source.line("import java.lang.foreign.AddressLayout;");
    source.line("import java.lang.foreign.FunctionDescriptor;");
    source.line("import java.lang.foreign.MemorySegment;");
    source.line("import java.lang.foreign.ValueLayout;");
    source.line("");
    source.doc(
        "The functions, variables and constants of the C library, under their C names.",
        "",
        "<p>A function that fails leaves its error number in {@link Errno#last()}. All functions",
        "belong to one thread: see {@link Downcall}. A variadic function takes its usual optional",
        "arguments as ordinary parameters.");
    source.open("public class " + headerClass + " implements CTypes {");
    source.line(
        "private static final MemorySegment[] ADDRESSES = new MemorySegment[" + functions + "];");
    source.line("");
    source.open(headerClass + "() {").line("// Never made.").close();
    source.line("");
    source.open("private static MemorySegment address(int index, String name) {");
    source.line("MemorySegment address = ADDRESSES[index];");
    source.open("if (address == null) {");
    source.line("address = Downcall.find(name);");
    source.line("ADDRESSES[index] = address;").close();
    source.line("return address;").close();
  }

  void title(String title) {
    source.line("").line("// ---- " + title + " ----");
  }

  void function(int index, Headers.Function function, Headers.Function other) {
    List<Headers.Parameter> parameters = parameters(function);
    if (!javaSignature(function).equals(javaSignature(other))) {
      throw new GeneratorException("the targets disagree on the types of " + function.name());
    }
    String name = function.name();
    String find = "address(" + index + ", \"" + name + "\")";
    List<String> java = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of(find));
    List<String> layouts = new ArrayList<>();
    boolean valued = !(function.result() instanceof CType.Void);
    if (valued) {
      layouts.add(layout(function.result(), name));
    }
    for (Headers.Parameter parameter : parameters) {
      boolean pointer = parameter.type() instanceof CType.Pointer;
      java.add(parameter.type().java() + " " + parameter.name());
      arguments.add(pointer ? "Downcall.address(" + parameter.name() + ")" : parameter.name());
      layouts.add(layout(parameter.type(), name));
    }
    source.line("").doc("{@code " + declaration(function) + "}");
    source.list("public static " + function.result().java() + " " + name + "(", java, ") {");
    source.body();
    String call = "Downcall.invoke(";
    switch (function.result()) {
      case CType.Void _ -> source.list(call, arguments, ");");
      case CType.Pointer _ -> source.list("return Downcall.pointer(" + call, arguments, "));");
      default ->
          source.list(
              "return " + (function.result().java().equals("int") ? "(int) " : "") + call,
              arguments,
              ");");
    }
    source.close();
    source.line("");
    source.open("public static FunctionDescriptor " + name + "$descriptor() {");
    source.list("return FunctionDescriptor.of" + (valued ? "(" : "Void("), layouts, ");").close();
    source.line("");
    source.open("public static MemorySegment " + name + "$address() {");
    source.line("return " + find + ";").close();
  }

  void variable(String name, CType type) {
    if (!(type instanceof CType.Pointer)) {
      throw new GeneratorException("a variable that is no pointer: " + name);
    }
    source.line("");
    source.open("public static AddressLayout " + name + "$layout() {");
    source.line("return C_POINTER;").close();
    source.line("").doc("Where the variable {@code " + name + "} itself lies.");
    source.open("public static MemorySegment " + name + "$segment() {");
    source.line("long address = Downcall.find(\"" + name + "\").address();");
    source.line("return Downcall.pointer(address).asSlice(0L, Long.BYTES);").close();
    source.line("");
    source.open("public static MemorySegment " + name + "() {");
    source.line("return Downcall.pointer(Fields.getLong(" + name + "$segment(), 0L));");
    source.close();
    source.line("");
    source.open("public static void " + name + "(MemorySegment varValue) {");
    source.line("Fields.set(" + name + "$segment(), 0L, Downcall.address(varValue));");
    source.close();
  }

  /** A constant; one of the values is null where a target does not have it. */
  void constant(String name, Clang.Value onX86, Clang.Value onArm) {
    int bits = Math.max(bits(onX86), bits(onArm));
    boolean pointer = (onX86 != null ? onX86 : onArm).bits() == 0;
    String java = pointer ? "MemorySegment" : bits > 32 ? "long" : "int";
    source.line("");
    source.open("public static " + java + " " + name + "() {");
    String first = onX86 == null ? null : literal(onX86, java);
    String second = onArm == null ? null : literal(onArm, java);
    String value;
    if (first == null || second == null) {
      source.open("if (" + (first == null ? "!" : "") + "Arch.AARCH64) {");
      source.line("throw Arch.missing(\"" + name + "\");").close();
      value = first == null ? second : first;
    } else {
      value = first.equals(second) ? first : "Arch.AARCH64 ? " + second + " : " + first;
    }
    source.line("return " + value + ";").close();
  }

  void end() {
    source.close();
  }

  private static int bits(Clang.Value value) {
    return value == null ? 0 : value.bits();
  }

  private static String literal(Clang.Value value, String java) {
    long number = value.number();
    if (java.equals("MemorySegment")) {
      return number == 0 ? "MemorySegment.NULL" : "MemorySegment.ofAddress(" + number + "L)";
    }
    String suffix = java.equals("long") ? "L" : "";
    if (java.equals("int")) {
      number = (int) number;
    }
    if (number > -1000 && number < 1000) {
      return number + suffix;
    }
    return "0x"
        + (suffix.isEmpty() ? Integer.toHexString((int) number) : Long.toHexString(number))
        + suffix;
  }

  private static List<Headers.Parameter> parameters(Headers.Function function) {
    List<Headers.Parameter> parameters = new ArrayList<>(function.parameters());
    if (function.variadic()) {
      List<Headers.Parameter> extras = VARIADIC.get(function.name());
      if (extras == null) {
        throw new GeneratorException(
            function.name() + " is variadic: say in LibcWriter.VARIADIC what its arguments are");
      }
      parameters.addAll(extras);
    }
    if (parameters.size() > MOST_ARGUMENTS) {
      throw new GeneratorException(function.name() + " has more than six parameters");
    }
    return parameters;
  }

  private static List<String> javaSignature(Headers.Function function) {
    List<String> types = new ArrayList<>(List.of(layout(function.result(), function.name())));
    for (Headers.Parameter parameter : parameters(function)) {
      types.add(layout(parameter.type(), function.name()));
    }
    return types;
  }

  private static String layout(CType type, String name) {
    return switch (type) {
      case CType.Number number -> number.carrier().cLayout;
      case CType.Pointer _ -> "C_POINTER";
      case CType.Void _ -> "";
      default -> throw new GeneratorException(name + " passes a struct by value");
    };
  }

  private static String declaration(Headers.Function function) {
    List<String> parameters = new ArrayList<>();
    for (Headers.Parameter parameter : function.parameters()) {
      String c = parameter.c().replace(" *restrict", " *");
      int function0 = c.indexOf("(*)");
      parameters.add(
          function0 >= 0
              ? c.substring(0, function0 + 2) + parameter.name() + c.substring(function0 + 2)
              : c + (c.endsWith("*") ? "" : " ") + parameter.name());
    }
    if (function.variadic()) {
      parameters.add("...");
    }
    String result = function.c() + (function.c().endsWith("*") ? "" : " ");
    String list = parameters.isEmpty() ? "void" : String.join(", ", parameters);
    return result + function.name() + "(" + list + ")";
  }

  private static Headers.Parameter extra(String c, String name) {
    CType.Carrier carrier = c.equals("int") ? CType.Carrier.INT : CType.Carrier.LONG;
    return new Headers.Parameter(name, c, new CType.Number(carrier));
  }

  private static List<Headers.Parameter> longs(String prefix, int first, int count) {
    List<Headers.Parameter> extras = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      extras.add(extra("long", prefix + (first + i)));
    }
    return extras;
  }
}
