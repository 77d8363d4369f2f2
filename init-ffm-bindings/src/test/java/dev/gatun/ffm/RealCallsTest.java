package dev.gatun.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls the real C library and kernel. */
class RealCallsTest {
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void whatIsWrittenIntoAPipeComesOutOfIt() {
    MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
    assertEquals(0, Libc.pipe2(ends, Libc.O_CLOEXEC() | Libc.O_NONBLOCK()));
    int reader = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
    int writer = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
    MemorySegment sent = arena.allocateFrom("gatun");
    MemorySegment received = arena.allocate(16);
    assertEquals(-1, Libc.read(reader, received, 16));
    assertEquals(Libc.EAGAIN(), Errno.last());
    assertEquals(6, Libc.write(writer, sent, 6));
    assertEquals(6, Libc.read(reader, received, 16));
    assertEquals("gatun", received.getString(0));
    assertEquals(0, Libc.close(writer));
    assertEquals(0, Libc.read(reader, received, 16));
    assertEquals(0, Libc.close(reader));
  }

  @Test
  void aFailedCallLeavesItsErrno() {
    assertEquals(-1, Libc.close(-1));
    assertEquals(Libc.EBADF(), Errno.last());
    assertEquals("EBADF", Errno.name(Errno.last()));
    assertEquals("Bad file descriptor", Errno.message(Errno.last()));
    MemorySegment path = arena.allocateFrom("/nonexistent/path");
    assertEquals(-1, Libc.open(path, Libc.O_RDONLY() | Libc.O_CLOEXEC(), 0));
    assertEquals(Libc.ENOENT(), Errno.last());
  }

  @Test
  void errnoHasTheNamesOfTheHeadersAndTheWordsOfTheLibrary() throws Exception {
    for (String name : Bound.names("constant")) {
      if (name.matches("E[A-Z0-9]+") && !name.startsWith("EPOLL")) {
        int number = (int) Libc.class.getMethod(name).invoke(null);
        String told = Errno.name(number);
        assertEquals(number, Libc.class.getMethod(told).invoke(null), name);
      }
    }
    assertEquals("errno 4711", Errno.name(4711));
    String first = Libc.strerror(1).getString(0);
    assumeTrue(first.equals("Operation not permitted"), "the C library speaks another language");
    for (int number = 0; number < 140; number++) {
      assertEquals(Libc.strerror(number).getString(0), Errno.message(number));
    }
  }

