import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Bars beside each other's names, and a line where the reference is. */
final class Chart {
  /** A bar; those of a group have one name. */
  record Bar(String name, double ratio, boolean first) {}

  private static final String[] COLORS = {"#7fb5bf", "#2a7f8e"};

  private Chart() {}

  static void write(Path file, String title, List<Bar> bars) throws IOException {
    int height = 62 + bars.size() * 20 + (int) bars.stream().filter(Bar::first).count() * 12;
    double most = bars.stream().mapToDouble(Bar::ratio).max().orElse(1);
    double scale = 360 / Math.max(1.05, most);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 %d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        height);
    add(svg, "<rect width=\"680\" height=\"%d\" rx=\"8\" fill=\"#fbfbf9\"/>", height);
    add(svg, "<text x=\"20\" y=\"28\" font-size=\"15\" fill=\"#222\">%s</text>", title);
    int y = 34;
    for (Bar bar : bars) {
      y += bar.first() ? 12 : 0;
      double width = bar.ratio() * scale;
      if (bar.first()) {
        add(
            svg,
            "<text x=\"230\" y=\"%d\" text-anchor=\"end\" fill=\"#444\">%s</text>",
            y + 20,
            bar.name());
      }
      add(
          svg,
          "<rect x=\"240\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"3\" fill=\"%s\"/>",
          y,
          width,
          COLORS[bar.first() ? 0 : 1]);
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" fill=\"#222\">%.2f</text>",
          246 + width,
          y + 13,
          bar.ratio());
      y += 20;
    }
    add(
        svg,
        "<line x1=\"%1$.1f\" y1=\"40\" x2=\"%1$.1f\" y2=\"%2$d\" stroke=\"#b4532a\""
            + " stroke-dasharray=\"4 3\"/>",
        240 + scale,
        height - 12);
    svg.append("</svg>\n");
    Files.writeString(file, svg);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
