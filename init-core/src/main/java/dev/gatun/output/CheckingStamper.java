package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Looks at every line completely, and puts {@code
 * ,"service":"NAME","stage":"STAGE","logged":"TIMESTAMP"} before the last brace of one that is a
 * valid JSON object. Members of those names that the object has already are renamed: so what comes
 * out is valid, and has each of the three once. Empty lines go nowhere. A part of a line that is
 * too long becomes the text of an object of its own.
 */
abstract class CheckingStamper implements Stamper {
  /** What comes in so small pieces is not worth the preparations of the faster scanner. */
  static final int FEW_BYTES = 2048;

  private final Memory memory;
  private final Sink sink;
  private final JsonTrailer trailer;
  final TextObject text;
  private final Blanks blanks;
  private final Scanners scanners;

  CheckingStamper(Memory memory, Sink sink, String service, String stage, Scanners scanners) {
    this.memory = memory;
    this.sink = sink;
    this.trailer = new JsonTrailer(memory, service, stage);
    this.text = new TextObject(memory, sink, trailer);
    this.blanks = new Blanks(memory);
    this.scanners = scanners;
  }

  /**
   * Passes on a line that is not one object, and not empty.
   *
   * @return false when there is no room: nothing was passed on
   */
  abstract boolean passOnOther(long address, long length);

  @Override
  public void setTime(Timestamp now) {
    trailer.setTime(now);
  }

  @Override
  public final long stampLines(long from, long to, long longestBytes) {
    if (text.isInParts() || to - from < FEW_BYTES) {
      return from;
    }
    LineScanner lines = scanners.forMany();
    lines.begin(from, to);
    long line = from;
    for (; ; ) {
      long room = sink.room() - trailer.length();
      long start = sink.tail();
      long out = start;
      LineScanner.Kind kind = lines.nextLine();
      while (kind == LineScanner.Kind.OBJECT
          && !lines.isEmpty()
          && lines.lineLength() <= longestBytes + 1
          && lines.objectLength() <= room - (out - start)) {
        out = put(line, lines.objectLength(), out);
        line += lines.lineLength();
        kind = lines.nextLine();
      }
      sink.appendedTo(out);
      long next = behindOther(kind, line, Math.min(to - line, longestBytes + 1));
      if (next == 0) {
        return line;
      }
      lines.skipTo(next);
      line = next;
    }
  }

  /** Puts an object with members, and the trailer in the place of its last brace. */
  private long put(long object, long length, long out) {
    long brace = out + length - 1;
    memory.copy(object, out, length - 1);
    memory.copy(trailer.address(), brace, trailer.length());
    return brace + trailer.length();
  }

  /** Passes on a line that was not put: the address behind it, or 0 if that cannot be done here. */
  private long behindOther(LineScanner.Kind kind, long line, long most) {
    if (kind == LineScanner.Kind.NOT_WHOLE) {
      return 0;
    }
    long length = memory.find(line, most, (byte) '\n') - line;
    if (length < 0) {
      return 0;
    }
    boolean passedOn =
        kind == LineScanner.Kind.NO_OBJECT ? passOnOther(line, length) : stamp(line, length, false);
    return passedOn ? line + length + 1 : 0;
  }

  private boolean passOn(long address, long length, boolean empty) {
    if (!sink.hasRoom(length + trailer.length())) {
      return false;
    }
    trailer.append(sink, address, length, empty);
    return true;
  }

  @Override
  public final boolean stamp(long address, long length, boolean part) {
    if (part || text.isInParts()) {
      return text.appendPart(address, length, part);
    }
    long end = blanks.lengthWithoutTrailing(address, length);
    if (end == 0) {
      return true;
    }
    JsonScanner scanner = scanners.forAny();
    if (!scanner.isObject(address, end)) {
      return passOnOther(address, length);
    }
    OwnMembers own = scanner.ownMembers();
    return own.isEmpty()
        ? passOn(address, end, scanner.isEmpty())
        : passOnRenamed(address, address + end, own);
  }

  private boolean passOnRenamed(long object, long end, OwnMembers own) {
    if (!sink.hasRoom(end - object + own.addedBytes() + trailer.length())) {
      return false;
    }
    long rest = own.append(sink, object);
    trailer.append(sink, rest, end - rest, false);
    return true;
  }

  @Override
  public void free() {
    trailer.free();
  }
}
