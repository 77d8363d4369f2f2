package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Sockets;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sockets of Linux. Where a flag of the call does it, descriptors neither block nor survive exec.
 */
public final class LinuxSockets implements Sockets {
  /** The longest path of a socket, whose structure has room for a NUL behind it. */
  public static final int LONGEST_PATH = 107;

  private static final int FAMILY_BYTES = 2;
  private static final int IPV4_BYTES = 4;
  private static final int IPV4_ADDRESS_BYTES = 16;
  private static final int IPV6_ADDRESS_BYTES = 28;
  private static final int IPV6_ADDRESS_AT = 8;
  private static final int PORT_AT = 2;
  private static final int BACKLOG = 64;
  private static final int OWNER_ONLY = 0177;
  private static final int FOR_ALL = 0;

  /** Sockets, as the port has them: who calls this need not load that before. */
  static Sockets of() {
    return new LinuxSockets();
  }

  @Override
  public int listen(OsString path) {
    int made = makeDirectoriesTo(path);
    if (made < 0) {
      return made;
    }
    int socket = open(Libc.AF_UNIX(), Libc.SOCK_STREAM());
    if (socket < 0) {
      return socket;
    }
    int result = bind(socket, path, OWNER_ONLY);
    if (result == -Errno.EADDRINUSE && isAbandoned(path)) {
      remove(path);
      result = bind(socket, path, OWNER_ONLY);
    }
    return listening(socket, result);
  }

