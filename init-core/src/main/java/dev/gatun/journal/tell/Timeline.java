package dev.gatun.journal.tell;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.Words;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the life of a container as a chart: a lane for each service, time from left to right. */
public final class Timeline {
  private static final double WIDTH = 1200;
  private static final double RIGHT = 60;
  private static final double AXIS_Y = 92;
  private static final double FOLD_WIDTH = 52;
  private static final double LEAST_TICK = 74;
  private static final double CHARACTER = 6.6;
  private static final int MAX_NAME = 26;
  private static final int MAX_TITLE = 105;

  private final Chronicle chronicle;
  private final Svg svg = new Svg();
  private final double left;
  private final TimeAxis axis;

  private Timeline(Chronicle chronicle) {
    this.chronicle = chronicle;
    int longest = 7;
    for (ProcessStory life : chronicle.processes.values()) {
      longest = Math.max(longest, shown(life.who.service().toString(), MAX_NAME).length());
    }
    left = 36 + longest * CHARACTER;
    axis = new TimeAxis(instants(), left, WIDTH - RIGHT, FOLD_WIDTH);
  }

  /**
   * The chart of the journal that ends in {@code file}, as SVG.
   *
   * @throws JournalException when the file cannot be used, and why
   */
  public static String of(Path file) throws JournalException {
    return new Timeline(Chronicle.of(file)).draw();
  }

