package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.dirent;
import dev.gatun.ffm.statx;
import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The file system, with names as bytes: java.nio.file cannot name every file in the C locale. */
public final class LinuxFiles implements FileTree {

  @Override
  public List<OsString> list(OsString directory) throws IOException {
    MemorySegment stream;
    try (Arena arena = Arena.ofConfined()) {
      stream = Libc.opendir(CStrings.allocate(arena, directory));
    }
    if (stream.address() == 0) {
      throw new IOException(Errno.message(Errno.last()));
    }
    List<OsString> names = new ArrayList<>();
    for (long entry = next(stream); entry != 0; entry = next(stream)) {
      OsString name = CStrings.read(entry + dirent.d_name$offset());
      if (!isDots(name)) {
        names.add(name);
      }
    }
    Libc.closedir(stream);
    Collections.sort(names);
    return names;
  }

  private static long next(MemorySegment stream) {
    return Libc.readdir(stream).address();
  }

  private static boolean isDots(OsString name) {
    return name.byteAt(0) == '.'
        && (name.length() == 1 || name.length() == 2 && name.byteAt(1) == '.');
  }

  @Override
  public boolean exists(OsString path) {
    return mode(Libc.AT_FDCWD(), path, Libc.AT_SYMLINK_NOFOLLOW()) != 0;
  }

  @Override
  public boolean isDirectory(OsString path) {
    return (mode(Libc.AT_FDCWD(), path, 0) & Libc.S_IFMT()) == Libc.S_IFDIR();
  }

  /** The mode with the type's bits, or 0 when it cannot be known. */
  static int mode(int directory, OsString path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = statx.allocate(arena);
      int mask = Libc.STATX_TYPE() | Libc.STATX_MODE();
      int result = Libc.statx(directory, CStrings.allocate(arena, path), flags, mask, status);
      return result == 0 ? Short.toUnsignedInt(statx.stx_mode(status)) : 0;
    }
  }
}
