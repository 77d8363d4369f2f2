package dev.gatun.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * A field as both targets see it; one of the places may be null.
 *
 * @param path the names that lead to it in the layout
 */
record Leaf(Shape.Place x86, Shape.Place arm, List<String> path) {
  Shape.Place any() {
    return x86 != null ? x86 : arm;
  }

  /** Of a struct or union, those of its nameless members among them. */
  static List<Leaf> all(Shape onX86, Shape onArm) {
    List<Leaf> leaves = new ArrayList<>();
    List<Shape.Place> flatX86 = new ArrayList<>();
    List<List<String>> paths = new ArrayList<>();
    flatten(onX86, 0, List.of(), flatX86, paths);
    List<Shape.Place> flatArm = new ArrayList<>();
    List<List<String>> pathsArm = new ArrayList<>();
    flatten(onArm, 0, List.of(), flatArm, pathsArm);
    for (int i = 0; i < flatX86.size(); i++) {
      leaves.add(new Leaf(flatX86.get(i), named(flatArm, flatX86.get(i).name()), paths.get(i)));
    }
    for (int i = 0; i < flatArm.size(); i++) {
      if (named(flatX86, flatArm.get(i).name()) == null) {
        leaves.add(new Leaf(null, flatArm.get(i), pathsArm.get(i)));
      }
    }
    return leaves;
  }

  private static void flatten(
      Shape shape, long base, List<String> path, List<Shape.Place> into, List<List<String>> paths) {
    int nameless = 0;
    for (Shape.Place place : shape.places()) {
      List<String> longer = new ArrayList<>(path);
      if (place.name().isEmpty()) {
        longer.add(LayoutText.nameless(nameless++));
        flatten(place.nested(), base + place.offset(), longer, into, paths);
      } else {
        longer.add(place.name());
        into.add(
            new Shape.Place(
                place.name(), place.c(), place.type(), base + place.offset(), place.nested()));
        paths.add(longer);
      }
    }
  }

  private static Shape.Place named(List<Shape.Place> places, String name) {
    for (Shape.Place place : places) {
      if (place.name().equals(name)) {
        return place;
      }
    }
    return null;
  }
}