  @Override
  public int listen(Address address) {
    int socket = open(family(address), Libc.SOCK_STREAM());
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocate(Integer.BYTES, Integer.BYTES);
      Fields.set(on, 0, 1);
      Libc.setsockopt(socket, Libc.SOL_SOCKET(), Libc.SO_REUSEADDR(), on, Integer.BYTES);
      MemorySegment name = name(arena, address);
      return listening(socket, call(Libc.SYS_bind(), socket, name, name.byteSize()));
    }
  }

  /** The socket, or why it cannot be used: then it is closed. */
  private static int listening(int socket, int bound) {
    int result = bound < 0 ? bound : SystemCalls.result(Libc.listen(socket, BACKLOG));
    if (result < 0) {
      Libc.close(socket);
      return result;
    }
    return socket;
  }

  @Override
  public int receiveAt(OsString path) {
    int made = makeDirectoriesTo(path);
    if (made < 0) {
      return made;
    }
    int socket = open(Libc.AF_UNIX(), Libc.SOCK_DGRAM());
    if (socket < 0) {
      return socket;
    }
    remove(path);
    int result = bind(socket, path, FOR_ALL);
    if (result < 0) {
      Libc.close(socket);
      return result;
    }
    return socket;
  }

  /**
   * @param mask the permissions that the name does not get
   */
  private static int bind(int socket, OsString path, int mask) {
    if (path.length() > LONGEST_PATH) {
      return -Errno.ENAMETOOLONG;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = name(arena, path);
      int before = Libc.umask(mask);
      int result = call(Libc.SYS_bind(), socket, name, FAMILY_BYTES + path.length() + 1L);
      Libc.umask(before);
      return result;
    }
  }

  /** Whether nobody listens to a socket that is there. */
  private boolean isAbandoned(OsString path) {
    int socket = connect(path);
    if (socket >= 0) {
      Libc.close(socket);
    }
    return socket == -Errno.ECONNREFUSED;
  }

  private static int makeDirectoriesTo(OsString path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? 0 : Directories.makeForAll(path.substring(0, slash));
  }

  @Override
  public int accept(int listener) {
    return (int) SystemCalls.result(Libc.syscall(Libc.SYS_accept4(), listener, 0, 0, flags(0), 0));
  }

  @Override
  public int peerUser(int connection) {
    final int credentialsBytes = 12;
    final int userAt = 4;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment credentials = arena.allocate(credentialsBytes, Integer.BYTES);
      int result = option(arena, connection, Libc.SO_PEERCRED(), credentials);
      return result < 0 ? result : Fields.getInt(credentials, userAt);
    }
  }

  @Override
  public int ownUser() {
    return Libc.geteuid();
  }

  @Override
  public int connect(Address address) {
    int socket = open(family(address), Libc.SOCK_STREAM());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = name(arena, address);
      return socket < 0 ? socket : connected(socket, name, name.byteSize());
    }
  }

  @Override
  public int connect(OsString path) {
    if (path.length() > LONGEST_PATH) {
      return -Errno.ENAMETOOLONG;
    }
    int socket = open(Libc.AF_UNIX(), Libc.SOCK_STREAM());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = name(arena, path);
      return socket < 0 ? socket : connected(socket, name, FAMILY_BYTES + path.length() + 1L);
    }
  }

  private static int connected(int socket, MemorySegment name, long length) {
    int result = call(Libc.SYS_connect(), socket, name, length);
    if (result < 0 && result != -Errno.EINPROGRESS) {
      Libc.close(socket);
      return result;
    }
    return socket;
  }

  @Override
  public int outcome(int connection) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(Integer.BYTES, Integer.BYTES);
      int result = option(arena, connection, Libc.SO_ERROR(), error);
      return result < 0 ? result : -Fields.getInt(error, 0);
    }
  }

  private static int option(Arena arena, int socket, int option, MemorySegment into) {
    MemorySegment length = arena.allocate(Integer.BYTES, Integer.BYTES);
    Fields.set(length, 0, (int) into.byteSize());
    return SystemCalls.result(Libc.getsockopt(socket, Libc.SOL_SOCKET(), option, into, length));
  }

  @Override
  public long send(int connection, long address, long length) {
    int flags = Libc.MSG_DONTWAIT() | Libc.MSG_NOSIGNAL();
    return SystemCalls.result(
        Libc.send(connection, MemorySegment.ofAddress(address), length, flags));
  }

  @Override
  public int remove(OsString path) {
    try (Arena arena = Arena.ofConfined()) {
      return SystemCalls.result(Libc.unlink(CStrings.allocate(arena, path)));
    }
  }

  private static int open(int family, int type) {
    return SystemCalls.result(Libc.socket(family, flags(type), 0));
  }

  private static int flags(int type) {
    return type | Libc.SOCK_NONBLOCK() | Libc.SOCK_CLOEXEC();
  }

  private static int call(int number, int socket, MemorySegment name, long length) {
    return (int) SystemCalls.result(Libc.syscall(number, socket, name.address(), length, 0, 0));
  }

  private static int family(Address address) {
    return address.bytes().length == IPV4_BYTES ? Libc.AF_INET() : Libc.AF_INET6();
  }

  /** A sockaddr_un. */
  private static MemorySegment name(Arena arena, OsString path) {
    MemorySegment name = arena.allocate(FAMILY_BYTES + LONGEST_PATH + 1L, Long.BYTES);
    Fields.set(name, 0, (short) Libc.AF_UNIX());
    Fields.set(name.asSlice(FAMILY_BYTES), path.bytes());
    return name;
  }

  /** A sockaddr_in or a sockaddr_in6; ports are in network order. */
  private static MemorySegment name(Arena arena, Address address) {
    boolean isOld = address.bytes().length == IPV4_BYTES;
    int length = isOld ? IPV4_ADDRESS_BYTES : IPV6_ADDRESS_BYTES;
    MemorySegment name = arena.allocate(length, Long.BYTES);
    Fields.set(name, 0, (short) family(address));
    Fields.set(name, PORT_AT, (byte) (address.port() >> Byte.SIZE));
    Fields.set(name, PORT_AT + 1, (byte) address.port());
    int at = isOld ? PORT_AT + Short.BYTES : IPV6_ADDRESS_AT;
    Fields.set(name.asSlice(at), address.bytes());
    return name;
  }
}
