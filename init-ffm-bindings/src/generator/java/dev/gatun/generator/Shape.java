package dev.gatun.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A struct or union with the sizes and offsets that one target's compiler gave.
 *
 * @param places its fields in the order of declaration
 */
record Shape(String c, boolean union, long size, long alignment, List<Place> places) {

  /**
   * A field in its place.
   *
   * @param name "" for a nameless member whose fields belong to the outer struct
   * @param nested the shape of a struct or union without a name of its own, else null
   */
  record Place(String name, String c, CType type, long offset, Shape nested) {}

  /** Its keyword in C. */
  String kind() {
    return union ? "union" : "struct";
  }

  /** Lists the C expressions whose values {@link #of} needs, and the fields they name. */
  static void collect(Headers.Record record, List<String> expressions, Set<String> fields) {
    expressions.add("sizeof(" + record.c() + ")");
    expressions.add("_Alignof(" + record.c() + ")");
    collect(record, record.c(), "", expressions, fields);
  }

  private static void collect(
      Headers.Record record,
      String root,
      String prefix,
      List<String> expressions,
      Set<String> fields) {
    for (Headers.Field field : record.fields()) {
      Headers.Record nested = nameless(field);
      if (field.name().isEmpty()) {
        collect(nested, root, prefix, expressions, fields);
        continue;
      }
      String path = prefix + field.name();
      fields.add(field.name());
      expressions.add(offset(root, path));
      if (nested != null) {
        expressions.add(size(root, path));
        expressions.add(alignment(root, path));
        collect(nested, root, path + ".", expressions, fields);
      }
    }
  }

  /** Builds the shape from the values of the collected expressions. */
  static Shape of(Headers.Record record, Map<String, Clang.Value> values) {
    long size = values.get("sizeof(" + record.c() + ")").number();
    long alignment = values.get("_Alignof(" + record.c() + ")").number();
    return of(record, record.c(), "", 0, size, alignment, values);
  }

  private static Shape of(
      Headers.Record record,
      String root,
      String prefix,
      long base,
      long size,
      long alignment,
      Map<String, Clang.Value> values) {
    List<Place> places = new ArrayList<>();
    for (Headers.Field field : record.fields()) {
      Headers.Record nested = nameless(field);
      if (field.name().isEmpty()) {
        places.add(merged(field, nested, root, prefix, base, values));
        continue;
      }
      String path = prefix + field.name();
      long offset = values.get(offset(root, path)).number();
      Shape shape = null;
      if (nested != null) {
        long nestedSize = values.get(size(root, path)).number();
        long nestedAlignment = values.get(alignment(root, path)).number();
        shape = of(nested, root, path + ".", offset, nestedSize, nestedAlignment, values);
      }
      places.add(new Place(field.name(), field.c(), field.type(), offset - base, shape));
    }
    return new Shape(record.c(), record.union(), size, alignment, places);
  }

  /** A nameless member: C has no expression for its size, so it is what its fields take up. */
  private static Place merged(
      Headers.Field field,
      Headers.Record nested,
      String root,
      String prefix,
      long base,
      Map<String, Clang.Value> values) {
    Shape inner = of(nested, root, prefix, base, 0, 1, values);
    long start = Long.MAX_VALUE;
    long end = 0;
    long alignment = 1;
    for (Place place : inner.places()) {
      start = Math.min(start, place.offset());
      end = Math.max(end, place.offset() + sizeOf(place, values));
      alignment = Math.max(alignment, alignmentOf(place, values));
    }
    long size = (end - start + alignment - 1) / alignment * alignment;
    List<Place> places = new ArrayList<>();
    for (Place place : inner.places()) {
      places.add(
          new Place(place.name(), place.c(), place.type(), place.offset() - start, place.nested()));
    }
    Shape shape = new Shape("", nested.union(), size, alignment, places);
    return new Place("", field.c(), field.type(), start, shape);
  }

  static long sizeOf(Place place, Map<String, Clang.Value> values) {
    return place.nested() != null ? place.nested().size() : sizeOf(place.type(), place, values);
  }

  private static long sizeOf(CType type, Place place, Map<String, Clang.Value> values) {
    return switch (type) {
      case CType.Number number -> number.carrier().size;
      case CType.Pointer _ -> 8;
      case CType.Array array -> array.length() * sizeOf(array.element(), place, values);
      case CType.Group group -> included("sizeof", group, place, values);
      case CType.Void _ -> throw new GeneratorException("a field of type void");
    };
  }

  static long alignmentOf(Place place, Map<String, Clang.Value> values) {
    return place.nested() != null
        ? place.nested().alignment()
        : alignmentOf(place.type(), place, values);
  }

  private static long alignmentOf(CType type, Place place, Map<String, Clang.Value> values) {
    return switch (type) {
      case CType.Array array -> alignmentOf(array.element(), place, values);
      case CType.Group group -> included("_Alignof", group, place, values);
      default -> sizeOf(type, place, values);
    };
  }

  private static long included(
      String operator, CType.Group group, Place place, Map<String, Clang.Value> values) {
    Clang.Value value = values.get(operator + "(" + group.group().c() + ")");
    if (value == null) {
      throw new GeneratorException(
          "the field " + place.name() + " needs " + group.group().c() + ": include it as well");
    }
    return value.number();
  }

  /** The struct or union that a field defines on the spot, or null. */
  private static Headers.Record nameless(Headers.Field field) {
    if (field.type() instanceof CType.Group group && group.group().c().isEmpty()) {
      return group.group();
    }
    if (field.type() instanceof CType.Array array
        && array.element() instanceof CType.Group group
        && group.group().c().isEmpty()) {
      throw new GeneratorException("array of nameless structs: " + field.name());
    }
    return null;
  }

  private static String offset(String root, String path) {
    return "offsetof(" + root + ", " + path + ")";
  }

  private static String size(String root, String path) {
    return "sizeof(((" + root + " *) 0)->" + path + ")";
  }

  private static String alignment(String root, String path) {
    return "__alignof__(((" + root + " *) 0)->" + path + ")";
  }
}
