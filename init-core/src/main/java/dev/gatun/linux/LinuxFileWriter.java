package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.kernel.FileWriter;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Writes files whose names are any bytes. */
public final class LinuxFileWriter implements FileWriter {
  /** Nothing is anybody else's business: what is written may be secret. */
  private static final int MODE = 0640;

  private static final int READABLE = 0644;

  @Override
  public void write(OsString path, byte[] content) throws IOException {
    write(path, content, MODE);
  }

  @Override
  public void writeForAll(OsString path, byte[] content) throws IOException {
    write(path, content, READABLE);
  }

  @Override
  public void remove(OsString path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int result = SystemCalls.result(Libc.unlink(CStrings.allocate(arena, path)));
      if (result < 0 && result != -dev.gatun.kernel.Errno.ENOENT) {
        throw new IOException(Errno.message(-result));
      }
    }
  }

  /** Without blocking: what is there may turn out to be a named pipe. */
  private static void write(OsString path, byte[] content, int mode) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int flags =
          Libc.O_WRONLY()
              | Libc.O_CREAT()
              | Libc.O_TRUNC()
              | Libc.O_CLOEXEC()
              | Libc.O_NONBLOCK()
              | Libc.O_NOCTTY();
      int file = Libc.open(CStrings.allocate(arena, path), flags, mode);
      if (file < 0) {
        throw new IOException(Errno.message(Errno.last()));
      }
      int error = write(arena, file, content);
      Libc.close(file);
      if (error != 0) {
        throw new IOException(Errno.message(error));
      }
    }
  }

  /** The errno of a failure, or 0. */
  private static int write(Arena arena, int file, byte[] content) {
    MemorySegment bytes = arena.allocate(Math.max(1, content.length));
    Fields.set(bytes, content);
    long written = 0;
    while (written < content.length) {
      long count = Libc.write(file, bytes.asSlice(written), content.length - written);
      if (count < 0) {
        return Errno.last();
      }
      written += count;
    }
    return 0;
  }

  @Override
  public void makeDirectory(OsString path) throws IOException {
    int result = Directories.makeForAll(path);
    if (result < 0) {
      throw new IOException(Errno.message(-result));
    }
  }

  @Override
  public void link(OsString path, OsString target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = CStrings.allocate(arena, path);
      MemorySegment leadsTo = CStrings.allocate(arena, target);
      int result = SystemCalls.result(Libc.symlink(leadsTo, name));
      boolean stale = result == -dev.gatun.kernel.Errno.EEXIST && isOtherLink(path, target);
      if (stale) {
        Libc.unlink(name);
        result = SystemCalls.result(Libc.symlink(leadsTo, name));
      }
      if (result < 0 && result != -dev.gatun.kernel.Errno.EEXIST) {
        throw new IOException(Errno.message(-result));
      }
    }
  }

  private static boolean isOtherLink(OsString path, OsString target) {
    OsString before = ProcFile.readLink(path);
    return !before.isEmpty() && !before.equals(target);
  }
}
