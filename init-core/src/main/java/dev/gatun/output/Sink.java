package dev.gatun.output;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Memory;
import dev.gatun.kernel.OutputChannel;

/**
 * Standard output or standard error: a bounded buffer in front of a descriptor that is never
 * written to when that would block.
 */
final class Sink {
  /** How much may wait before streams are held up. */
  static final long SOFT_LIMIT_BYTES = 512 * 1024;

  /** What stays resident when the buffer is empty. */
  private static final long KEPT_BYTES = 2 * SOFT_LIMIT_BYTES;

  private static final int MAX_INTERRUPTIONS = 100;

  /** What the pipe behind it is asked to hold when it has been full this often: fewer wake-ups. */
  private static final int WIDE_PIPE_BYTES = 1024 * 1024;

  private static final int FULL_TIMES = 8;

  private final String name;
  private final Memory memory;
  private final OutputChannel channel;
  private final long base;
  private final long limit;
  private long head;
  private long tail;
  private long highest;
  private int timesFull;
  private int error;
  private long lostBytes;
  private long writtenBytes;
  private RecentBytes recent;

  /**
   * @param largestBytes the most that is ever appended in one piece
   */
  Sink(String name, Kernel kernel, OutputChannel channel, long largestBytes) {
    this.name = name;
    this.memory = kernel.memory();
    this.channel = channel;
    long capacity = SOFT_LIMIT_BYTES + largestBytes;
    this.base = memory.allocate(capacity);
    this.limit = base + capacity;
    this.head = base;
    this.tail = base;
    this.highest = base;
  }

  String name() {
    return name;
  }

  /**
   * Whether {@code length} bytes may be appended: there is room within the soft limit, or nothing
   * waits at all.
   */
  boolean hasRoom(long length) {
    if (tail - head + length > SOFT_LIMIT_BYTES && tail != head) {
      return false;
    }
    makeRoom(length);
    return true;
  }

  /**
   * How many bytes may be put at {@link #tail} by the caller itself, who then says how far it came
   * ({@link #appendedTo}). Zero or less when there is no room within the soft limit.
   */
  long room() {
    if (head - base >= SOFT_LIMIT_BYTES) {
      moveToFront();
    }
    return Math.min(SOFT_LIMIT_BYTES - (tail - head), limit - tail);
  }

  /** Where the next byte goes. */
  long tail() {
    return tail;
  }

  void appendedTo(long newTail) {
    tail = newTail;
  }

  /** Room for what must be said in any case; false when the buffer is full to its brim. */
  boolean hasAnyRoom(long length) {
    if (limit - base - (tail - head) < length) {
      return false;
    }
    makeRoom(length);
    return true;
  }

  private void makeRoom(long length) {
    if (limit - tail < length) {
      moveToFront();
    }
  }

  private void moveToFront() {
    highest = Math.max(highest, tail);
    memory.move(head, base, tail - head);
    tail -= head - base;
    head = base;
  }

  void append(long address, long length) {
    memory.copy(address, tail, length);
    tail += length;
  }

  void append(byte value) {
    memory.put(tail++, value);
  }

  void append(byte[] bytes, int from, int length) {
    memory.put(tail, bytes, from, length);
    tail += length;
  }

  boolean isEmpty() {
    return head == tail;
  }

  /** The last bytes that were written, from now on. */
  RecentBytes remember() {
    if (recent == null) {
      recent = new RecentBytes(memory);
    }
    return recent;
  }

  /** Writes what can be written without blocking; true when that made room. */
  boolean flush() {
    boolean progress = false;
    for (int interruptions = 0; head != tail && interruptions < MAX_INTERRUPTIONS; ) {
      long count = channel.write(head, tail - head);
      if (count == -Errno.EAGAIN) {
        break;
      }
      if (count > 0 && count < tail - head && ++timesFull == FULL_TIMES) {
        channel.widen(WIDE_PIPE_BYTES);
      }
      if (count == -Errno.EINTR || count == 0) {
        interruptions++;
        continue;
      }
      error = count < 0 ? (int) -count : 0;
      if (isStalled()) {
        break;
      }
      progress = true;
      if (count < 0) {
        lostBytes += tail - head;
        head = tail;
      } else {
        writtenBytes += count;
        if (recent != null) {
          recent.wrote(head, count);
        }
        head += count;
      }
    }
    if (head == tail) {
      becomeEmpty();
    }
    return progress;
  }

  /** After a line of megabytes the memory goes back. */
  private void becomeEmpty() {
    highest = Math.max(highest, tail);
    if (highest - base > KEPT_BYTES) {
      memory.discard(base + KEPT_BYTES, highest - base - KEPT_BYTES);
      highest = base;
    }
    head = base;
    tail = base;
  }

  /**
   * Whether writing fails for a reason that can pass, as a full disk: what waits is kept, and is to
   * be tried again after a pause. Any other error loses what waits, but not what follows: a pipe
   * may get another reader.
   */
  boolean isStalled() {
    return switch (error) {
      case Errno.ENOSPC, Errno.EDQUOT, Errno.ENOMEM, Errno.ENOBUFS -> true;
      default -> false;
    };
  }

  /** What waits to be written. */
  long waitingBytes() {
    return tail - head;
  }

  long writtenBytes() {
    return writtenBytes;
  }

  /** The descriptor to watch for room, or negative when there always is. */
  int descriptor() {
    return channel.descriptor();
  }

  /** Why the last write failed, or 0. */
  int error() {
    return error;
  }

  /** What was appended and could not be written. */
  long lostBytes() {
    return lostBytes;
  }
}
