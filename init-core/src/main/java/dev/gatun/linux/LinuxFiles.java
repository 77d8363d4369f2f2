package dev.gatun.linux;

import dev.gatun.ffm.Errno;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.dirent;
import dev.gatun.ffm.statx;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The file system, with names as bytes: java.nio.file cannot name every file in the C locale. */
public final class LinuxFiles implements ProgramFiles {
  private static final long PATH_BYTES = 4096;

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

  @Override
  public Kind kind(OsString path) {
    int mode = mode(Libc.AT_FDCWD(), path, 0);
    if (mode == 0) {
      return Kind.NOTHING;
    }
    int type = mode & Libc.S_IFMT();
    if (type == Libc.S_IFDIR()) {
      return Kind.DIRECTORY;
    }
    return type == Libc.S_IFREG() ? Kind.FILE : Kind.OTHER;
  }

  @Override
  public OsString linkTarget(OsString path) {
    OsString target = ProcFile.readLink(path);
    return target.isEmpty() ? null : target;
  }

  @Override
  public OsString realPath(OsString path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(PATH_BYTES);
      if (Libc.realpath(CStrings.allocate(arena, path), found).address() == 0) {
        throw new IOException(Errno.message(Errno.last()));
      }
      return CStrings.read(found.address());
    }
  }

  @Override
  public String identity(OsString path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = statx.allocate(arena);
      return status(Libc.AT_FDCWD(), path, 0, Libc.STATX_INO(), status)
          ? statx.stx_dev_major(status)
              + ":"
              + statx.stx_dev_minor(status)
              + ":"
              + statx.stx_ino(status)
          : "";
    }
  }

  @Override
  public boolean mayRead(OsString path) {
    return may(path, Libc.R_OK());
  }

  @Override
  public boolean mayExecute(OsString path) {
    return may(path, Libc.X_OK());
  }

  @Override
  public boolean mayWrite(OsString path) {
    return may(path, Libc.W_OK());
  }

  /** One call where there is nothing of that name, as it mostly is. */
  static boolean mayExecuteFile(OsString path) {
    boolean may = may(path, Libc.X_OK());
    return may && (mode(Libc.AT_FDCWD(), path, 0) & Libc.S_IFMT()) == Libc.S_IFREG();
  }

  private static boolean may(OsString path, int access) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = CStrings.allocate(arena, path);
      return Libc.faccessat(Libc.AT_FDCWD(), name, access, Libc.AT_EACCESS()) == 0;
    }
  }

  @Override
  public boolean isExecutableByAnybody(OsString path) {
    int execute = Libc.S_IXUSR() | Libc.S_IXGRP() | Libc.S_IXOTH();
    return (mode(Libc.AT_FDCWD(), path, 0) & execute) != 0;
  }

  @Override
  public byte[] head(OsString path, int maxBytes) {
    try {
      return read(path, maxBytes);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** Without blocking: what is read may turn out to be a named pipe. */
  @Override
  public byte[] read(OsString path, int maxBytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int flags = Libc.O_RDONLY() | Libc.O_CLOEXEC() | Libc.O_NONBLOCK() | Libc.O_NOCTTY();
      int file = Libc.open(CStrings.allocate(arena, path), flags, 0);
      if (file < 0) {
        throw new IOException(Errno.message(Errno.last()));
      }
      MemorySegment bytes = arena.allocate(maxBytes);
      long length = 0;
      long count;
      do {
        count = Libc.read(file, bytes.asSlice(length), maxBytes - length);
        length += Math.max(0, count);
      } while (count > 0 && length < maxBytes);
      int error = count < 0 ? Errno.last() : 0;
      Libc.close(file);
      if (error != 0) {
        throw new IOException(Errno.message(error));
      }
      return bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** The mode with the type's bits, or 0 when it cannot be known. */
  static int mode(int directory, OsString path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = statx.allocate(arena);
      int mask = Libc.STATX_TYPE() | Libc.STATX_MODE();
      boolean known = status(directory, path, flags, mask, status);
      return known ? Short.toUnsignedInt(statx.stx_mode(status)) : 0;
    }
  }

  /** Asks the kernel itself: musl 1.2.3 has no function for it. */
  private static boolean status(
      int directory, OsString path, int flags, int mask, MemorySegment status) {
    try (Arena arena = Arena.ofConfined()) {
      long name = CStrings.allocate(arena, path).address();
      long into = status.address();
      return Libc.syscall(Libc.SYS_statx(), directory, name, flags, mask, into) == 0;
    }
  }
}
