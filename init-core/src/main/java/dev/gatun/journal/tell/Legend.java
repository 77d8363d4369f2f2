package dev.gatun.journal.tell;

import dev.gatun.model.Stage;
import java.util.Collection;
import java.util.function.Predicate;

/** The colours of the chart and what they mean; they follow the viewer's light or dark theme. */
final class Legend {
  static final String STYLE =
      """
      <style>
      svg{font-family:system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-size:12px}
      .paper{fill:#fff}
      .title{font-size:19px;font-weight:600;fill:#1b2430}
      .subtitle{font-size:13px;fill:#5b6675}
      .name{text-anchor:end;fill:#1b2430}
      .name.small{font-size:10px}
      .name.first{font-weight:700}
      .note{fill:#3b4654;font-size:11px}
      .note.small{font-size:9px}
      .key{fill:#3b4654;font-size:12px}
      .time{fill:#1b2430;font-size:11px;font-weight:600}
      .tick{text-anchor:middle;fill:#5b6675;font-size:10.5px}
      .folded{text-anchor:middle;fill:#8a93a0;font-size:10px;font-style:italic}
      .grid{stroke:#e6e9ee;stroke-width:1}
      .base{stroke:#cdd3db}
      .fold{fill:#f1f3f6;fill-opacity:.85}
      .lane{fill:#f6f8fa}
      .up{fill:#4a90d9}
      .told{fill:#f0a030}
      .killed{fill:#d64545}
      .log{fill:#2fa796}
      .script{fill:#8e6bc4}
      .once{fill:#b0883f}
      .client{fill:#8e6bc4}
      .orphan{fill:#8a93a0}
      .good{fill:#2e9e5b;stroke:#fff;stroke-width:1.5}
      .bad{fill:#d64545;stroke:#fff;stroke-width:1.5}
      .off{fill:#8a93a0;stroke:#fff;stroke-width:1.5}
      .ring{fill:none;stroke:#d64545;stroke-width:2}
      .signal{fill:#1b2430}
      .cross{stroke:#d64545;stroke-width:2.5;fill:none}
      .crowd{fill:#8a93a0;fill-opacity:.45;stroke:#8a93a0;stroke-width:1}
      .verdict{stroke:#d64545;stroke-width:1.5;stroke-dasharray:5 3}
      @media (prefers-color-scheme:dark){
      .paper{fill:#14181f}
      .title,.name,.time,.signal{fill:#e8ecf1}
      .subtitle,.tick{fill:#9aa5b3}
      .note,.key{fill:#c3cbd5}
      .folded{fill:#7d8896}
      .grid{stroke:#262d37}
      .base{stroke:#3a4450}
      .fold{fill:#1d232c}
      .lane{fill:#191e26}
      .good,.bad,.off{stroke:#14181f}
      }
      </style>\
      """;

  private static final double CHARACTER = 6.4;
  private static final double SWATCH = 16;
  private static final double GAP = 18;

  private Legend() {}

  /** Explains what there is on this chart, and nothing else. */
  static void draw(Svg svg, double y, Chronicle chronicle) {
    Collection<ProcessStory> lives = chronicle.processes.values();
    Collection<OrphanStory> orphans = chronicle.orphans.values();
    double x = swatch(svg, "up", "runs", 24, y);
    if (any(lives, ProcessStory::wasTold) || any(orphans, OrphanStory::wasTold)) {
      x = swatch(svg, "told", "told to stop", x, y);
    }
    if (any(lives, ProcessStory::wasKilled) || any(orphans, OrphanStory::wasKilled)) {
      x = swatch(svg, "killed", "got KILL", x, y);
    }
    if (any(lives, life -> life.who.stage() == Stage.LOG)) {
      x = swatch(svg, "log", "log program", x, y);
    }
    if (any(lives, life -> life.who.stage() == Stage.TERM)) {
      x = swatch(svg, "script", "stop script", x, y);
    }
    if (any(lives, life -> isHook(life.who.stage()))) {
      x = swatch(svg, "script", "finish, control", x, y);
    }
    if (any(lives, life -> life.who.stage() == Stage.FIRST || life.who.stage() == Stage.LAST)) {
      x = swatch(svg, "once", "runs once", x, y);
    }
    if (!orphans.isEmpty()) {
      x = swatch(svg, "orphan", "orphan", x, y);
    }
    x = dot(svg, "good", "ended well", x, y);
    x = dot(svg, "bad", "failed", x, y);
    if (any(lives, life -> life.hasEnded() && chronicle.isDisabling(life))) {
      x = dot(svg, "off", "disabled itself", x, y);
    }
    if (chronicle.verdictAt != ProcessStory.NEVER) {
      svg.line("verdict", x, y - 4, x + SWATCH, y - 4);
      x = key(svg, "exit code decided", x + SWATCH, y);
    }
    if (!chronicle.signals.isEmpty()) {
      svg.path("signal", Lanes.triangle(x + 6, y - 4), "");
      x = key(svg, "signal from outside", x + 10, y);
    }
    if (!chronicle.orders.isEmpty()) {
      svg.path("client", Lanes.triangle(x + 6, y - 4), "");
      x = key(svg, "client's command", x + 10, y);
    }
    if (!chronicle.standings.isEmpty()) {
      svg.path("good", Lanes.triangle(x + 6, y - 4), "");
      x = key(svg, "ready", x + 10, y);
      svg.path("bad", Lanes.triangle(x + 6, y - 4), "");
      key(svg, "not ready, not well", x + 10, y);
    }
  }

  private static boolean isHook(Stage stage) {
    return stage == Stage.FINISH || stage == Stage.CONTROL;
  }

  private static <T> boolean any(Collection<T> all, Predicate<T> predicate) {
    return all.stream().anyMatch(predicate);
  }

  private static double swatch(Svg svg, String style, String text, double x, double y) {
    svg.rect(style, x, y - 9, SWATCH, 10, "");
    return key(svg, text, x + SWATCH, y);
  }

  private static double dot(Svg svg, String style, String text, double x, double y) {
    svg.circle(style, x + 6, y - 4, 5, "");
    return key(svg, text, x + 12, y);
  }

  private static double key(Svg svg, String text, double x, double y) {
    svg.text("key", x + 5, y, text);
    return x + 5 + text.length() * CHARACTER + GAP;
  }
}
