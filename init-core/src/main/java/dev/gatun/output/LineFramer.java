package dev.gatun.output;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;

/**
 * Cuts a stream into lines. The bytes stay where read(2) put them; a line is a range of addresses,
 * valid until the next {@link #fill}. A line longer than the limit is cut into parts.
 */
final class LineFramer {
  /** What is asked of one read(2), which is what a widened pipe holds. */
  static final int READ_BYTES = 256 * 1024;

  /** What stays resident of the window after a burst. */
  private static final int KEPT_BYTES = 32 * 1024;

  /** A piece of a line that is moved to the front before a read, to read into warm memory. */
  private static final int CHEAPLY_MOVED_BYTES = 4096;

  private static final int SMALL_READ_BYTES = 4096;

  private static final byte NEWLINE = '\n';

  private final Memory memory;
  private final long lineLimitBytes;
  private final int readBytes;
  private final long base;
  private final long limit;

  /** Bytes not yet consumed are in [head, tail); those before {@code scanned} are no newline. */
  private long head;

  private long tail;
  private long scanned;

  /** The end of what has been written to since memory was last given back. */
  private long highest;

  private long lineEnd;
  private long nextHead;
  private boolean part;

  LineFramer(Memory memory, long lineLimitBytes) {
    this(memory, lineLimitBytes, READ_BYTES);
  }

  /**
   * @param readBytes what is asked of one read(2), at most {@link #READ_BYTES}
   */
  LineFramer(Memory memory, long lineLimitBytes, int readBytes) {
    this.memory = memory;
    this.lineLimitBytes = lineLimitBytes;
    this.readBytes = readBytes;
    long capacity = lineLimitBytes + READ_BYTES;
    this.base = memory.allocate(capacity);
    this.limit = base + capacity;
    this.head = base;
    this.tail = base;
    this.scanned = base;
    this.highest = base;
  }

  void free() {
    memory.free(base, limit - base);
  }

  /** Reads once: the number of bytes, 0 at the end of the stream, a negative errno otherwise. */
  long fill(Kernel kernel, int descriptor) {
    if (limit - tail < READ_BYTES || head != base && tail - head <= CHEAPLY_MOVED_BYTES) {
      moveToFront();
    }
    long count = kernel.read(descriptor, tail, readBytes);
    for (int tries = 0; count == -Errno.EINTR && tries < 100; tries++) {
      count = kernel.read(descriptor, tail, readBytes);
    }
    if (count > 0) {
      tail += count;
      giveBack(count);
    }
    return count;
  }

  /** After a burst, which ends with a small read, the memory goes back. */
  private void giveBack(long count) {
    highest = Math.max(highest, tail);
    if (count <= SMALL_READ_BYTES && highest - tail > KEPT_BYTES) {
      memory.discard(tail, highest - tail);
      highest = tail;
    }
  }

  /** How much has been read and not been passed on. */
  long waitingBytes() {
    return tail - head;
  }

  private void moveToFront() {
    memory.move(head, base, tail - head);
    tail -= head - base;
    scanned -= head - base;
    head = base;
  }

  /** Lets the stamper take whole lines, as many as it likes; the rest is found one by one. */
  void passOn(Stamper stamper) {
    if (scanned == head && head != tail) {
      nextHead = stamper.stampLines(head, tail, lineLimitBytes);
      consume();
    }
  }

  /**
   * Finds the next line; false when there is none yet. It is found again until it is {@linkplain
   * #consume consumed}.
   */
  boolean nextLine() {
    // Looking into nothing would cost a quiet container the linking of memchr, at its end.
    long newline = scanned == tail ? 0 : memory.find(scanned, tail - scanned, NEWLINE);
    if (newline != 0) {
      scanned = newline;
      if (newline - head > lineLimitBytes) {
        return nextPart();
      }
      lineEnd = newline;
      nextHead = newline + 1;
      part = false;
      return true;
    }
    scanned = tail;
    return tail - head > lineLimitBytes && nextPart();
  }

  private boolean nextPart() {
    lineEnd = head + lineLimitBytes;
    for (int i = 0; i < 3 && isContinuation(memory.get(lineEnd)); i++) {
      lineEnd--;
    }
    nextHead = lineEnd;
    part = true;
    return true;
  }

  /** Whether a cut before this byte would go through a UTF-8 sequence. */
  private static boolean isContinuation(byte value) {
    return (value & 0xc0) == 0x80;
  }

  /** Finds what follows the last newline, at the end of the stream; false when nothing does. */
  boolean lastLine() {
    lineEnd = tail;
    nextHead = tail;
    part = false;
    return tail > head;
  }

  /** Goes on behind the line that was found. */
  void consume() {
    head = nextHead;
    if (scanned < head) {
      scanned = head;
    }
    if (head == tail) {
      head = base;
      tail = base;
      scanned = base;
    }
  }

  long lineAddress() {
    return head;
  }

  /** Without the newline. */
  long lineLength() {
    return lineEnd - head;
  }

  /** Whether more of the same line follows. */
  boolean isPart() {
    return part;
  }
}
