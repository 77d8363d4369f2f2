package dev.gatun.output;

import dev.gatun.kernel.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Passes text on as {@code {"message":"TEXT"}}, a mark, and the trailer. The text is escaped from
 * the stream's buffer into the sink's: a part of a line may be larger than Gatun's heap.
 */
final class TextObject {
  private static final byte[] PARTIAL = "\",\"partial\":true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] INVALID = "\",\"invalid\":true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] PLAIN = "\"".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] HEAD = "{\"message\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Sink sink;
  private final JsonTrailer trailer;
  private final Utf8Escaper escaper;
  private boolean inParts;

  TextObject(Memory memory, Sink sink, JsonTrailer trailer) {
    this.sink = sink;
    this.trailer = trailer;
    this.escaper = new Utf8Escaper(memory);
  }

  /** Whether a part of a line has been passed on and more of it follows. */
  boolean isInParts() {
    return inParts;
  }

  /**
   * Passes on a part of a line. The last one is a part as well: it is no object by itself.
   *
   * @return false when there is no room: nothing was passed on
   */
  boolean appendPart(long address, long length, boolean moreFollows) {
    if (!append(address, length, PARTIAL)) {
      return false;
    }
    inParts = moreFollows;
    return true;
  }

  /** False when there is no room: nothing was passed on. */
  boolean append(long address, long length, byte[] mark) {
    long escaped = escaper.length(address, length);
    if (!sink.hasRoom(HEAD.length + escaped + mark.length + trailer.length())) {
      return false;
    }
    sink.append(HEAD, 0, HEAD.length);
    sink.appendedTo(escaper.write(address, length, sink.tail()));
    sink.append(mark, 0, mark.length);
    sink.append(trailer.address(), trailer.length());
    return true;
  }
}
