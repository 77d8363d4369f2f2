package dev.gatun.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the class of one struct or union: what jextract's has, but offsets instead of handles. */
final class StructWriter {

  /** What the writer knows of one target: its shapes by C name, and all values. */
  record View(Map<String, Shape> shapes, Map<String, Clang.Value> values) {}

  private final Source source;
  private final View x86;
  private final View arm;
  private final Map<String, String> classes;

  /**
   * @param classes the Java class of every struct and union that has a C name
   */
  StructWriter(Source source, View x86, View arm, Map<String, String> classes) {
    this.source = source;
    this.x86 = x86;
    this.arm = arm;
    this.classes = classes;
  }

  void writeTopLevel(String name, String c) {
    List<String> imports =
        List.of(
            "Arena",
            "AddressLayout",
            "GroupLayout",
            "MemoryLayout",
            "MemoryLayout.PathElement",
            "MemorySegment",
            "SegmentAllocator",
            "SequenceLayout",
            "ValueLayout");
    Source body = new Source("p");
    StructWriter writer = new StructWriter(body, x86, arm, classes);
    writer.write(name, x86.shapes().get(c), arm.shapes().get(c), c, false);
    String text = body.toString();
    text = text.substring(text.indexOf("/**"));
    for (String each : imports.stream().sorted().toList()) {
      String simple = each.substring(each.lastIndexOf('.') + 1);
      if (text.matches("(?s).*\\b" + simple + "\\b.*")) {
        source.line("import java.lang.foreign." + each + ";");
      }
    }
    if (text.contains("Objects.")) {
      source.line("import java.util.Objects;");
    }
    source.line("import java.util.function.Consumer;");
    source.line("");
    for (String line : text.stripTrailing().split("\n", -1)) {
      source.line(line);
    }
  }

  /** A typedef of a struct that has a name of its own. */
  void writeAlias(String name, String of, String c) {
    source.doc("{@code typedef " + c + " " + name + "}.");
    source.open("public class " + name + " extends " + of + " {");
    source.open(name + "() {").line("// Never made.").close();
    source.close();
  }

  private void write(String name, Shape onX86, Shape onArm, String c, boolean nested) {
    source.doc(
        nested
            ? "The nameless {@code " + onX86.kind() + "} of {@code " + c + "}."
            : "{@code " + c + "}; every offset and size is in bytes.");
    source.open("public " + (nested ? "static " : "") + "class " + name + " {");
    List<Leaf> leaves = Leaf.all(onX86, onArm);
    writeOffsets(leaves);
    source.open(name + "() {").line("// Never made.").close();
    writeSize(onX86, onArm);
    for (Leaf leaf : leaves) {
      writeField(onX86.kind(), leaf, name);
    }
    writeLayout(onX86, onArm, name);
    writeAllocation(onX86, onArm);
    for (Leaf leaf : leaves) {
      Shape.Place place = leaf.any();
      if (place.nested() != null) {
        source.line("");
        if (leaf.x86() == null || leaf.arm() == null) {
          throw new GeneratorException("nested struct on one target only: " + place.name());
        }
        String path = nested ? c + "." + place.name() : name + "." + place.name();
        write(place.name(), leaf.x86().nested(), leaf.arm().nested(), path, true);
      }
    }
    source.close();
  }

  private void writeOffsets(List<Leaf> leaves) {
    for (Leaf leaf : leaves) {
      if (leaf.x86() != null && leaf.arm() != null) {
        String value = choose(leaf.x86().offset() + "L", leaf.arm().offset() + "L");
        source.line("static final long " + leaf.any().name() + "$OFFSET = " + value + ";");
      }
    }
    source.line("");
  }

  private void writeSize(Shape onX86, Shape onArm) {
    source.line("");
    source.doc("The size of this {@code " + onX86.kind() + "} in bytes.");
    source.open("public static long sizeof() {");
    source.line("return " + choose(onX86.size() + "L", onArm.size() + "L") + ";").close();
  }

