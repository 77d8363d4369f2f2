package dev.gatun.linux;

import dev.gatun.ffm.Fields;
import dev.gatun.ffm.Libc;
import dev.gatun.ffm.posix_spawn_file_actions_t;
import dev.gatun.ffm.posix_spawnattr_t;
import dev.gatun.ffm.sigset_t;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.model.User;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts programs. posix_spawn shares the memory until exec, so that its cost does not grow with
 * the JVM; fork is nothing for a process with threads.
 *
 * <p>A child gets an empty signal mask, and a job the one of Gatun's own caller, as far as that is
 * known. Its dispositions are what exec leaves: default for every signal that HotSpot handles, and
 * ignored for what Gatun's own parent had ignored. The C library's own signals, which it would
 * leave ignored in children, are left alone as a fork does.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
final class Spawner {
  private Environment environment = new Environment(List.of());
  private MemorySegment environmentArray = MemorySegment.NULL;
  private Arena environmentLives = Arena.ofConfined();
  private final Arena arena;
  private final MemorySegment attributes;
  private final MemorySegment pid;
  private final int nothing;
  private final DescriptorLimit descriptorLimit;
  private long blockedInJobs;
  private boolean goesToRoot;
  private Impersonation impersonation;

  /**
   * @param nothing a descriptor that reads as empty
   */
  Spawner(Arena arena, int nothing) {
    this.arena = arena;
    this.attributes = attributes(arena, Libc.POSIX_SPAWN_SETSID(), 0);
    this.pid = arena.allocate(Integer.BYTES, Integer.BYTES);
    this.nothing = nothing;
    this.descriptorLimit = new DescriptorLimit(arena);
  }

  /** Jobs start with those signals blocked; each is a bit. */
  void blockInJobs(long signals) {
    blockedInJobs = signals;
  }

  void goToRootAfterJob() {
    goesToRoot = true;
  }

  private static MemorySegment attributes(Arena arena, int flag, long blockedSignals) {
    MemorySegment attributes = posix_spawnattr_t.allocate(arena);
    MemorySegment blocked = sigset_t.allocate(arena);
    Fields.set(blocked, 0, blockedSignals);
    MemorySegment librarysOwn = librarysOwnSignals(arena);
    Libc.posix_spawnattr_init(attributes);
    Libc.posix_spawnattr_setsigmask(attributes, blocked);
    Libc.posix_spawnattr_setsigdefault(attributes, librarysOwn);
    int flags = Libc.POSIX_SPAWN_SETSIGMASK() | Libc.POSIX_SPAWN_SETSIGDEF() | flag;
    Libc.posix_spawnattr_setflags(attributes, (short) flags);
    return attributes;
  }

  /**
   * The signals that the C library keeps to itself (32 and 33, musl 34 too) would be left ignored
   * in children, where a fork leaves them alone. They are those that it puts into no set.
   */
  private static MemorySegment librarysOwnSignals(Arena arena) {
    MemorySegment all = sigset_t.allocate(arena);
    Libc.sigfillset(all);
    MemorySegment own = sigset_t.allocate(arena);
    Fields.set(own, 0, ~Fields.getLong(all, 0));
    return own;
  }

  /** The pid, or a negative errno. */
  int spawn(SpawnRequest request) {
    if (request.job()) {
      return spawnJob(request);
    }
    keepFromChildren();
    return spawn(request, attributes, false);
  }

  /**
   * In a group of its own, which is what process group 0 stands for. What Gatun itself opens is
   * closed by exec, and what it was given is the job's.
   */
  private int spawnJob(SpawnRequest request) {
    if (!GivenDescriptors.keep()) {
      keepFromChildren();
    }
    Libc.fcntl(nothing, Libc.F_SETFD(), Libc.FD_CLOEXEC());
    MemorySegment group = attributes(arena, Libc.POSIX_SPAWN_SETPGROUP(), blockedInJobs);
    Libc.posix_spawnattr_setpgroup(group, 0);
    boolean foreground = LinuxJobs.hasForegroundAsInput();
    int pid = spawn(request, group, foreground && LinuxJobs.CAN_TAKE_TERMINAL);
    if (pid > 0 && foreground && !LinuxJobs.CAN_TAKE_TERMINAL) {
      Libc.tcsetpgrp(0, pid);
    }
    if (pid > 0 && goesToRoot) {
      Libc.chdir(CStrings.allocate(arena, "/"));
    }
    return pid;
  }

