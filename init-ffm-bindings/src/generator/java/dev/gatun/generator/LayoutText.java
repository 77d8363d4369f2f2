package dev.gatun.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Java expression that makes the layout of a struct or union on one target.
 *
 * @param classes the Java class of every struct and union that has a C name
 */
record LayoutText(StructWriter.View view, Map<String, String> classes) {

  String of(Shape shape, String name) {
    String members = members(shape);
    return "MemoryLayout."
        + shape.kind()
        + "Layout(\n"
        + members
        + ")\n    .withName(\""
        + name
        + "\")";
  }

  private String members(Shape shape) {
    List<String> lines = new ArrayList<>();
    long position = 0;
    long widest = 1;
    long end = 0;
    int nameless = 0;
    for (Shape.Place place : shape.places()) {
      if (!shape.union() && place.offset() > position) {
        lines.add("MemoryLayout.paddingLayout(" + (place.offset() - position) + "L)");
      }
      long alignment = Shape.alignmentOf(place, view.values());
      String layout;
      if (place.name().isEmpty()) {
        layout = "MemoryLayout." + place.nested().kind() + "Layout(\n";
        layout += members(place.nested()) + ")";
      } else {
        layout = element(place, place.type());
      }
      if (alignment > shape.alignment()) {
        layout = "Layouts.align(" + layout + ", " + shape.alignment() + "L)";
      }
      String label = place.name().isEmpty() ? nameless(nameless++) : place.name();
      lines.add(layout + ".withName(\"" + label + "\")");
      widest = Math.max(widest, Math.min(alignment, shape.alignment()));
      position = place.offset() + Shape.sizeOf(place, view.values());
      end = Math.max(end, position);
    }
    if (shape.union() ? end < shape.size() : position < shape.size()) {
      long padding = shape.union() ? shape.size() : shape.size() - position;
      lines.add("MemoryLayout.paddingLayout(" + padding + "L)");
    }
    if (widest != shape.alignment()) {
      throw new GeneratorException("over-aligned " + shape.c() + ": not supported");
    }
    return String.join(",\n", lines).indent(4).stripTrailing();
  }

  /** What jextract calls the struct or union of a member that has no name. */
  static String nameless(int index) {
    return "$anon$" + index;
  }

  private String element(Shape.Place place, CType type) {
    return switch (type) {
      case CType.Number number -> "CTypes." + number.carrier().cLayout;
      case CType.Pointer _ -> "CTypes.C_POINTER";
      case CType.Array array ->
          "MemoryLayout.sequenceLayout("
              + array.length()
              + "L, "
              + element(place, array.element())
              + ")";
      case CType.Group group ->
          (group.group().c().isEmpty() ? place.name() : className(group, place)) + ".layout()";
      case CType.Void _ -> throw new GeneratorException("a field of type void: " + place.name());
    };
  }

  private String className(CType.Group group, Shape.Place place) {
    String name = classes.get(group.group().c());
    if (name == null) {
      throw new GeneratorException(
          "the field " + place.name() + " needs " + group.group().c() + ": include it as well");
    }
    return name;
  }
}
