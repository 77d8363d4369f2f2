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

  /** Without blocking: what is there may turn out to be a named pipe. */
  @Override
  public void write(OsString path, byte[] content) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int flags =
          Libc.O_WRONLY()
              | Libc.O_CREAT()
              | Libc.O_TRUNC()
              | Libc.O_CLOEXEC()
              | Libc.O_NONBLOCK()
              | Libc.O_NOCTTY();
      int file = Libc.open(CStrings.allocate(arena, path), flags, MODE);
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
}
