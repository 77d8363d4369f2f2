package dev.gatun.sim;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.Clients;
import dev.gatun.loop.EventLoop;
import dev.gatun.machine.Event;
import dev.gatun.model.Deadline;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Clients and directories of a simulated container: what they say is heard through a pipe, like
 * what comes through a service's control pipe or inotify.
 */
final class KeptClients implements Clients {
  /** The pipe's ends: both stay open as long as the loop runs. */
  static final int DESCRIPTORS = 2;

  private static final byte[] MARK = {'!'};
  private static final int MAX_MARKS = 4096;

  private final SimulatedKernel kernel;
  private final EventLoop loop;
  private final Environment environment;
  private final Queue<Event> said = new ArrayDeque<>();
  private final int descriptor;
  private final SimPipe pipe;

  KeptClients(SimulatedKernel kernel, EventLoop loop, Environment environment) {
    this.kernel = kernel;
    this.loop = loop;
    this.environment = environment;
    this.descriptor = openPipe(kernel);
    this.pipe = kernel.files.pipes().getLast();
  }

  private static int openPipe(Kernel kernel) {
    int[] ends = new int[2];
    kernel.pipe(ends);
    return ends[0];
  }

  void listen(Poll poll) {
    poll.watch(descriptor, Interest.READABLE, this::hear);
  }

  /** Somebody says or changes something now. */
  void say(Event event) {
    said.add(event);
    pipe.write(MARK, 0, MARK.length);
    kernel.pipeChanged(pipe);
  }

  private void hear() {
    pipe.read(MAX_MARKS);
    while (!said.isEmpty()) {
      loop.post(at(loop.nowNanos(), said.remove()));
    }
  }

  private static Event at(long nanos, Event event) {
    return switch (event) {
      case Event.ControlReceived e ->
          new Event.ControlReceived(nanos, e.service(), e.part(), e.control());
      case Event.ServiceFound e -> new Event.ServiceFound(nanos, e.spec());
      case Event.ServiceVanished e -> new Event.ServiceVanished(nanos, e.service());
      default -> throw new IllegalArgumentException("no client says " + event);
    };
  }

  @Override
  public boolean mayExecute(OsString file) {
    return environment.programs().containsKey(file.toString())
        && environment.spawnError(file.toString()) == 0;
  }

  @Override
  public void findServices() {}

  @Override
  public void publish(ServiceName service, Part part, ServiceStatus status) {}

  @Override
  public void release(ServiceName service) {}

  @Override
  public Deadline nextDeadline() {
    return Deadline.NEVER;
  }

  @Override
  public void timePassed(long nowNanos) {}
}
