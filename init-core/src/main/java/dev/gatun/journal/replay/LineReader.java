package dev.gatun.journal.replay;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.record.Header;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.plan.Plan;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Reads the lines of a part of a journal, in order: they refer to what stands before. */
final class LineReader {
  private final RecordReader records = new RecordReader();

  Line read(String text) throws JournalException {
    if (!(json(text) instanceof Map<?, ?> line)) {
      throw new JournalException("a line is no object");
    }
    records.beginLine();
    if (line.containsKey("journal")) {
      return new Line.Begun(header(line));
    }
    if (line.containsKey("plan")) {
      return new Line.Planned(records.read(Plan.class, line.get("plan")));
    }
    if ("boot".equals(line.get("event"))) {
      return records.read(Line.Booted.class, line);
    }
    if (line.containsKey("event")) {
      Event event = records.kind(Event.class, line.get("event"), line);
      return new Line.Stepped(event, records.list(Effect.class, line.get("effects")));
    }
    if (line.containsKey("state")) {
      return records.read(Line.Known.class, line);
    }
    if (line.containsKey("wallMillis")) {
      return records.read(Line.ClockSet.class, line);
    }
    throw new JournalException("a line says nothing that a journal says");
  }

  private Header header(Map<?, ?> line) throws JournalException {
    Object format = line.get("journal");
    if (!Integer.valueOf(Header.FORMAT).equals(format)) {
      throw new JournalException(
          "its format is version "
              + format
              + ", and this Gatun knows version "
              + Header.FORMAT
              + ": use the gatun that wrote it"
              + (line.get("gatun") instanceof String version ? ", " + version : ""));
    }
    return records.read(Header.class, line);
  }

  static boolean isJson(String text) {
    try {
      json(text);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  private static Object json(String text) throws JournalException {
    try {
      return JSON.std.anyFrom(text);
    } catch (JacksonException e) {
      throw new JournalException("not JSON: " + e.getOriginalMessage());
    }
  }
}