  @Test
  void epollTellsThatAnEventfdIsReadable() {
    int epoll = Libc.epoll_create1(Libc.EPOLL_CLOEXEC());
    int eventfd = Libc.eventfd(0, Libc.EFD_CLOEXEC() | Libc.EFD_NONBLOCK());
    MemorySegment event = epoll_event.allocate(arena);
    epoll_event.events(event, Libc.EPOLLIN() | Libc.EPOLLET());
    epoll_data.u64(epoll_event.data(event), 0x1234_5678_9abc_def0L);
    assertEquals(0, Libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD(), eventfd, event));
    MemorySegment events = epoll_event.allocateArray(4, arena);
    assertEquals(0, Libc.epoll_wait(epoll, events, 4, 0));
    MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L);
    assertEquals(8, Libc.write(eventfd, one, 8));
    assertEquals(1, Libc.epoll_wait(epoll, events, 4, 1000));
    MemorySegment ready = epoll_event.asSlice(events, 0);
    assertEquals(Libc.EPOLLIN(), epoll_event.events(ready));
    assertEquals(0x1234_5678_9abc_def0L, epoll_data.u64(epoll_event.data(ready)));
    assertEquals(0, Libc.close(eventfd));
    assertEquals(0, Libc.close(epoll));
  }

  @Test
  void aBlockedSignalComesOutOfASignalfd() {
    MemorySegment set = sigset_t.allocate(arena);
    MemorySegment old = sigset_t.allocate(arena);
    assertEquals(0, Libc.sigemptyset(set));
    assertEquals(0, Libc.sigaddset(set, Libc.SIGUSR1()));
    assertEquals(1, Libc.sigismember(set, Libc.SIGUSR1()));
    assertEquals(0, Libc.pthread_sigmask(Libc.SIG_BLOCK(), set, old));
    int signals = Libc.signalfd(-1, set, Libc.SFD_CLOEXEC() | Libc.SFD_NONBLOCK());
    assertTrue(signals >= 0);
    // To this thread only: the others do not block the signal.
    long thread = Libc.syscall(Libc.SYS_gettid(), 0, 0, 0, 0, 0);
    int self = Libc.getpid();
    assertEquals(0, Libc.syscall(Libc.SYS_tgkill(), self, thread, Libc.SIGUSR1(), 0, 0));
    MemorySegment info = signalfd_siginfo.allocate(arena);
    assertEquals(128, Libc.read(signals, info, signalfd_siginfo.sizeof()));
    assertEquals(Libc.SIGUSR1(), signalfd_siginfo.ssi_signo(info));
    assertEquals(self, signalfd_siginfo.ssi_pid(info));
    assertEquals(0, Libc.pthread_sigmask(Libc.SIG_SETMASK(), old, MemorySegment.NULL));
    assertEquals(0, Libc.close(signals));
  }

  @Test
  void aChildsExitStatusComesThroughItsPidfd() {
    assertEquals(0, statusOf("/bin/true"));
    assertEquals(7, statusOf("/bin/sh", "-c", "exit 7"));
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOfPosixSpawn() {
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment path = arena.allocateFrom("/nonexistent/program");
    MemorySegment none = MemorySegment.NULL;
    int error = Libc.posix_spawn(pid, path, none, none, strings("program"), Libc.environ());
    assertEquals(Libc.ENOENT(), error);
  }

  private int statusOf(String... command) {
    MemorySegment attributes = posix_spawnattr_t.allocate(arena);
    MemorySegment actions = posix_spawn_file_actions_t.allocate(arena);
    MemorySegment none = sigset_t.allocate(arena);
    Libc.sigemptyset(none);
    assertEquals(0, Libc.posix_spawnattr_init(attributes));
    short flags = (short) (Libc.POSIX_SPAWN_SETSIGMASK() | Libc.POSIX_SPAWN_SETPGROUP());
    assertEquals(0, Libc.posix_spawnattr_setflags(attributes, flags));
    assertEquals(0, Libc.posix_spawnattr_setpgroup(attributes, 0));
    assertEquals(0, Libc.posix_spawnattr_setsigmask(attributes, none));
    assertEquals(0, Libc.posix_spawn_file_actions_init(actions));
    MemorySegment root = arena.allocateFrom("/");
    assertEquals(0, Libc.posix_spawn_file_actions_addchdir_np(actions, root));
    MemorySegment pidPlace = arena.allocate(ValueLayout.JAVA_INT);
    MemorySegment path = arena.allocateFrom(command[0]);
    MemorySegment argv = strings(command);
    assertEquals(0, Libc.posix_spawn(pidPlace, path, actions, attributes, argv, Libc.environ()));
    int pid = pidPlace.get(ValueLayout.JAVA_INT, 0);
    int pidfd = (int) Libc.syscall(Libc.SYS_pidfd_open(), pid, 0, 0, 0, 0);
    assertTrue(pidfd >= 0, () -> Errno.name(Errno.last()));
    SigInfo info = new SigInfo(arena);
    assertEquals(0, Libc.waitid(Libc.P_PIDFD(), pidfd, info.struct(), Libc.WEXITED()));
    assertEquals(pid, info.pid());
    assertEquals(Libc.getuid(), info.uid());
    assertEquals(Libc.SIGCHLD(), info.signo());
    assertEquals(Libc.CLD_EXITED(), info.code());
    MemorySegment child = siginfo_t._sifields._sigchld(siginfo_t._sifields(info.struct()));
    assertEquals(info.status(), siginfo_t._sifields._sigchld.si_status(child));
    assertEquals(0, Libc.close(pidfd));
    assertEquals(0, Libc.posix_spawn_file_actions_destroy(actions));
    assertEquals(0, Libc.posix_spawnattr_destroy(attributes));
    return info.status();
  }

  private MemorySegment strings(String... strings) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, strings.length + 1);
    for (int i = 0; i < strings.length; i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(strings[i]));
    }
    return array;
  }

  /** The first thousands of calls go through other handles than the later ones. */
  @Test
  void manyCallsAndTheirErrorsAreTheSameFromTheFirstToTheLast() {
    int self = Libc.getpid();
    for (int i = 0; i < 8000; i++) {
      assertEquals(self, Libc.getpid());
      assertEquals(-1, Libc.close(-1));
      assertEquals("EBADF", Errno.name(Errno.last()));
    }
  }

  @Test
  void memchrFindsAByteAndMemcpyCopies() {
    MemorySegment text = arena.allocateFrom("one line\nand another");
    assertEquals(text.address() + 8, Critical.memchr(text.address(), '\n', text.byteSize()));
    assertEquals(0, Critical.memchr(text.address(), 'X', text.byteSize()));
    assertEquals(0, Critical.memchr(text.address(), '\n', 8));
    MemorySegment copy = arena.allocate(text.byteSize());
    Critical.memcpy(copy.address(), text.address(), text.byteSize());
    assertEquals("one line\nand another", copy.getString(0));
    copy.fill((byte) 0);
    assertEquals(
        copy.address() + 9,
        Critical.memccpy(copy.address(), text.address(), '\n', text.byteSize()));
    assertEquals("one line\n", copy.getString(0));
    assertEquals(0, Critical.memccpy(copy.address(), text.address(), '\n', 8));
    Critical.memmove(copy.address() + 4, copy.address(), 8);
    assertEquals("one one line", copy.getString(0).substring(0, 12));
    MemorySegment found = Libc.memchr(text, 'l', text.byteSize());
    assertEquals(text.address() + 4, found.address());
    assertEquals(20, Libc.strlen(text));
    MemorySegment end = Libc.memccpy(copy, text, 'a', text.byteSize());
    assertEquals(copy.address() + 10, end.address());
  }

  @Test
  void statxTellsTheSizeOfAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "twelve bytes");
    MemorySegment path = arena.allocateFrom(file.toString());
    MemorySegment result = statx.allocate(arena);
    long name = path.address();
    long mask = Libc.STATX_BASIC_STATS();
    long call = Libc.SYS_statx();
    assertEquals(0, Libc.syscall(call, Libc.AT_FDCWD(), name, 0, mask, result.address()));
    assertEquals(12, statx.stx_size(result));
    assertEquals(Libc.S_IFREG(), statx.stx_mode(result) & Libc.S_IFMT());
    long seconds = Files.getLastModifiedTime(file).toMillis() / 1000;
    assertEquals(seconds, statx_timestamp.tv_sec(statx.stx_mtime(result)));
  }

  @Test
  void readdirListsADirectory(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("run"), "");
    MemorySegment stream = Libc.opendir(arena.allocateFrom(directory.toString()));
    assertNotEquals(MemorySegment.NULL.address(), stream.address());
    boolean found = false;
    for (MemorySegment entry = Libc.readdir(stream);
        entry.address() != 0;
        entry = Libc.readdir(stream)) {
      boolean file = dirent.d_type(entry) == Libc.DT_REG();
      found |= file && entry.getString(dirent.d_name$offset()).equals("run");
    }
    assertTrue(found);
    assertEquals(0, Libc.closedir(stream));
  }

  @Test
  void environIsTheEnvironment() {
    MemorySegment entries = Libc.environ();
    boolean path = false;
    for (long i = 0; entries.getAtIndex(ValueLayout.JAVA_LONG, i) != 0; i++) {
      String entry = entries.getAtIndex(Libc.C_POINTER, i).getString(0, StandardCharsets.UTF_8);
      path |= entry.equals("PATH=" + System.getenv("PATH"));
    }
    assertTrue(path);
    assertEquals(entries, Libc.environ$segment().get(Libc.environ$layout(), 0));
    assertEquals(Long.BYTES, Libc.environ$segment().byteSize());
  }

  @Test
  void variadicFunctionsTakeTheirArguments() {
    int fd = Libc.eventfd(0, 0);
    assertEquals(0, Libc.fcntl(fd, Libc.F_GETFD(), 0));
    assertEquals(0, Libc.fcntl(fd, Libc.F_SETFD(), Libc.FD_CLOEXEC()));
    assertEquals(Libc.FD_CLOEXEC(), Libc.fcntl(fd, Libc.F_GETFD(), 0));
    assertEquals(0, Libc.close(fd));
    assertEquals(0, Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER(), 0, 0, 0, 0));
  }

  @Test
  void heapAndDeadMemoryIsRefused() {
    MemorySegment heap = MemorySegment.ofArray(new byte[16]);
    assertThrows(IllegalArgumentException.class, () -> Libc.read(-1, heap, 16));
    Arena closed = Arena.ofConfined();
    MemorySegment dead = closed.allocate(16);
    closed.close();
    assertThrows(IllegalStateException.class, () -> Libc.read(-1, dead, 16));
    assertFalse(dead.scope().isAlive());
  }

  @Test
  void anIndexOutsideAnArrayFieldIsRefused() {
    MemorySegment entry = dirent.allocate(arena);
    dirent.d_name(entry, 255, (byte) 'x');
    assertEquals('x', dirent.d_name(entry, 255));
    assertThrows(IndexOutOfBoundsException.class, () -> dirent.d_name(entry, 256));
    assertThrows(IndexOutOfBoundsException.class, () -> dirent.d_name(entry, -1));
  }
}
