package dev.gatun.kernel;

import dev.gatun.model.OsString;

/**
 * Sockets that never block. Every method answers as those of {@link Kernel} do: zero or more, or a
 * negative errno. What is made is closed by {@link Kernel#close} and read by {@link Kernel#read}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public interface Sockets {
  /** Four bytes of an IPv4 address, or sixteen of an IPv6 address, and a port. */
  record Address(byte[] bytes, int port) {}

  /**
   * Listens at a path that only this process's user may connect to. A socket there that nobody
   * listens to any more is replaced, directories on the way are made.
   *
   * @return the descriptor; EADDRINUSE where somebody listens there, ENAMETOOLONG for a path of
   *     more than 107 bytes
   */
  int listen(OsString path);

  /** Listens at an address of this machine. */
  int listen(Address address);

  /**
   * Receives datagrams at a path, whoever sends them; what is there is replaced.
   *
   * @return the descriptor
   */
  int receiveAt(OsString path);

  /** The next connection of a listening socket; EAGAIN when there is none. */
  int accept(int listener);

  /** The user at the other end of a connection through a path; EINVAL where that is not known. */
  int peerUser(int connection);

  /** The user that this process acts as. */
  int ownUser();

  /**
   * Begins to connect. The descriptor is writable when that has come to its end, which {@link
   * #outcome} tells.
   */
  int connect(Address address);

  /** Connects to a path. */
  int connect(OsString path);

  /** How connecting has ended: 0 or a negative errno. */
  int outcome(int connection);

  /** Writes to a connection; EAGAIN when there is no room, EPIPE when nobody reads. */
  long send(int connection, long address, long length);

  /** Removes the name of a socket. */
  int remove(OsString path);
}
