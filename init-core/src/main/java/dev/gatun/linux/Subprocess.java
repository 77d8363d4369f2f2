package dev.gatun.linux;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Exit;
import dev.gatun.kernel.SpawnRequest;
import dev.gatun.model.Environment;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.OsString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that is waited for: for the commands of an image build, not for PID 1's work. */
public final class Subprocess {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Subprocess() {}

  /** How it ended, and what it wrote to stdout and stderr. */
  public record Result(ExitStatus status, String output) {}

  /**
   * Runs a program to its end.
   *
   * @throws IOException when it cannot be started
   */
  public static Result run(OsString program, List<OsString> arguments, Environment environment)
      throws IOException {
    LinuxKernel kernel = new LinuxKernel();
    int[] ends = new int[2];
    int result = kernel.logPipe(ends);
    if (result >= 0) {
      OsString directory = LinuxEnvironment.workingDirectory();
      SpawnRequest request = new SpawnRequest(program, arguments, directory, environment);
      result = kernel.spawn(request.with(SpawnRequest.NOTHING, ends[1], ends[1]));
      kernel.close(ends[1]);
    }
    if (result < 0) {
      throw new IOException("cannot run " + program + ": " + kernel.explain(-result));
    }
    String output = readAll(kernel, ends[0]);
    kernel.close(ends[0]);
    return new Result(waitFor(kernel, result), output);
  }

  private static String readAll(LinuxKernel kernel, int descriptor) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    long buffer = kernel.memory().allocate(BUFFER_BYTES);
    long count;
    do {
      count = kernel.read(descriptor, buffer, BUFFER_BYTES);
      if (count > 0) {
        output.writeBytes(kernel.memory().bytes(buffer, (int) count));
      }
    } while (count > 0 || count == -Errno.EINTR);
    kernel.memory().free(buffer, BUFFER_BYTES);
    return output.toString(StandardCharsets.UTF_8);
  }

  /** Its output has ended, so it ends too, at once or soon. */
  private static ExitStatus waitFor(LinuxKernel kernel, int pid) {
    Exit exit = new Exit();
    while (kernel.reap(pid, exit) == 0) {
      Thread.onSpinWait();
    }
    return exit.status();
  }
}