  static String shown(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** When anything is drawn. */
  private TreeSet<Long> instants() {
    TreeSet<Long> all = new TreeSet<>(List.of(chronicle.firstAt, chronicle.lastAt));
    for (ProcessStory life : chronicle.processes.values()) {
      addTo(all, life.spawnedAt, life.failedAt, life.toldAt, life.killedAt, life.endedAt);
    }
    for (OrphanStory orphan : chronicle.orphans.values()) {
      addTo(all, orphan.arrivedAt, orphan.toldAt, orphan.killedAt, orphan.endedAt);
    }
    for (OutsideSignal signal : chronicle.signals) {
      all.add(signal.atNanos());
    }
    for (Chronicle.ClientOrder order : chronicle.orders) {
      all.add(order.atNanos());
    }
    for (StandingStory story : chronicle.standings) {
      all.add(story.atNanos());
    }
    return all;
  }

  private static void addTo(TreeSet<Long> all, long... instants) {
    for (long instant : instants) {
      if (instant != ProcessStory.NEVER) {
        all.add(instant);
      }
    }
  }

  private String draw() {
    List<List<ProcessStory>> services = lanes();
    double right = WIDTH - RIGHT;
    Lanes lanes = new Lanes(chronicle, axis, svg, left, right, services.size());
    OrphanLanes orphans = new OrphanLanes(chronicle, axis, svg, left, right);
    double top = AXIS_Y + 16;
    double firstLane = top + lanes.outsideHeight();
    double lastLane = firstLane + services.size() * lanes.laneHeight();
    double bottom = lastLane + orphans.height() + 8;
    begin(bottom + 40);
    titles();
    for (int i = 0; i < services.size(); i++) {
      lanes.shade(firstLane + i * lanes.laneHeight(), i);
    }
    grid(bottom);
    verdict(top, bottom);
    lanes.outside(top);
    for (int i = 0; i < services.size(); i++) {
      lanes.service(services.get(i), firstLane + i * lanes.laneHeight());
    }
    orphans.draw(lastLane);
    Legend.draw(svg, bottom + 26, chronicle);
    svg.raw("</svg>");
    return svg.toString();
  }

  /** What comes first, the services by name, what runs beside them, what comes last. */
  private List<List<ProcessStory>> lanes() {
    List<List<ProcessStory>> all = new ArrayList<>(programs(Stage.FIRST));
    all.addAll(services().values());
    all.addAll(programs(Stage.MAIN));
    all.addAll(programs(Stage.LAST));
    return all;
  }

  /** One that has never been started has no process. */
  private Map<ServiceName, List<ProcessStory>> services() {
    Map<ServiceName, List<ProcessStory>> services = new TreeMap<>();
    for (ProcessStory life : chronicle.processes.values()) {
      if (!life.who.stage().isOfTheContainer()) {
        services.computeIfAbsent(life.who.service(), any -> new ArrayList<>()).add(life);
      }
    }
    for (List<ProcessStory> lives : services.values()) {
      lives.sort((a, b) -> a.who.stage().compareTo(b.who.stage()));
    }
    services
        .values()
        .removeIf(lives -> lives.stream().noneMatch(life -> life.who.stage() == Stage.RUN));
    return services;
  }

  private Collection<List<ProcessStory>> programs(Stage stage) {
    Map<ServiceName, List<ProcessStory>> programs = new LinkedHashMap<>();
    for (ProcessStory life : chronicle.processes.values()) {
      if (life.who.stage() == stage) {
        programs.computeIfAbsent(life.who.service(), any -> new ArrayList<>()).add(life);
      }
    }
    return programs.values();
  }

  private void begin(double height) {
    svg.raw(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
            + Svg.format(WIDTH)
            + " "
            + Svg.format(height)
            + "\" role=\"img\">");
    svg.raw(Legend.STYLE);
    svg.rect("paper", 0, 0, WIDTH, height, "");
  }

  private void titles() {
    String result =
        chronicle.verdict == null
            ? "still running where the journal ends"
            : "exit code " + chronicle.verdict.exitCode() + ": " + chronicle.verdict.cause();
    svg.text("title", 24, 34, shown(result, MAX_TITLE), result);
    WallClock clock = chronicle.clock(chronicle.firstAt);
    int services = services().size();
    String what =
        clock.day(chronicle.firstAt)
            + " "
            + clock.time(chronicle.firstAt)
            + " UTC · "
            + Words.duration(chronicle.lastAt - chronicle.firstAt)
            + " · "
            + Words.counted(services, "service")
            + (chronicle.orphans.isEmpty()
                ? ""
                : " · " + Words.counted(chronicle.orphans.size(), "orphan"))
            + (chronicle.isOver() ? "" : " · the journal ends before the container's end");
    svg.text("subtitle", 24, 55, what);
  }

  /** Times of day where stretches begin, and how much later the ticks are. */
  private void grid(double bottom) {
    long step = axis.step(LEAST_TICK);
    double labelEnd = 0;
    TimeAxis.Segment before = null;
    for (TimeAxis.Segment segment : axis.segments()) {
      if (before != null) {
        fold(before, segment, bottom);
      }
      before = segment;
      double base = segment.x(segment.firstNanos());
      svg.line("grid base", base, AXIS_Y - 4, base, bottom);
      if (base > labelEnd) {
        WallClock clock = chronicle.clock(segment.firstNanos());
        svg.text("time", base, AXIS_Y - 10, clock.time(segment.firstNanos()));
        labelEnd = base + 12 * CHARACTER + 6;
      }
      for (long at = segment.firstNanos() + step; at < segment.toNanos(); at += step) {
        double x = segment.x(at);
        svg.line("grid", x, AXIS_Y + 8, x, bottom);
        if (x < segment.toX() - 16) {
          svg.text("tick", x, AXIS_Y + 4, TimeAxis.label(at - segment.firstNanos(), step));
        }
      }
    }
  }

  private void fold(TimeAxis.Segment before, TimeAxis.Segment after, double bottom) {
    long nanos = after.fromNanos() - before.toNanos();
    double width = after.fromX() - before.toX();
    String what = "nothing happens for " + Words.duration(nanos);
    svg.rect("fold", before.toX(), AXIS_Y + 8, width, bottom - AXIS_Y - 8, what);
    svg.text("folded", before.toX() + width / 2, AXIS_Y + 4, Words.duration(nanos), what);
  }

  private void verdict(double top, double bottom) {
    if (chronicle.verdict == null || chronicle.verdictAt == ProcessStory.NEVER) {
      return;
    }
    double x = axis.x(chronicle.verdictAt);
    svg.line("verdict", x, top - 8, x, bottom);
  }
}
