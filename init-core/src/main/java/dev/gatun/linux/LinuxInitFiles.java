package dev.gatun.linux;

import dev.gatun.kernel.InitFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The files by which an init tells others what it does. */
public final class LinuxInitFiles implements InitFiles {
  private static final String READABLE = "rw-rw-r--";

  private final Path current;
  private final Path history;
  private final Path level;
  private final Path power;

  public LinuxInitFiles() {
    this(Path.of("/run"), Path.of("/var/log"));
  }

  LinuxInitFiles(Path run, Path log) {
    current = run.resolve("utmp");
    history = log.resolve("wtmp");
    level = run.resolve("runlevel");
    power = run.resolve("powerstatus");
  }

  @Override
  public void clearCurrent() throws IOException {
    Files.write(current, new byte[0]);
    Files.setPosixFilePermissions(current, PosixFilePermissions.fromString(READABLE));
  }

  @Override
  public void put(byte[] record, Place place) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(current.toFile(), "rw");
        FileLock lock = file.getChannel().tryLock()) {
      if (lock == null) {
        throw new IOException("another process has locked it");
      }
      long at = 0;
      byte[] there = new byte[record.length];
      while (at + there.length <= file.length()) {
        file.seek(at);
        file.readFully(there);
        if (place.isOf(there)) {
          break;
        }
        at += there.length;
      }
      file.seek(at);
      file.write(record);
    }
  }

  @Override
  public void append(byte[] record) throws IOException {
    if (Files.isRegularFile(history)) {
      try (RandomAccessFile file = new RandomAccessFile(history.toFile(), "rw")) {
        file.seek(file.length());
        file.write(record);
      }
    }
  }

  @Override
  public void showLevel(String name) throws IOException {
    Files.write(level, name.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public int takePowerStatus() {
    try {
      byte[] bytes = Files.exists(power, LinkOption.NOFOLLOW_LINKS) ? read(power) : new byte[0];
      Files.deleteIfExists(power);
      return bytes.length == 0 ? -1 : bytes[0] & 0xff;
    } catch (IOException e) {
      return -1;
    }
  }

  private static byte[] read(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
  }

  @Override
  public String kernelRelease() {
    byte[] release = ProcFile.read("/proc/sys/kernel/osrelease", 64);
    return new String(release, StandardCharsets.ISO_8859_1).strip();
  }
}