  private int spawn(SpawnRequest request, MemorySegment how, boolean takesTerminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = posix_spawn_file_actions_t.allocate(arena);
      Libc.posix_spawn_file_actions_init(actions);
      try {
        if (takesTerminal) {
          Libc.posix_spawn_file_actions_addtcsetpgrp_np(actions, 0);
        }
        return spawn(arena, actions, request, how);
      } finally {
        Libc.posix_spawn_file_actions_destroy(actions);
      }
    }
  }

  private int spawn(Arena arena, MemorySegment actions, SpawnRequest request, MemorySegment how) {
    int stdin = request.stdin() == SpawnRequest.NOTHING ? nothing : request.stdin();
    int failed = give(actions, stdin, 0);
    failed |= give(actions, request.stdout(), 1);
    failed |= give(actions, request.stderr(), 2);
    // The last: its number may be that of a descriptor that the others are made of.
    if (request.given() != SpawnRequest.NOTHING) {
      failed |= give(actions, request.given(), request.givenAs());
    }
    if (!request.job()) {
      MemorySegment directory = CStrings.allocate(arena, request.directory());
      failed |= Libc.posix_spawn_file_actions_addchdir_np(actions, directory);
    }
    if (failed != 0) {
      return -Errno.ENOMEM;
    }
    MemorySegment program = CStrings.allocate(arena, request.program());
    List<OsString> arguments = new ArrayList<>(request.arguments().size() + 1);
    arguments.add(request.name());
    arguments.addAll(request.arguments());
    MemorySegment argumentArray = CStrings.allocateArray(arena, arguments);
    use(request.environment());
    MemorySegment variables = variables(arena, request.addedEnvironment());
    descriptorLimit.restore();
    int error =
        request.user().isPresent()
            ? spawnAs(request.user().get(), program, actions, how, argumentArray, variables)
            : Libc.posix_spawn(pid, program, actions, how, argumentArray, variables);
    descriptorLimit.raise();
    return error == 0 ? Fields.getInt(pid, 0) : -error;
  }

  /** The thread acts as the user meanwhile; the child can never become this one again. */
  private int spawnAs(
      User user,
      MemorySegment program,
      MemorySegment actions,
      MemorySegment how,
      MemorySegment arguments,
      MemorySegment variables) {
    if (impersonation == null) {
      impersonation = new Impersonation(arena);
    }
    int refused = impersonation.begin(user);
    if (refused < 0) {
      return -refused;
    }
    try {
      return Libc.posix_spawn(pid, program, actions, how, arguments, variables);
    } finally {
      impersonation.end();
    }
  }

  private static int give(MemorySegment actions, int descriptor, int as) {
    return descriptor == SpawnRequest.INHERITED
        ? 0
        : Libc.posix_spawn_file_actions_adddup2(actions, descriptor, as);
  }

  /** Most programs are given one and the same environment: it is made once, and not for each. */
  private void use(Environment given) {
    if (given != environment) {
      Arena lives = Arena.ofConfined();
      environmentArray = CStrings.allocateArray(lives, given.entries());
      environment = given;
      environmentLives.close();
      environmentLives = lives;
    }
  }

  private MemorySegment variables(Arena arena, List<OsString> added) {
    if (added.isEmpty()) {
      return environmentArray;
    }
    List<OsString> own = environment.entries();
    long entries = own.size() + added.size() + 1L;
    MemorySegment all = arena.allocate(entries * Long.BYTES, Long.BYTES);
    long at = 0;
    for (int i = 0; i < own.size(); i++) {
      if (!isReplaced(own.get(i), added)) {
        long entry = Fields.getLong(environmentArray, (long) i * Long.BYTES);
        Fields.set(all, at, entry);
        at += Long.BYTES;
      }
    }
    for (OsString entry : added) {
      Fields.set(all, at, CStrings.allocate(arena, entry).address());
      at += Long.BYTES;
    }
    return all;
  }

  /** What is added counts, also where the container's own environment has that variable. */
  private static boolean isReplaced(OsString entry, List<OsString> added) {
    for (OsString other : added) {
      if (entry.startsWith(other.substring(0, other.indexOf('=') + 1))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Marks every descriptor but 0 to 2 as not for children: those that Gatun itself inherited are
   * not marked by anybody else. Kernels before 5.11 cannot, and leave them.
   */
  private static void keepFromChildren() {
    final long closeOnExec = 4;
    Libc.syscall(Libc.SYS_close_range(), 3, 0xffff_ffffL, closeOnExec, 0, 0);
  }
}
