package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Redirection;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Brings the output of running processes to Gatun. A process is made to open a pipe and to put its
 * writing end in the place of its stdout; Gatun opens the reading end by /proc. So the process
 * needs no right over Gatun, and Gatun none but to trace it: both may be anybody, with no
 * capability.
 *
 * <p>A process is redirected before its children are looked for: those that it makes later inherit
 * what is new, and those that it has made are found.
 */
final class Redirect {
  /** How long one process may take to stop. */
  private static final long STOP_NANOS = 100_000_000;

  /**
   * How long it may take to do what it is told, and to be let go. Half done is worst, so there is
   * time for a machine with much else to do.
   */
  private static final long WORK_NANOS = 500_000_000;

  /** When no further descendant is begun with. */
  private static final long TOTAL_NANOS = 1_000_000_000;

  private static final int MAX_STEPS_ASIDE = 20;
  private static final long PAGE_BYTES = 4096;
  private static final int MAX_ERRNO = 4095;

  private final Registers registers = Registers.ofThisMachine();
  private final Vdso vdso = new Vdso(registers);
  private final OpenFiles openFiles = new OpenFiles();

  /** Those that did not stop in time: they are let go when they do. */
  private final List<Tracee> late = new ArrayList<>();

  private final Unfinished.Begun unfinished = new Unfinished.Begun();

  /** Why a process is left as it is. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int error;

    Refused(int error, String cause) {
      super(cause, null, false, false);
      this.error = error;
    }
  }

  /** Carries {@link dev.gatun.kernel.Kernel#redirectOutput} out. */
  int redirect(int pid, Redirection into) {
    Target root = Target.of(pid);
    if (root == null) {
      return -Errno.ESRCH;
    }
    if (root.isHidden()) {
      into.addRefusal(refused("ptrace", -Errno.EPERM).getMessage());
      return -Errno.EPERM;
    }
    Unfinished begun = unfinished.take(pid, outputOf(root));
    if (begun.old().isNone()) {
      return 0;
    }
    int result = begun.result();
    List<String> refusals = begun.refusals();
    Set<Integer> again = new LinkedHashSet<>();
    Queue<Integer> next = new ArrayDeque<>(begun.processes());
    long endNanos = System.nanoTime() + TOTAL_NANOS;
    while (!next.isEmpty() && System.nanoTime() < endNanos) {
      int process = next.remove();
      try {
        redirectOne(process, begun.old(), into);
      } catch (Refused e) {
        String cause = (process == pid ? "" : "process " + process + ": ") + e.getMessage();
        if (e.error == Errno.EAGAIN) {
          again.add(process);
          into.addRefusal(cause);
        } else {
          result = process == pid ? -e.error : result;
          if (e.error != Errno.ESRCH) {
            refusals.add(cause);
          }
        }
      }
      Target.addChildren(process, next);
    }
    if (!next.isEmpty()) {
      again.addAll(next);
      into.addRefusal(next.size() + " descendants or more: that would take too long");
    }
    refusals.forEach(into::addRefusal);
    if (again.isEmpty()) {
      return result;
    }
    OldOutput now = outputOf(root);
    unfinished.add(new Unfinished(pid, now, begun.old(), List.copyOf(again), result, refusals));
    return -Errno.EAGAIN;
  }

  private OldOutput outputOf(Target target) {
    return new OldOutput(fileOf(target, 1), fileOf(target, 2));
  }

  private OsString fileOf(Target target, int number) {
    OpenFiles.Entry entry = openFiles.read(target.directory(), number);
    return entry == null ? OsString.of("") : entry.file();
  }

