package dev.gatun.sim;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.OutputChannel;
import dev.gatun.kernel.Readiness;
import dev.gatun.kernel.Redirection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** The init's open files: pipes, sinks, signals and processes, and which of them are ready. */
final class SimFiles {

  /** What it tells the rest of the kernel. */
  interface Listener {
    void pipeChanged(SimPipe pipe);

    void wake(SimProcess process);
  }

  private final Agenda agenda;
  private final History history;
  private final Setting setting;
  private final Listener listener;
  private final SimMemory memory = new SimMemory();
  private final PendingSignals signals = new PendingSignals();
  private final Descriptors descriptors;
  private final Map<Integer, SimSink> sinks = new HashMap<>();
  private final List<SimPipe> pipes = new ArrayList<>();

  SimFiles(Setting setting, Agenda agenda, History history, Listener listener) {
    this.setting = setting;
    this.agenda = agenda;
    this.history = history;
    this.listener = listener;
    this.descriptors = new Descriptors(setting.maxDescriptors(), history, this::isReady);
  }

  SimMemory memory() {
    return memory;
  }

  SimSink sink(int standardDescriptor) {
    return sinks.get(standardDescriptor);
  }

  /** Every pipe there was, in the order in which they were made. */
  List<SimPipe> pipes() {
    return pipes;
  }

  int openCount() {
    return descriptors.openCount();
  }

  Descriptors descriptors() {
    return descriptors;
  }

  private boolean isReady(int descriptor) {
    return switch (descriptors.peek(descriptor)) {
      case Descriptors.PipeEnd end -> end.reading() && end.pipe().isReadable();
      case SimProcess process -> process.life != SimProcess.Life.RUNS;
      case SimSink sink -> sink.isWritable();
      default -> !signals.isEmpty();
    };
  }

  boolean anyReady() {
    return descriptors.anyReady();
  }

  int report(Readiness into) {
    return descriptors.report(into);
  }

  int watch(int descriptor, Interest interest) {
    return descriptors.watch(descriptor, interest);
  }

  int unwatch(int descriptor) {
    return descriptors.unwatch(descriptor);
  }

  void changed(int descriptor) {
    descriptors.changed(descriptor);
  }

  int openSignals() {
    signals.descriptor = descriptors.open(signals);
    return signals.descriptor;
  }

  void raise(int signal) {
    signals.add(signal);
    descriptors.changed(signals.descriptor);
  }

  int nextSignal(int descriptor) {
    return descriptors.file(descriptor, "read") == signals ? signals.next() : -Errno.EBADF;
  }

  int openProcess(SimProcess process) {
    process.descriptor = descriptors.open(process);
    return process.descriptor;
  }

  /** A pipe of which the init reads one end. */
  int pipe(int[] ends) {
    int result = logPipe(ends);
    if (result >= 0) {
      pipes.getLast().readingDescriptor = ends[0];
    }
    return result;
  }

  int logPipe(int[] ends) {
    if (!descriptors.hasRoomFor(2)) {
      return -Errno.EMFILE;
    }
    SimPipe pipe = newPipe();
    ends[0] = descriptors.open(new Descriptors.PipeEnd(pipe, true));
    ends[1] = descriptors.open(new Descriptors.PipeEnd(pipe, false));
    return 0;
  }

  private SimPipe newPipe() {
    SimPipe pipe = new SimPipe();
    pipes.add(pipe);
    pipe.addReader();
    pipe.addWriter();
    return pipe;
  }

  long read(int descriptor, long address, long length) {
    Object file = descriptors.file(descriptor, "read");
    if (!(file instanceof Descriptors.PipeEnd end) || !end.reading()) {
      history.violated("read of descriptor " + descriptor + ", which cannot be read");
      return -Errno.EBADF;
    }
    SimPipe pipe = end.pipe();
    if (pipe.size() == 0) {
      return pipe.hasWriters() ? -Errno.EAGAIN : 0;
    }
    byte[] bytes = pipe.read((int) length);
    memory.put(address, bytes, 0, bytes.length);
    listener.pipeChanged(pipe);
    return bytes.length;
  }

  int close(int descriptor) {
    Object file = descriptors.close(descriptor);
    switch (file) {
      case null -> {
        return -Errno.EBADF;
      }
      case Descriptors.PipeEnd end -> close(end);
      case SimProcess process -> process.descriptor = -1;
      default -> history.violated("close of descriptor " + descriptor + ", which is for ever");
    }
    return 0;
  }

  private void close(Descriptors.PipeEnd end) {
    SimPipe pipe = end.pipe();
    boolean last = end.reading() ? pipe.removeReader() : pipe.removeWriter();
    if (end.reading()) {
      pipe.readingDescriptor = -1;
    }
    if (last) {
      listener.pipeChanged(pipe);
    }
  }

  OutputChannel openOutput(int standardDescriptor) {
    SimSink.Manner manner = setting.sink(standardDescriptor);
    SimSink[] made = new SimSink[1];
    SimSink sink =
        new SimSink(manner, agenda, memory, () -> descriptors.changed(made[0].descriptor));
    made[0] = sink;
    sinks.put(standardDescriptor, sink);
    if (!manner.file()) {
      sink.descriptor = descriptors.open(sink);
    }
    return sink;
  }

  /**
   * Gives the process, and each of its descendants that writes where it does, new pipes that the
   * init reads. What such a process has half written goes on in the new pipe.
   */
  int redirect(SimProcess root, Redirection into) {
    SimPipe out = root.stdout;
    SimPipe err = root.stderr;
    int result = 0;
    Queue<SimProcess> next = new ArrayDeque<>(List.of(root));
    while (!next.isEmpty()) {
      SimProcess process = next.remove();
      next.addAll(process.children);
      boolean complete =
          (out == null || process.stdout != out || redirect(process, root, false, into))
              && (err == null || process.stderr != err || redirect(process, root, true, into));
      if (!complete) {
        into.addRefusal(process + ": too many open files");
        result = process == root ? -Errno.EMFILE : result;
      }
    }
    return result;
  }

  private boolean redirect(SimProcess process, SimProcess root, boolean stderr, Redirection into) {
    if (!descriptors.hasRoomFor(1)) {
      return false;
    }
    SimPipe old = stderr ? process.stderr : process.stdout;
    SimPipe pipe = newPipe();
    pipe.readingDescriptor = descriptors.open(new Descriptors.PipeEnd(pipe, true));
    pipe.origin = root.describedAs + "/" + root.pid;
    pipe.isStderr = stderr;
    if (stderr) {
      process.stderr = pipe;
      into.addStderr(pipe.readingDescriptor);
    } else {
      process.stdout = pipe;
      into.addStdout(pipe.readingDescriptor);
    }
    if (old.removeWriter()) {
      listener.pipeChanged(old);
    }
    if (old.unblockWriter(process)) {
      listener.wake(process);
    }
    return true;
  }
}
