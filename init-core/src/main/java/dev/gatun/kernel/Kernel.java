package dev.gatun.kernel;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;

/**
 * What Gatun needs of a kernel. Calls that can fail answer as Linux's system calls do: zero or more
 * on success, a negative errno otherwise ({@link Errno}). None throws, none blocks except {@link
 * #await}, and every descriptor that is made is closed on exec.
 */
public interface Kernel {

  /** Nanoseconds on a clock that never goes back and that runs on while the machine sleeps not. */
  long monotonicNanos();

  /** Milliseconds since 1970-01-01T00:00:00Z, leap seconds apart. */
  long realtimeMillis();

  /** Off-heap memory, page-aligned, zero until written, not resident until touched. */
  Memory memory();

  // Readiness

  /** Begins to report when {@code descriptor} is ready; EPERM for one that always is. */
  int watch(int descriptor, Interest interest);

  /** Ends the reports. */
  int unwatch(int descriptor);

  /**
   * Waits until a watched descriptor is ready or {@code timeoutNanos} have passed; a negative time
   * waits for ever, zero not at all. Readiness is level-triggered.
   *
   * @return how many entries of {@code ready} are filled
   */
  int await(long timeoutNanos, Readiness ready);

  // Signals

  /** A descriptor that delivers every signal sent to this process. */
  int openSignals();

  /** The number of the next signal, or EAGAIN. */
  int nextSignal(int descriptor);

  /** The process that sent the last signal; 0 when it is none of this pid namespace. */
  default int signalSender() {
    return 0;
  }

  /**
   * Whether a tool wants to attach to this JVM: it has made a file for that before it sent QUIT.
   */
  default boolean isAttachWanted() {
    return false;
  }

  // Processes

  /** This process's pid. */
  int processId();

  /** Makes orphaned descendants children of this process, as they are of PID 1. */
  int becomeSubreaper();

  /** Whether there is a file of that path which this process's user may execute. */
  boolean mayExecute(OsString path);

  /** Starts a program. Answers its pid, or why it could not be executed. */
  int spawn(SpawnRequest request);

  /** A descriptor that is readable when the child has ended. */
  int openProcess(int pid);

  /**
   * Sends a signal to a child that has not been reaped, so that its pid cannot mean another.
   *
   * @param descriptor of {@link #openProcess}, or negative when there is none
   */
  int signal(int pid, int descriptor, Signal signal);

  /**
   * Sends a signal to every process of this pid namespace but the caller.
   *
   * @return EPERM unless the caller is PID 1, and so the first to have any business with them
   */
  default int signalAll(Signal signal) {
    return -Errno.EPERM;
  }

  /** Process groups, stops and the terminal. */
  default Jobs jobs() {
    return Jobs.NONE;
  }

  /**
   * Sends a signal to every process of a process group.
   *
   * @param leader the pid that the group is called by
   * @return ESRCH when nobody is left in it
   */
  default int signalGroup(int leader, Signal signal) {
    return -Errno.ESRCH;
  }

  /**
   * Reaps the child if it has ended: its pid, or 0 when it has not; ECHILD when it is no child, or
   * somebody else in this process has reaped it.
   */
  int reap(int pid, Exit exit);

  /**
   * A child that has ended, left unreaped: its pid, or 0 when none has; ECHILD without children.
   */
  int peekEnded();

  /**
   * The live children that were reparented to this process, zombies among them.
   *
   * @return how many, or why that cannot be known
   */
  int listOrphans(PidList pids);

  /** What a child is, for people, as far as that can be known. */
  ProcessDescription describe(int pid);

  /**
   * Makes stdout and stderr of a child, and every copy of them in the child and in its descendants,
   * the ends of new pipes, and leaves the processes as they were otherwise. It may take as long as
   * a process needs to stop, but not longer than some tens of milliseconds.
   *
   * @param into takes the ends to read from, which the caller closes, and what was refused; also
   *     when the answer is an error
   * @return 0; ESRCH when the child has ended; EAGAIN when it may be tried again later, for the
   *     processes that did not stop in time; otherwise why the child's own output stays where it
   *     was, EPERM where this process may not trace it
   */
  int redirectOutput(int pid, Redirection into);

  /** What the processes of all sessions use just now. */
  default SessionUse sessionUse() {
    return SessionUse.UNKNOWN;
  }

  /** Connections and messages. */
  default Sockets sockets() {
    throw new UnsupportedOperationException("no sockets");
  }

  // Bytes

  /** Makes a pipe: {@code ends[0]} to read from without blocking, {@code ends[1]} to give away. */
  int pipe(int[] ends);

  /** Makes a pipe between two programs: both ends are to be given away. */
  int logPipe(int[] ends);

  /**
   * Reads into memory at {@code address}; 0 at the end of the stream, EAGAIN when none is there.
   */
  long read(int descriptor, long address, long length);

  /**
   * Lets a pipe hold so many bytes. A wish: limits of the system may be against it, and then the
   * pipe stays as it is.
   *
   * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
   */
  default void widen(int descriptor, int bytes) {}

  int close(int descriptor);

  /** Standard output or standard error, for writing without ever blocking. */
  OutputChannel openOutput(int standardDescriptor);

  /** An errno in words: "No such file or directory". */
  String explain(int error);
}
