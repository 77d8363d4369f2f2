package dev.gatun.cli;

import dev.gatun.layout.ContainerEnvironment;
import dev.gatun.linux.LinuxFileWriter;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Surroundings;
import dev.gatun.model.Environment;
import dev.gatun.model.Level;

/** Gives programs the environment that is kept in files. Loaded only where there may be some. */
final class FileSurroundings implements Surroundings {
  private final ContainerEnvironment files;
  private final LinuxKernel kernel;
  private final EventLoop loop;
  private final LinuxFileWriter writer = new LinuxFileWriter();
  private Environment current;

  private FileSurroundings(ContainerEnvironment files, LinuxKernel kernel, EventLoop loop) {
    this.files = files;
    this.kernel = kernel;
    this.loop = loop;
  }

  /**
   * @param given what Gatun was given
   */
  static void begin(
      ContainerEnvironment files, Environment given, LinuxKernel kernel, EventLoop loop) {
    FileSurroundings surroundings = new FileSurroundings(files, kernel, loop);
    surroundings.use(files.begin(given, surroundings.writer));
    loop.surround(surroundings);
  }

  @Override
  public void refresh() {
    use(files.refresh(current, writer));
  }

  private void use(ContainerEnvironment.Result result) {
    current = result.environment();
    kernel.startIn(current);
    for (String problem : result.problems()) {
      loop.report(Level.WARNING, problem);
    }
  }
}
