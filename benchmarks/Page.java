import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page whose parts are made by benchmarks, each between two marks; the rest is by hand. */
final class Page {
  private Page() {}

  /** The text of a part. */
  static String part(Path page, String part) throws IOException {
    String all = Files.readString(page);
    return all.substring(
        all.indexOf("<!-- begin " + part + " -->"), all.indexOf("<!-- end " + part + " -->"));
  }

  /** Puts a text in the place of a part, or at the end when there is none of that name. */
  static void put(Path page, String part, String text) throws IOException {
    String begin = "<!-- begin " + part + " -->\n";
    String end = "<!-- end " + part + " -->\n";
    String all = Files.exists(page) ? Files.readString(page) : "";
    int from = all.indexOf(begin);
    int to = all.indexOf(end);
    String whole = begin + "\n" + text.strip() + "\n\n" + end;
    String fresh =
        from < 0
            ? all + "\n" + whole
            : all.substring(0, from) + whole + all.substring(to + end.length());
    Files.writeString(page, fresh);
  }
}