  private void writeField(String kind, Leaf leaf, String owner) {
    Shape.Place place = leaf.any();
    String name = place.name();
    boolean both = leaf.x86() != null && leaf.arm() != null;
    String offset = both ? name + "$OFFSET" : name + "$offset()";
    checkSame(leaf, owner);
    source.line("");
    source.doc("The offset of {@code " + name + "}.");
    source.open("public static long " + name + "$offset() {");
    if (both) {
      source.line("return " + offset + ";").close();
    } else {
      source.open("if (" + (leaf.x86() == null ? "!" : "") + "Arch.AARCH64) {");
      source.line("throw Arch.missing(\"" + owner + "." + name + "\");").close();
      source.line("return " + place.offset() + "L;").close();
    }
    source.line("");
    source.doc("The layout of {@code " + name + "}.");
    String layout = layoutType(place);
    source.open("public static " + layout + " " + name + "$layout() {");
    source.list("return (" + layout + ") layout().select(", paths(leaf.path()), ");").close();
    String doc = "{@code " + declaration(place) + "}";
    switch (place.type()) {
      case CType.Number number ->
          scalar(doc, kind, name, number.carrier(), offset, number.java(), "fieldValue");
      case CType.Pointer pointer ->
          scalar(
              doc,
              kind,
              name,
              CType.Carrier.LONG,
              offset,
              pointer.java(),
              "Downcall.address(fieldValue)");
      case CType.Group _ -> slice(doc, kind, name, offset, sizeText(leaf));
      case CType.Array array -> {
        slice(doc, kind, name, offset, sizeText(leaf));
        elements(doc, kind, name, offset, array);
      }
      case CType.Void _ -> throw new GeneratorException("a field of type void: " + name);
    }
  }

  private void scalar(
      String doc,
      String kind,
      String name,
      CType.Carrier carrier,
      String offset,
      String java,
      String value) {
    source.line("").doc("Gets " + doc + ".");
    source.open("public static " + java + " " + name + "(MemorySegment " + kind + ") {");
    String get = "Fields." + carrier.getter() + "(" + kind + ", " + offset + ")";
    boolean pointer = !java.equals(carrier.java);
    source.line("return " + (pointer ? "Downcall.pointer(" + get + ")" : get) + ";").close();
    source.line("").doc("Sets " + doc + ".");
    source.list(
        "public static void " + name + "(",
        List.of("MemorySegment " + kind, java + " fieldValue"),
        ") {");
    source.body().list("Fields.set(", List.of(kind, offset, value), ");").close();
  }

  private void slice(String doc, String kind, String name, String offset, String size) {
    source.line("").doc("The part of {@code " + kind + "} that is " + doc + ".");
    source.open("public static MemorySegment " + name + "(MemorySegment " + kind + ") {");
    source.line("return " + kind + ".asSlice(" + offset + ", " + size + ");").close();
    source.line("").doc("Copies into " + doc + ".");
    source.list(
        "public static void " + name + "(",
        List.of("MemorySegment " + kind, "MemorySegment fieldValue"),
        ") {");
    source.body();
    source.line("MemorySegment.copy(fieldValue, 0L, " + kind + ", " + offset + ", " + size + ");");
    source.close();
  }

  private void elements(String doc, String kind, String name, String offset, CType.Array array) {
    if (array.element() instanceof CType.Array) {
      throw new GeneratorException("array of arrays: " + name);
    }
    source.line("").doc("The dimensions of " + doc + ".");
    source.open("public static long[] " + name + "$dimensions() {");
    source.line("return new long[] {" + array.length() + "L};").close();
    if (!(array.element() instanceof CType.Number number) || array.length() == 0) {
      return;
    }
    CType.Carrier carrier = number.carrier();
    String scale = carrier.size == 1 ? "" : carrier.size + "L * ";
    String at = offset + " + " + scale + "Objects.checkIndex(index0, " + array.length() + "L)";
    source.line("").doc("Gets an element of " + doc + ".");
    source.list(
        "public static " + carrier.java + " " + name + "(",
        List.of("MemorySegment " + kind, "long index0"),
        ") {");
    source.body();
    source.list("return Fields." + carrier.getter() + "(", List.of(kind, at), ");").close();
    source.line("").doc("Sets an element of " + doc + ".");
    source.list(
        "public static void " + name + "(",
        List.of("MemorySegment " + kind, "long index0", carrier.java + " fieldValue"),
        ") {");
    source.body();
    source.list("Fields.set(", List.of(kind, at, "fieldValue"), ");").close();
  }

  private void writeLayout(Shape onX86, Shape onArm, String name) {
    String first = new LayoutText(x86, classes).of(onX86, name);
    String second = new LayoutText(arm, classes).of(onArm, name);
    source.line("").doc("The layout, made when it is first asked for.");
    source.open("public static GroupLayout layout() {").line("return Holder.LAYOUT;").close();
    source.line("");
    source.open("private static final class Holder {");
    if (first.equals(second)) {
      source.line("static final GroupLayout LAYOUT =");
      emit("    ", first, ";");
    } else {
      source.line("static final GroupLayout LAYOUT =");
      source.line("    Arch.AARCH64");
      emit("        ", second, "", "? ");
      emit("        ", first, ";", ": ");
    }
    source.close();
  }

