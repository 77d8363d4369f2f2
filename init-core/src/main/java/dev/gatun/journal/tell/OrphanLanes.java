package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Draws the orphans: a bar each where they are few, and where they are many, how many lived. */
final class OrphanLanes {
  private static final int MAX_BARS = 24;
  private static final double ROW = 14;
  private static final double CROWD = 80;
  private static final double CHARACTER = 5.8;

  private final Chronicle chronicle;
  private final TimeAxis axis;
  private final Svg svg;
  private final double left;
  private final double right;
  private final List<List<OrphanStory>> rows = new ArrayList<>();
  private final boolean crowded;

  OrphanLanes(Chronicle chronicle, TimeAxis axis, Svg svg, double left, double right) {
    this.chronicle = chronicle;
    this.axis = axis;
    this.svg = svg;
    this.left = left;
    this.right = right;
    this.crowded = chronicle.orphans.size() > MAX_BARS;
    if (!crowded) {
      for (OrphanStory orphan : chronicle.orphans.values()) {
        rowFor(orphan).add(orphan);
      }
    }
  }

  double height() {
    if (chronicle.orphans.isEmpty()) {
      return 0;
    }
    return 10 + (crowded ? CROWD : rows.size() * ROW);
  }

  /** The first row where nothing is in its way, its name included. */
  private List<OrphanStory> rowFor(OrphanStory orphan) {
    for (List<OrphanStory> row : rows) {
      OrphanStory last = row.getLast();
      if (noteX(last) + last.label().length() * CHARACTER + 8 < axis.x(orphan.arrivedAt)) {
        return row;
      }
    }
    rows.add(new ArrayList<>());
    return rows.getLast();
  }

  private long end(OrphanStory orphan) {
    return orphan.hasEnded() ? orphan.endedAt : chronicle.lastAt;
  }

  private double noteX(OrphanStory orphan) {
    return Math.max(axis.x(end(orphan)), axis.x(orphan.arrivedAt) + 2) + 7;
  }

  void draw(double y) {
    if (chronicle.orphans.isEmpty()) {
      return;
    }
    if (crowded) {
      crowd(y + 8);
      return;
    }
    svg.text("name", left - 12, y + 18, "orphans");
    double at = y + 8;
    for (List<OrphanStory> row : rows) {
      for (OrphanStory orphan : row) {
        bars(orphan, at);
      }
      at += ROW;
    }
  }

  private void bars(OrphanStory orphan, double y) {
    long end = end(orphan);
    long killed = orphan.wasKilled() ? orphan.killedAt : end;
    long told = orphan.wasTold() ? Math.min(orphan.toldAt, killed) : killed;
    String title = title(orphan);
    bar("orphan", orphan.arrivedAt, told, y, title);
    bar("told", told, killed, y, title);
    bar("killed", killed, end, y, title);
    double x = noteX(orphan);
    double width = orphan.label().length() * CHARACTER;
    boolean fits = x + width < right + 50;
    svg.text("note", fits ? x : axis.x(orphan.arrivedAt) - width - 8, y + 9, orphan.label(), title);
  }

  private void bar(String style, long from, long to, double y, String title) {
    if (to > from || style.equals("orphan")) {
      double x = axis.x(from);
      svg.rect(style, x, y + 2, Math.max(2, axis.x(to) - x), ROW - 6, title);
    }
  }

  private String title(OrphanStory orphan) {
    WallClock clock = chronicle.clock(orphan.arrivedAt);
    StringBuilder text = new StringBuilder("reparented process ").append(orphan.label());
    if (orphan.origin.isPresent()) {
      text.append(", of service ").append(orphan.origin.get());
    }
    text.append('\n').append(orphan.commandLine);
    text.append('\n').append(clock.time(orphan.arrivedAt)).append(" seen first");
    if (orphan.wasTold()) {
      text.append('\n').append(clock.time(orphan.toldAt)).append(" TERM");
    }
    if (orphan.wasKilled()) {
      text.append('\n').append(clock.time(orphan.killedAt)).append(" KILL");
    }
    if (orphan.hasEnded()) {
      text.append('\n').append(clock.time(orphan.endedAt)).append(' ').append(orphan.status);
    }
    return text.toString();
  }

  /** How many live at each time, as an area. */
  private void crowd(double y) {
    TreeMap<Long, Integer> changes = new TreeMap<>();
    for (OrphanStory orphan : chronicle.orphans.values()) {
      changes.merge(orphan.arrivedAt, 1, Integer::sum);
      changes.merge(end(orphan), -1, Integer::sum);
    }
    int alive = 0;
    int most = 1;
    for (int change : changes.values()) {
      alive += change;
      most = Math.max(most, alive);
    }
    double bottom = y + CROWD - 6;
    double height = CROWD - 20;
    StringBuilder area = new StringBuilder("M");
    area.append(Svg.format(axis.x(changes.firstKey()))).append(' ').append(Svg.format(bottom));
    alive = 0;
    for (var change : changes.entrySet()) {
      alive += change.getValue();
      area.append('H').append(Svg.format(axis.x(change.getKey())));
      area.append('V').append(Svg.format(bottom - height * alive / most));
    }
    area.append("V").append(Svg.format(bottom)).append('Z');
    String what =
        Words.counted(chronicle.orphans.size(), "orphan") + " in all, at most " + most + " at once";
    svg.path("crowd", area.toString(), what);
    svg.text("name", left - 12, y + CROWD / 2, "orphans");
    svg.text("note", axis.x(chronicle.firstAt) + 8, y + 6, what);
  }
}
