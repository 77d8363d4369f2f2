import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ratios of the page's table of throughput as bars, all on one scale: a group for each kind of
 * lines, in it Gatun first and then the others, and a line where the reference is.
 */
final class Chart {
  /** A row of the table. */
  private record Bar(String name, double ratio) {
    boolean isGatun() {
      return name.startsWith("Gatun");
    }
  }

  private static final String REFERENCE = "C reference";
  private static final String GATUN = "#2a7f8e";
  private static final String OTHER = "#b9c4c6";

  /** Columns of the table, the empty one before the first mark counted. */
  private static final int LINES = 1;

  private static final int THROUGH = 2;
  private static final int RATIO = 5;

  private static final int LEFT = 190;
  private static final int WIDTH = 420;
  private static final int BAR = 18;

  private static final String TITLE = "Lines a second, as a part of the C reference's";

  private Chart() {}

  /** Draws what the page says. */
  static void write(Path file, Path page) throws IOException {
    Map<String, List<Bar>> groups = new LinkedHashMap<>();
    for (String row : Page.part(page, "throughput").split("\n")) {
      String[] cells = row.split("\\|");
      if (cells.length > RATIO && cells[RATIO].strip().matches("[0-9.]+")) {
        Bar bar = new Bar(cells[THROUGH].strip(), Double.parseDouble(cells[RATIO].strip()));
        groups.computeIfAbsent(cells[LINES].strip(), n -> new ArrayList<>()).add(bar);
      }
    }
    Files.writeString(file, svg(groups));
  }

  private static String svg(Map<String, List<Bar>> groups) {
    double most = 1;
    int height = 60;
    for (List<Bar> bars : groups.values()) {
      bars.removeIf(bar -> bar.name().equals(REFERENCE));
      bars.sort(Comparator.comparing((Bar bar) -> !bar.isGatun()));
      height += 30 + bars.size() * BAR;
      for (Bar bar : bars) {
        most = Math.max(most, bar.ratio());
      }
    }
    double scale = WIDTH / most;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 %d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        height);
    add(svg, "<rect width=\"680\" height=\"%d\" rx=\"8\" fill=\"#fbfbf9\"/>", height);
    text(svg, 20, 28, "font-size=\"15\" fill=\"#222\"", TITLE);
    add(
        svg,
        "<line x1=\"%1$.1f\" y1=\"42\" x2=\"%1$.1f\" y2=\"%2$d\" stroke=\"#b4532a\""
            + " stroke-dasharray=\"4 3\"/>",
        LEFT + scale,
        height - 12);
    int y = 44;
    for (Map.Entry<String, List<Bar>> group : groups.entrySet()) {
      text(svg, 20, y + 16, "font-weight=\"bold\" fill=\"#222\"", group.getKey());
      y += 24;
      for (Bar bar : group.getValue()) {
        bar(svg, y, bar, bar.ratio() * scale);
        y += BAR;
      }
      y += 6;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder svg, int y, Bar bar, double width) {
    text(svg, LEFT - 8, y + 12, "text-anchor=\"end\" fill=\"#444\"", bar.name());
    add(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\" fill=\"%s\"/>",
        LEFT,
        y,
        width,
        bar.isGatun() ? GATUN : OTHER);
    String figure = String.format(Locale.ROOT, bar.ratio() < 0.1 ? "%.3f" : "%.2f", bar.ratio());
    text(svg, LEFT + 6 + width, y + 12, "fill=\"#222\"", figure);
  }

  private static void text(StringBuilder svg, double x, int y, String style, String words) {
    add(svg, "<text x=\"%.1f\" y=\"%d\" %s>%s</text>", x, y, style, words);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
