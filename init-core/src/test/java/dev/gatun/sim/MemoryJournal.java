package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.JournalFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A journal's file and its older part, which may fail by chance, but not at their beginnings. */
final class MemoryJournal implements JournalFile {
  private static final int SAFE_BYTES = 4096;

  private final Chance chance;
  private final boolean fails;
  private ByteArrayOutputStream older;
  private ByteArrayOutputStream latest;
  int rotations;
  int largestPart;

  MemoryJournal(Chance chance, boolean fails) {
    this.chance = chance;
    this.fails = fails;
  }

  @Override
  public int open() {
    latest = new ByteArrayOutputStream();
    return 0;
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public int rotate() {
    rotations++;
    older = latest;
    return open();
  }

  @Override
  public long write(byte[] bytes, int from, int length) {
    int count = length;
    if (fails && latest.size() >= SAFE_BYTES) {
      if (chance.oneIn(3)) {
        return -chance.of(Errno.EAGAIN, Errno.EINTR, Errno.ENOSPC, Errno.EDQUOT);
      }
      count = Math.min(length, chance.of(1, 100, 5000, 100_000));
    }
    latest.write(bytes, from, count);
    largestPart = Math.max(largestPart, latest.size());
    return count;
  }

  /** Puts both parts where users have them. */
  Path saveIn(Path directory) throws IOException {
    Path file = directory.resolve("journal");
    Files.write(file, latest.toByteArray());
    if (older != null) {
      Files.write(directory.resolve("journal.1"), older.toByteArray());
    }
    return file;
  }
}
