package dev.gatun.machine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The transitions between some states, and the effects that were seen with each. */
final class Edges {
  /** Where something is not known yet, or any more. */
  static final String NOT_THERE = "[*]";

  /** From, to, and what happened. */
  private record Edge(String from, String to, String event) implements Comparable<Edge> {
    @Override
    public int compareTo(Edge other) {
      return (from + " " + to + " " + event)
          .compareTo(other.from + " " + other.to + " " + other.event);
    }
  }

  private final Map<Edge, TreeSet<String>> effectsByEdge = new TreeMap<>();

  /** Adds one, with those effects that are wanted. */
  void add(String from, String to, String event, Transition transition, Predicate<Effect> wanted) {
    TreeSet<String> effects =
        effectsByEdge.computeIfAbsent(new Edge(from, to, event), any -> new TreeSet<>());
    for (Effect effect : transition.effects()) {
      if (!(effect instanceof Effect.Report) && wanted.test(effect)) {
        effects.add(text(effect));
      }
    }
  }

  static String text(Effect effect) {
    String name = StateMachinePage.nameOf(effect);
    return switch (effect) {
      case Effect.SendSignal e -> name + " " + e.signal();
      case Effect.SignalOrphan e -> name + " " + e.signal();
      case Effect.SignalAll e -> name + " " + e.signal();
      case Effect.ForwardSignal e -> name + " " + e.signal();
      case Effect.SignalGroup e -> name + " " + e.signal();
      default -> name;
    };
  }

  /** A picture and a table. */
  void addChapter(List<String> lines, String title) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    lines.add("```mermaid");
    lines.add("stateDiagram-v2");
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (Edge edge : effectsByEdge.keySet()) {
      if (!edge.from().equals(edge.to())) {
        labels
            .computeIfAbsent(edge.from() + " --> " + edge.to(), any -> new TreeSet<>())
            .add(edge.event());
      }
    }
    labels.forEach(
        (arrow, events) -> lines.add("  " + arrow + " : " + String.join("<br/>", events)));
    lines.add("```");
    lines.add("");
    lines.add("| from | event | to | effects |");
    lines.add("| --- | --- | --- | --- |");
    effectsByEdge.forEach((edge, effects) -> lines.add(row(edge, effects)));
    lines.add("");
  }

  private static String row(Edge edge, TreeSet<String> effects) {
    return "| "
        + edge.from().replace(NOT_THERE, "not known")
        + " | "
        + edge.event()
        + " | "
        + (edge.from().equals(edge.to()) ? "stays" : edge.to().replace(NOT_THERE, "not known"))
        + " | "
        + String.join(", ", effects)
        + " |";
  }
}