  private void redirectOne(int process, OldOutput old, Redirection into) throws Refused {
    // Before its status is read, which names us as its tracer until then.
    releaseLate();
    Target target = Target.of(process);
    if (target == null) {
      throw gone();
    }
    if (target.isHidden()) {
      throw refused("ptrace", -Errno.EPERM);
    }
    if (entries(target, old, true).isEmpty() && entries(target, old, false).isEmpty()) {
      return;
    }
    refuseIfUntraceable(target);
    Tracee tracee = new Tracee(registers, target.tid());
    int error = tracee.seize();
    if (error < 0) {
      tracee.close();
      throw Target.of(process) == null ? gone() : refused("ptrace", error);
    }
    long releaseNanos = 0;
    try {
      stop(tracee, target);
      releaseNanos = WORK_NANOS;
      redirect(new RemoteCalls(tracee, System.nanoTime() + WORK_NANOS), target, old, into);
    } finally {
      if (tracee.release(System.nanoTime() + releaseNanos)) {
        tracee.close();
      } else {
        late.add(tracee);
      }
      Tracee.giveSignalBack();
    }
  }

  /** The descriptors whose file is to be replaced by the new stdout, or by the new stderr. */
  private List<OpenFiles.Entry> entries(Target target, OldOutput old, boolean out) {
    List<OpenFiles.Entry> entries = openFiles.list(target.directory(), old.out(), old.err());
    entries.removeIf(entry -> !(out ? old.isOut(entry) : old.isErr(entry)));
    return entries;
  }

  private void refuseIfUntraceable(Target target) throws Refused {
    for (Tracee tracee : late) {
      if (tracee.tid() == target.tid()) {
        throw late();
      }
    }
    String tracer = target.tracer();
    if (!tracer.isEmpty() && !tracer.equals("0")) {
      throw new Refused(Errno.EPERM, "it is being traced by process " + tracer);
    }
    if (target.isRestricted()) {
      throw new Refused(Errno.EPERM, "seccomp restricts it");
    }
  }

  private void stop(Tracee tracee, Target target) throws Refused {
    await(tracee);
    for (int i = 0; tracee.isInRestartableSequence(); i++) {
      if (i == MAX_STEPS_ASIDE) {
        throw late();
      }
      tracee.stepAside();
      await(tracee);
    }
    long instruction = vdso.instruction(tracee, target.directory());
    if (instruction == 0) {
      throw new Refused(Errno.ENOEXEC, "there is no system call in its code");
    }
    int error = tracee.prepare(instruction);
    if (error < 0) {
      throw refused("ptrace", error);
    }
  }

  private static void await(Tracee tracee) throws Refused {
    int error = tracee.awaitStop(System.nanoTime() + STOP_NANOS);
    switch (error) {
      case 0 -> {}
      case -Errno.EAGAIN -> throw late();
      case -Errno.ENOEXEC ->
          throw new Refused(Errno.ENOEXEC, "it runs a program for another kind of machine");
      default -> throw refused("ptrace", error);
    }
  }

  private void redirect(RemoteCalls calls, Target target, OldOutput old, Redirection into)
      throws Refused {
    long page = calls.mapPage();
    try {
      List<OpenFiles.Entry> out = entries(target, old, true);
      if (!out.isEmpty()) {
        NewPipe pipe = open(calls, page, target, out);
        into.addStdout(pipe.own());
        replace(calls, pipe, target, out);
      }
      List<OpenFiles.Entry> err = entries(target, old, false);
      if (!err.isEmpty()) {
        NewPipe pipe = open(calls, page, target, err);
        into.addStderr(pipe.own());
        replace(calls, pipe, target, err);
      }
    } finally {
      calls.unmapPage(page);
    }
  }

  /**
   * A pipe that the other process has made.
   *
   * @param own our descriptor to read from
   * @param reading its descriptor to read from
   * @param writing its descriptor to write to
   */
  private record NewPipe(int own, int reading, int writing) {}

  private static NewPipe open(
      RemoteCalls calls, long page, Target target, List<OpenFiles.Entry> entries) throws Refused {
    long ends = calls.pipe(page, entries.getFirst().flags() & Libc.O_NONBLOCK());
    int reading = (int) ends;
    int writing = (int) (ends >>> Integer.SIZE);
    int own = openPipe(target.directory() + "/fd/" + reading);
    if (own < 0) {
      calls.close(writing);
      calls.close(reading);
      throw refused("opening its pipe", own);
    }
    return new NewPipe(own, reading, writing);
  }

