package dev.gatun.pattern;

import dev.gatun.output.LineConverter;
import java.util.List;

/** Makes a JSON object of all matches in a line. */
final class PatternConverter implements LineConverter {
  private final LineSearch search;
  private final AllMatches matches;
  private final Members members;
  private final Warnings warnings;
  private final JsonBuffer out = new JsonBuffer();

  PatternConverter(LineSearch search, Members members, Warnings warnings) {
    this.search = search;
    this.matches = new AllMatches(search);
    this.members = members;
    this.warnings = warnings;
  }

  @Override
  public int convert(byte[] line, int length, long nowMillis) {
    warnings.begin(line, length);
    out.clear();
    matches.begin(line, length);
    if (!matches.next()) {
      return 0;
    }
    members.begin(line, nowMillis);
    do {
      members.add(search.places);
    } while (matches.next());
    if (matches.gaveUp()) {
      warnings.line("cannot look for more matches: finding one takes looking at all of the rest");
    }
    members.write(out);
    return out.length;
  }

  @Override
  public byte[] members() {
    return out.bytes;
  }

  @Override
  public List<String> warnings() {
    return warnings.all();
  }
}
