package dev.gatun.journal.tell;

import java.util.Locale;

/** Writes SVG elements. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  void raw(String markup) {
    text.append(markup).append('\n');
  }

  void rect(String style, double x, double y, double width, double height, String title) {
    text.append("<rect class=\"").append(style).append('"');
    number("x", x);
    number("y", y);
    number("width", Math.max(width, 0));
    number("height", height);
    number("rx", Math.min(3, height / 3));
    close("rect", title);
  }

  void circle(String style, double x, double y, double radius, String title) {
    text.append("<circle class=\"").append(style).append('"');
    number("cx", x);
    number("cy", y);
    number("r", radius);
    close("circle", title);
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    text.append("<line class=\"").append(style).append('"');
    number("x1", x1);
    number("y1", y1);
    number("x2", x2);
    number("y2", y2);
    close("line", "");
  }

  void path(String style, String data, String title) {
    text.append("<path class=\"").append(style).append("\" d=\"").append(data).append('"');
    close("path", title);
  }

  /**
   * @param title what a pointer shows, nothing when empty
   */
  void text(String style, double x, double y, String content, String title) {
    text.append("<text class=\"").append(style).append('"');
    number("x", x);
    number("y", y);
    text.append('>').append(escaped(content));
    text.append(title(title)).append("</text>\n");
  }

  void text(String style, double x, double y, String content) {
    text(style, x, y, content, "");
  }

  static String format(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void number(String name, double value) {
    text.append(' ').append(name).append("=\"").append(format(value)).append('"');
  }

  private void close(String element, String title) {
    if (title.isEmpty()) {
      text.append("/>\n");
    } else {
      text.append('>').append(title(title)).append("</").append(element).append(">\n");
    }
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : "<title>" + escaped(title) + "</title>";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