  private void emit(String indent, String text, String tail, String... lead) {
    String[] lines = (text + tail).split("\n");
    String before = lead.length == 0 ? "" : lead[0];
    for (String line : lines) {
      source.line(indent + before + line);
      before = lead.length == 0 ? "" : "  ";
    }
  }

  private void writeAllocation(Shape onX86, Shape onArm) {
    String alignment = choose(onX86.alignment() + "L", onArm.alignment() + "L");
    source.line("").doc("The element of {@code array} at {@code index}, and all that follow it.");
    source.open("public static MemorySegment asSlice(MemorySegment array, long index) {");
    source.line("return array.asSlice(sizeof() * index);").close();
    source.line("").doc("Allocates one, filled as {@code allocator} does.");
    source.open("public static MemorySegment allocate(SegmentAllocator allocator) {");
    source.line("return allocator.allocate(sizeof(), " + alignment + ");").close();
    source.line("").doc("Allocates an array, filled as {@code allocator} does.");
    source.open(
        "public static MemorySegment allocateArray(long elementCount, SegmentAllocator allocator)"
            + " {");
    source
        .list(
            "return allocator.allocate(",
            List.of("Math.multiplyExact(elementCount, sizeof())", alignment),
            ");")
        .close();
    source.line("").doc("One at the address of {@code addr}, with the lifetime of {@code arena}.");
    source.list(
        "public static MemorySegment reinterpret(",
        List.of("MemorySegment addr", "Arena arena", "Consumer<MemorySegment> cleanup"),
        ") {");
    source.body().line("return reinterpret(addr, 1L, arena, cleanup);").close();
    source
        .line("")
        .doc("An array at the address of {@code addr}, with the lifetime of {@code arena}.");
    source.line("@SuppressWarnings(\"restricted\")");
    source.list(
        "public static MemorySegment reinterpret(",
        List.of(
            "MemorySegment addr",
            "long elementCount",
            "Arena arena",
            "Consumer<MemorySegment> cleanup"),
        ") {");
    source.body();
    source
        .list(
            "return addr.reinterpret(",
            List.of("Math.multiplyExact(elementCount, sizeof())", "arena", "cleanup"),
            ");")
        .close();
  }

  private void checkSame(Leaf leaf, String owner) {
    if (leaf.x86() == null || leaf.arm() == null) {
      return;
    }
    String first = leaf.x86().type().java() + layoutType(leaf.x86());
    String second = leaf.arm().type().java() + layoutType(leaf.arm());
    boolean same = first.equals(second);
    if (leaf.x86().type() instanceof CType.Array a && leaf.arm().type() instanceof CType.Array b) {
      same = a.length() == b.length() && a.element().java().equals(b.element().java());
    }
    if (!same) {
      throw new GeneratorException(
          "the type of " + owner + "." + leaf.any().name() + " differs between the targets");
    }
  }

  private String sizeText(Leaf leaf) {
    Long first = leaf.x86() == null ? null : Shape.sizeOf(leaf.x86(), x86.values());
    Long second = leaf.arm() == null ? null : Shape.sizeOf(leaf.arm(), arm.values());
    return choose((first == null ? second : first) + "L", (second == null ? first : second) + "L");
  }

  private static List<String> paths(List<String> names) {
    List<String> elements = new ArrayList<>();
    for (String name : names) {
      elements.add("PathElement.groupElement(\"" + name + "\")");
    }
    return elements;
  }

  private static String layoutType(Shape.Place place) {
    return switch (place.type()) {
      case CType.Number number -> "ValueLayout." + number.carrier().layoutType;
      case CType.Pointer _ -> "AddressLayout";
      case CType.Array _ -> "SequenceLayout";
      default -> "GroupLayout";
    };
  }

  /** The C declaration of a field; a nameless type's printed name depends on the machine. */
  private static String declaration(Shape.Place place) {
    String c = place.c();
    if (place.nested() != null) {
      return place.nested().kind() + " {...} " + place.name();
    }
    int bracket = c.indexOf('[');
    if (bracket >= 0) {
      return c.substring(0, bracket) + " " + place.name() + c.substring(bracket);
    }
    int function = c.indexOf("(*)");
    if (function >= 0) {
      return c.substring(0, function + 2) + place.name() + c.substring(function + 2);
    }
    return c + (c.endsWith("*") ? "" : " ") + place.name();
  }

  private static String choose(String onX86, String onArm) {
    return onX86.equals(onArm) ? onX86 : "Arch.AARCH64 ? " + onArm + " : " + onX86;
  }
}
