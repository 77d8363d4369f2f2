package dev.gatun.sim;

import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.OsString;

/** What a program that the init starts is given: its ends of pipes, and whom it is to stop. */
final class Launch {
  private static final String TARGET = "DINIT_PID=";

  private final SpawnRequest request;
  private final History history;
  private final String program;
  private final SimPipe stdin;
  private final SimPipe stdout;
  private final SimPipe stderr;
  private final SimPipe voice;

  Launch(SpawnRequest request, Descriptors descriptors, History history) {
    this.request = request;
    this.history = history;
    this.program = request.program().toString();
    boolean reads = request.stdin() >= 0;
    this.stdin = reads ? end(descriptors, request.stdin(), true) : null;
    this.stdout = end(descriptors, request.stdout(), false);
    this.stderr = end(descriptors, request.stderr(), false);
    boolean speaks = request.given() >= 0;
    this.voice = speaks ? end(descriptors, request.given(), false) : null;
  }

  private SimPipe end(Descriptors descriptors, int descriptor, boolean reading) {
    Object file = descriptors.file(descriptor, "handing down");
    if (file instanceof Descriptors.PipeEnd end && end.reading() == reading) {
      return end.pipe();
    }
    history.violated("spawn with descriptor " + descriptor + " as the wrong end of a pipe");
    return null;
  }

  void equip(SimProcess process, ProcessTable processes, long nowNanos) {
    process.stdin = stdin;
    process.stdout = stdout;
    process.stderr = stderr;
    if (stdin != null) {
      stdin.addReader();
    }
    equipWriter(stdout, false);
    equipWriter(stderr, true);
    process.voice = voice;
    if (voice != null) {
      voice.addWriter();
    }
    process.target = target(processes);
    if (process.target != null) {
      Fate fate = process.target.fate;
      fate.toldAtNanos = Math.min(fate.toldAtNanos, nowNanos);
    }
  }

  private void equipWriter(SimPipe pipe, boolean isStderr) {
    if (pipe == null) {
      return;
    }
    pipe.addWriter();
    if (pipe.readingDescriptor >= 0) {
      pipe.origin = origin(isStderr);
      pipe.isStderr = isStderr;
    }
  }

  /** What a log program says is what its service has to say. */
  private String origin(boolean isStderr) {
    String[] path = program.substring("/etc/service/".length()).split("/");
    boolean isLog = path.length == 3 && isStderr;
    boolean isScript = path[path.length - 1].equals("terminate");
    return path[0] + "/" + (isScript ? "term" : isLog ? "log" : "run");
  }

  private SimProcess target(ProcessTable processes) {
    for (OsString variable : request.addedEnvironment()) {
      String text = variable.toString();
      if (text.startsWith(TARGET)) {
        String pid = text.substring(TARGET.length());
        SimProcess target = pid.isEmpty() ? null : processes.get(Integer.parseInt(pid));
        if (target == null || !target.wasStartedByInit()) {
          history.violated(program + " is started with " + text + ", which is no service");
          return null;
        }
        return target;
      }
    }
    return null;
  }
}
