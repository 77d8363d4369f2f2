package dev.gatun.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pipe of 64 KiB, with everything that ever went in. */
final class SimPipe {
  static final int CAPACITY = 64 * 1024;
  static final int ATOMIC_BYTES = 4096;

  private byte[] all = new byte[512];
  private int written;
  private int read;
  private final List<SimProcess> blockedWriters = new ArrayList<>();
  private final List<SimProcess> blockedReaders = new ArrayList<>();
  private int writers;
  private int readers;

  /** Whose output it carries, NAME/STAGE, once that is known. */
  String origin = "";

  /** Whether it is the stderr of whoever it is. */
  boolean isStderr;

  /** The init's descriptor of the reading end, or negative. */
  int readingDescriptor = -1;

  int size() {
    return written - read;
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
    return Arrays.copyOf(all, written);
  }

  boolean isReadable() {
    return size() > 0 || writers == 0;
  }

  /** How many went in; small pieces go in whole or not at all. */
  int write(byte[] bytes, int from, int length) {
    int room = CAPACITY - size();
    if (length <= ATOMIC_BYTES && room < length) {
      return 0;
    }
    int count = Math.min(room, length);
    if (written + count > all.length) {
      all = Arrays.copyOf(all, Math.max(written + count, 2 * all.length));
    }
    System.arraycopy(bytes, from, all, written, count);
    written += count;
    return count;
  }

  byte[] read(int most) {
    int from = read;
    read += Math.min(most, size());
    return Arrays.copyOfRange(all, from, read);
  }

  /** Whether that process was waiting for room; it no longer is. */
  boolean unblockWriter(SimProcess process) {
    return blockedWriters.remove(process);
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
