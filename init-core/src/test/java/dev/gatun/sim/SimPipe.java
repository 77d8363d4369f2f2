package dev.gatun.sim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A pipe of 64 KiB, with everything that ever went in. */
final class SimPipe {
  static final int CAPACITY = 64 * 1024;
  static final int ATOMIC_BYTES = 4096;

  private final byte[] ring = new byte[CAPACITY];
  private final ByteArrayOutputStream accepted = new ByteArrayOutputStream();
  private final List<SimProcess> blockedWriters = new ArrayList<>();
  private final List<SimProcess> blockedReaders = new ArrayList<>();
  private int first;
  private int size;
  private int writers;
  private int readers;

  /** Whose output it carries, once that is known. */
  String label = "";

  /** Whether it is the stderr of whoever it is. */
  boolean isStderr;

  /** The init's descriptor of the reading end, or negative. */
  int readingDescriptor = -1;

  int size() {
    return size;
  }

  boolean hasWriters() {
    return writers > 0;
  }

  boolean hasReaders() {
    return readers > 0;
  }

  void addWriter() {
    writers++;
  }

  void addReader() {
    readers++;
  }

  /** Whether that was the last. */
  boolean removeWriter() {
    return --writers == 0;
  }

  boolean removeReader() {
    return --readers == 0;
  }

  byte[] accepted() {
    return accepted.toByteArray();
  }

  boolean isReadable() {
    return size > 0 || writers == 0;
  }

  /** How many went in; small pieces go in whole or not at all. */
  int write(byte[] bytes, int from, int length) {
    int room = CAPACITY - size;
    if (length <= ATOMIC_BYTES && room < length) {
      return 0;
    }
    int count = Math.min(room, length);
    for (int i = 0; i < count; ) {
      int at = (first + size) % CAPACITY;
      int piece = Math.min(count - i, CAPACITY - at);
      System.arraycopy(bytes, from + i, ring, at, piece);
      size += piece;
      i += piece;
    }
    accepted.write(bytes, from, count);
    return count;
  }

  byte[] read(int most) {
    byte[] bytes = new byte[Math.min(most, size)];
    for (int i = 0; i < bytes.length; ) {
      int piece = Math.min(bytes.length - i, CAPACITY - first);
      System.arraycopy(ring, first, bytes, i, piece);
      first = (first + piece) % CAPACITY;
      size -= piece;
      i += piece;
    }
    return bytes;
  }

  void blockWriter(SimProcess process) {
    blockedWriters.add(process);
  }

  void blockReader(SimProcess process) {
    blockedReaders.add(process);
  }

  List<SimProcess> takeBlockedWriters() {
    return take(blockedWriters);
  }

  List<SimProcess> takeBlockedReaders() {
    return take(blockedReaders);
  }

  private static List<SimProcess> take(List<SimProcess> blocked) {
    if (blocked.isEmpty()) {
      return List.of();
    }
    List<SimProcess> taken = List.copyOf(blocked);
    blocked.clear();
    return taken;
  }
}
