package dev.gatun.cli;

import dev.gatun.kernel.Poll;
import dev.gatun.layout.ServiceDirectory;
import dev.gatun.linux.LinuxDirectoryWatch;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.linux.LinuxKernel;
import dev.gatun.linux.LinuxSuperviseDirectory;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.SuperviseClients;

/** Lets clients see and control services that are kept running. Loaded only where there are any. */
final class Serving {
  private Serving() {}

  static void begin(ServiceDirectory kept, LinuxKernel kernel, Poll poll, EventLoop loop) {
    loop.serve(
        new SuperviseClients(
            kernel,
            poll,
            loop,
            new LinuxFiles(),
            LinuxSuperviseDirectory::new,
            kept::scan,
            new LinuxDirectoryWatch()));
  }
}