  /** Puts the pipe in the place of these. Nobody else holds it: if that fails, it ends. */
  private void replace(
      RemoteCalls calls, NewPipe pipe, Target target, List<OpenFiles.Entry> entries)
      throws Refused {
    try {
      for (OpenFiles.Entry entry : entries) {
        // Another of its threads may have closed it in the meantime.
        if (openFiles.read(target.directory(), entry.number(), entry.file()) != null) {
          calls.duplicate(pipe.writing(), entry.number(), entry.flags() & Libc.O_CLOEXEC());
        }
      }
    } finally {
      calls.close(pipe.writing());
      calls.close(pipe.reading());
    }
  }

  /** An open file description of our own, which does not block and is closed on exec. */
  private static int openPipe(String path) {
    int flags = Libc.O_RDONLY() | Libc.O_NONBLOCK() | Libc.O_CLOEXEC() | Libc.O_NOCTTY();
    int own;
    try (Arena arena = Arena.ofConfined()) {
      own = SystemCalls.result(Libc.open(CStrings.allocate(arena, path), flags, 0));
    }
    if (own < 0) {
      return own;
    }
    int type = LinuxFiles.mode(own, OsString.of(""), Libc.AT_EMPTY_PATH()) & Libc.S_IFMT();
    if (type == Libc.S_IFIFO()) {
      LinuxKernel.letAllOpen(own);
      return own;
    }
    Libc.close(own);
    return -Errno.EBADF;
  }

  /** Lets go those that did not stop in time and have stopped since. */
  void releaseLate() {
    Iterator<Tracee> each = late.iterator();
    while (each.hasNext()) {
      Tracee tracee = each.next();
      if (tracee.release(System.nanoTime())) {
        tracee.close();
        each.remove();
      }
    }
  }

  private static Refused late() {
    return new Refused(Errno.EAGAIN, "it did not stop in time");
  }

  private static Refused gone() {
    return new Refused(Errno.ESRCH, "it has ended");
  }

  private static Refused refused(String what, int error) {
    return new Refused(-error, what + ": " + dev.gatun.ffm.Errno.message(-error));
  }

  /** The system calls that the other process makes for us. */
  private record RemoteCalls(Tracee tracee, long deadlineNanos) {

    private long call(String what, long number, long... arguments) throws Refused {
      long result = tracee.call(deadlineNanos, number, arguments);
      if (result == -Errno.EAGAIN) {
        throw new Refused(Errno.EAGAIN, "it did not do in time what it was told: " + what);
      }
      if (result < 0 && result >= -MAX_ERRNO) {
        throw refused("its " + what, (int) result);
      }
      return result;
    }

    long mapPage() throws Refused {
      int protection = Libc.PROT_READ() | Libc.PROT_WRITE();
      int flags = Libc.MAP_PRIVATE() | Libc.MAP_ANONYMOUS();
      return call("mmap", Libc.SYS_mmap(), 0, PAGE_BYTES, protection, flags, -1, 0);
    }

    /** Failing, it leaves a page behind, and no harm. */
    void unmapPage(long page) {
      tracee.call(deadlineNanos, Libc.SYS_munmap(), page, PAGE_BYTES);
    }

    /** The end to read from in the lower half, the one to write to in the upper. */
    long pipe(long page, int flags) throws Refused {
      call("pipe", Libc.SYS_pipe2(), page, flags | Libc.O_CLOEXEC());
      return tracee.peek(page, -1);
    }

    void duplicate(int from, int to, int flags) throws Refused {
      call("dup", Libc.SYS_dup3(), from, to, flags);
    }

    void close(int descriptor) {
      tracee.call(deadlineNanos, Libc.SYS_close(), descriptor);
    }
  }
}
