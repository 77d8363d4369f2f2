package dev.gatun.kernel;

import java.util.ArrayList;
import java.util.List;

/** Where {@link Kernel#redirectOutput} puts the new pipes, and what it could not do. */
public final class Redirection {
  private final PidList stdout = new PidList();
  private final PidList stderr = new PidList();
  private final List<String> refusals = new ArrayList<>();

  public void clear() {
    stdout.clear();
    stderr.clear();
    refusals.clear();
  }

  /** An end to read from without blocking, of a pipe that is now somebody's stdout. */
  public void addStdout(int descriptor) {
    stdout.add(descriptor);
  }

  /** An end to read from without blocking, of a pipe that is now somebody's stderr. */
  public void addStderr(int descriptor) {
    stderr.add(descriptor);
  }

  /** What could not be redirected and why, for people; what concerns the child itself first. */
  public void addRefusal(String cause) {
    refusals.add(cause);
  }

  public PidList stdout() {
    return stdout;
  }

  public PidList stderr() {
    return stderr;
  }

  public List<String> refusals() {
    return List.copyOf(refusals);
  }
}
