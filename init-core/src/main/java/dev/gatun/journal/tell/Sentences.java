package dev.gatun.journal.tell;

import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is told, in the order of time; what happened at the same time, in the order of telling. */
final class Sentences {
  private final Chronicle chronicle;
  private final List<Sentence> all = new ArrayList<>();

  private record Sentence(long atNanos, String text) {}

  Sentences(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  void add(long atNanos, String text) {
    all.add(new Sentence(atNanos, text));
  }

  /** A process as people call it. */
  String name(ProcessStory life) {
    return switch (life.who.stage()) {
      case RUN -> life.who.service().toString();
      case LOG -> "the log program of " + life.who.service();
      case TERM -> "the terminate script of " + life.who.service();
      case FINISH -> "the finish script of " + life.who.service();
      case CONTROL -> "a control script of " + life.who.service();
      case DOWN -> "what takes back " + life.who.service();
      case CHECK -> "a probe of " + life.who.service();
      case FIRST, LAST -> program(life.who.service(), life.who.stage(), chronicle);
      case MAIN -> life.who.service().toString();
      case SIGNAL -> "the script for " + life.who.service();
    };
  }

  /** Whose lane it is in a chart. */
  static String lane(ProcessStory life, Chronicle chronicle) {
    ServiceName name = life.who.service();
    return isStage(name, life.who.stage(), chronicle) ? "stage " + name : name.toString();
  }

  /** A service of the plan as people call it. */
  static String name(Service service, Chronicle chronicle) {
    ServiceName name = service.id().name();
    return service.kind() == Service.Kind.ONESHOT
        ? program(name, service.id().stage(), chronicle)
        : name.toString();
  }

  /** A program that is run once, before or after the services: a stage, or the file that it is. */
  private static String program(ServiceName name, Stage stage, Chronicle chronicle) {
    if (isStage(name, stage, chronicle)) {
      return "stage " + name;
    }
    return path(name, stage, chronicle);
  }

  /** Whether it is run once and has a number for a name, other than one of a directory of many. */
  private static boolean isStage(ServiceName name, Stage stage, Chronicle chronicle) {
    boolean isOnce = stage == Stage.FIRST || stage == Stage.LAST;
    boolean isNumber = name.toString().chars().allMatch(c -> c >= '0' && c <= '9');
    return isOnce && isNumber && !path(name, stage, chronicle).endsWith(".d/" + name);
  }

  private static String path(ServiceName name, Stage stage, Chronicle chronicle) {
    for (Service service : chronicle.planned(stage)) {
      if (service.id().name().equals(name)) {
        return service.program().path().toString();
      }
    }
    return name.toString();
  }

  /** {@code TIME SENTENCE}, a line each, and a line with the date where another day begins. */
  String text() {
    all.sort(Comparator.comparingLong(Sentence::atNanos));
    StringBuilder text = new StringBuilder();
    String day = chronicle.clock(chronicle.firstAt).day(chronicle.firstAt);
    for (Sentence sentence : all) {
      WallClock clock = chronicle.clock(sentence.atNanos());
      String its = clock.day(sentence.atNanos());
      if (!its.equals(day)) {
        day = its;
        text.append(day).append('\n');
      }
      text.append(clock.time(sentence.atNanos())).append("  ").append(sentence.text());
      text.append('\n');
    }
    return text.toString();
  }
}
