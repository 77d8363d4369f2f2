package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws what happened to each service, a lane each, and the signals from outside. */
final class Lanes {
  private static final double SIGNAL_LANE = 30;
  private static final double CHARACTER = 5.6;
  private static final int FEW = 24;
  private static final int MAX_NAME = 26;
  private static final int MAX_NOTE = 24;

  private final Chronicle chronicle;
  private final TimeAxis axis;
  private final Svg svg;
  private final double left;
  private final double right;
  private final double lane;

  Lanes(Chronicle chronicle, TimeAxis axis, Svg svg, double left, double right, int services) {
    this.chronicle = chronicle;
    this.axis = axis;
    this.svg = svg;
    this.left = left;
    this.right = right;
    this.lane = services <= FEW ? 30 : 16;
  }

  double outsideHeight() {
    return chronicle.signals.isEmpty() && chronicle.orders.isEmpty() ? 0 : SIGNAL_LANE;
  }

  double laneHeight() {
    return lane;
  }

  private boolean isSmall() {
    return lane < FEW;
  }

  static String triangle(double x, double y) {
    return "M" + Svg.format(x - 5) + " " + Svg.format(y - 5) + "h10l-5 9z";
  }

  /** Something from outside. */
  private record Mark(long atNanos, String style, String name, String title) {}

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (OutsideSignal signal : chronicle.signals) {
      String name = signal.signal().toString();
      String what = signal.ends() ? ": it begins the end" : signal.answer().isEmpty() ? "" : ": ";
      String title = name + " from outside, " + time(signal.atNanos()) + what;
      marks.add(
          new Mark(
              signal.atNanos(), "signal", name, signal.ends() ? title : title + signal.answer()));
    }
    for (Chronicle.ClientOrder order : chronicle.orders) {
      String what = ClientTeller.text(order);
      String name = order.service().name() + " " + order.order().name().toLowerCase(Locale.ROOT);
      String title = "a client " + what + ", " + time(order.atNanos());
      marks.add(new Mark(order.atNanos(), "client", name, title));
    }
    marks.sort(Comparator.comparingLong(Mark::atNanos));
    return marks;
  }

  /** A mark each, and its name where there is room for it. */
  void outside(double top) {
    List<Mark> marks = marks();
    if (marks.isEmpty()) {
      return;
    }
    boolean clients = !chronicle.orders.isEmpty();
    String name = chronicle.signals.isEmpty() ? "clients" : clients ? "outside" : "signals";
    svg.text("name", left - 12, top + 18, name);
    double free = 0;
    for (Mark mark : marks) {
      double x = axis.x(mark.atNanos());
      svg.path(mark.style(), triangle(x, top + 14), mark.title());
      if (x > free) {
        svg.text("note", x + 8, top + 18, mark.name(), mark.title());
        free = x + 14 + mark.name().length() * 7;
      }
    }
  }

  /** Every other lane, so that the eye finds the name. */
  void shade(double y, int index) {
    if (index % 2 == 0) {
      svg.rect("lane", 8, y, right + 44, lane, "");
    }
  }

  /** The processes of a service, its own first. */
  void service(List<ProcessStory> lives, double y) {
    String name = Sentences.lane(lives.getFirst(), chronicle);
    boolean decides = false;
    double note = 0;
    for (ProcessStory life : lives) {
      decides |= chronicle.decides(life.who);
      note = Math.max(note, bars(life, y));
    }
    String style = "name" + (isSmall() ? " small" : "") + (decides ? " first" : "");
    svg.text(style, left - 12, y + lane / 2 + 4, Timeline.shown(name, MAX_NAME), name);
    ProcessStory last = null;
    for (ProcessStory life : lives) {
      last = life.isProgram() ? life : last;
    }
    for (StandingStory story : chronicle.standings) {
      boolean isOfThis = story.service().name().equals(lives.getFirst().who.service());
      if (isOfThis && story.kind() != StandingStory.Kind.CHANGE) {
        String text = time(story.atNanos()) + " " + story.text();
        svg.path(story.style(), triangle(axis.x(story.atNanos()), y + lane * 0.2), text);
      }
    }
    for (ProcessStory life : lives) {
      end(life, y, note, life == last || chronicle.decides(life.who) || !life.isProgram());
    }
  }

  /** Where the process's bar ends. */
  private double bars(ProcessStory life, double y) {
    if (life.spawnedAt == ProcessStory.NEVER) {
      return 0;
    }
    boolean run = life.isProgram();
    double height = run ? lane * 0.42 : lane * 0.14;
    double barY = run ? y + lane * 0.22 : y + lane * (life.who.stage() == Stage.LOG ? 0.7 : 0.06);
    String style =
        switch (life.who.stage()) {
          case RUN, MAIN -> "up";
          case LOG -> "log";
          case FIRST, LAST -> "once";
          case TERM, FINISH, CONTROL, DOWN, CHECK, SIGNAL -> "script";
        };
    long end = life.hasEnded() ? life.endedAt : chronicle.lastAt;
    long told = life.wasTold() ? Math.min(life.toldAt, end) : end;
    long killed = life.wasKilled() ? Math.min(life.killedAt, end) : end;
    long stopping = Math.min(told, killed);
    String title = title(life);
    bar(style, life.spawnedAt, stopping, barY, height, title);
    if (run) {
      bar("told", stopping, killed, barY, height, title);
      bar("killed", killed, end, barY, height, title);
    }
    return axis.x(end);
  }

  private void bar(String style, long from, long to, double y, double height, String title) {
    if (to < from || to == from && !style.equals("up") && !style.equals("once")) {
      return;
    }
    double x = axis.x(from);
    svg.rect(style, x, y, Math.max(1.5, axis.x(to) - x), height, title);
  }

  /**
   * How it ended: a mark, and a word where that says more.
   *
   * @param hasRoom whether no other of the lane comes after it
   */
  private void end(ProcessStory life, double y, double noteX, boolean hasRoom) {
    double middle = y + lane * 0.43;
    double radius = isSmall() ? 3.5 : 5.5;
    if (life.failed()) {
      double x = axis.x(life.failedAt);
      double r = radius - 1;
      svg.path(
          "cross",
          "M"
              + Svg.format(x - r)
              + " "
              + Svg.format(middle - r)
              + "l"
              + 2 * r
              + " "
              + 2 * r
              + "m0 -"
              + 2 * r
              + "l-"
              + 2 * r
              + " "
              + 2 * r,
          title(life));
      if (hasRoom) {
        note(x + 9, middle, "could not be started", title(life));
      }
      return;
    }
    if (!life.hasEnded() || !life.isProgram()) {
      return;
    }
    double x = axis.x(life.endedAt);
    svg.circle(mark(life), x, middle, radius, title(life));
    if (chronicle.decides(life.who)) {
      svg.circle("ring", x, middle, radius + 3, title(life));
    }
    String word = word(life);
    if (hasRoom && !word.isEmpty()) {
      note(Math.max(x + radius + 6, noteX + 4), middle, word, title(life));
    }
  }

  private void note(double x, double middle, String text, String title) {
    String shown = Timeline.shown(text, MAX_NOTE);
    double width = shown.length() * CHARACTER;
    boolean fits = x + width < right + 50;
    String style = isSmall() ? "note small" : "note";
    svg.text(style, fits ? x : x - width - 28, middle + 4, shown, title);
  }

  /** Who was told to stop and did so is well, whatever the exit code: it decides nothing. */
  private String mark(ProcessStory life) {
    if (life.status.isSuccess() || life.wasTold()) {
      return life.wasKilled() ? "bad" : "good";
    }
    return chronicle.isDisabling(life) ? "off" : "bad";
  }

  private static boolean isTerm(ExitStatus status) {
    return status instanceof ExitStatus.Signaled by && by.signal().is(Signal.TERM);
  }

  private String word(ProcessStory life) {
    return switch (life.status) {
      case ExitStatus.Exited exited ->
          exited.code() == 0 && life.wasTold() ? "" : "exit " + exited.code();
      case ExitStatus.Signaled by ->
          isTerm(by) && life.wasTold() && !life.wasKilled() ? "" : by.signal().toString();
      case ExitStatus.Unknown u -> "exit unknown";
    };
  }

  private String title(ProcessStory life) {
    StringBuilder text = new StringBuilder(life.who.label());
    text.append(life.pid > 0 ? " (pid " + life.pid + ")" : "");
    line(text, "could not be started", life.failedAt, life.failure);
    line(text, "started", life.spawnedAt, "");
    line(text, life.toldByScript ? "terminate script" : "TERM", life.toldAt, "");
    line(text, "KILL", life.killedAt, "");
    if (life.hasEnded()) {
      line(text, life.status.toString(), life.endedAt, "");
      if (life.spawnedAt != ProcessStory.NEVER) {
        text.append(", after ").append(Words.duration(life.endedAt - life.spawnedAt));
      }
    }
    return text.toString();
  }

  private void line(StringBuilder text, String what, long at, String more) {
    if (at != ProcessStory.NEVER) {
      text.append('\n').append(time(at)).append(' ').append(what);
      text.append(more.isEmpty() ? "" : ": " + more);
    }
  }

  private String time(long atNanos) {
    return chronicle.clock(atNanos).time(atNanos);
  }
}
