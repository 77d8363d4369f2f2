package dev.gatun.sim;

import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.loop.Clients;
import dev.gatun.loop.EventQueue;
import dev.gatun.machine.Event;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Clients and directories of a simulated container: what they say is heard through a pipe, like
 * what comes through a service's control pipe or inotify.
 */
final class SimClients implements Clients {
  /** The pipe's ends: both stay open as long as the loop runs. */
  static final int DESCRIPTORS = 2;

  private static final byte[] MARK = {'!'};
  private static final int MAX_MARKS = 4096;

  private final SimulatedKernel kernel;
  private final EventQueue events;
  private final Queue<Event> said = new ArrayDeque<>();
  private final int descriptor;
  private final SimPipe pipe;
  private int scans;

  SimClients(SimulatedKernel kernel, EventQueue events) {
    this.kernel = kernel;
    this.events = events;
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
      events.post(at(events.nowNanos(), said.remove()));
    }
  }

  private static Event at(long nanos, Event event) {
    return switch (event) {
      case Event.OrderReceived e -> new Event.OrderReceived(nanos, e.service(), e.order());
      case Event.ServiceFound e -> new Event.ServiceFound(nanos, e.services());
      case Event.HooksChanged e -> new Event.HooksChanged(nanos, e.service(), e.hooks());
      case Event.ServiceVanished e -> new Event.ServiceVanished(nanos, e.service());
      case Event.ChangeRequested e ->
          new Event.ChangeRequested(nanos, e.services(), e.change(), e.alone());
      default -> throw new IllegalArgumentException("no client says " + event);
    };
  }

  /** Every third look finds a problem, and every fifth one wants to look again. */
  @Override
  public void findServices() {
    scans++;
    List<Event.ServicesScanned.Problem> problems =
        scans % 3 == 0
            ? List.of(new Event.ServicesScanned.Problem("problem " + scans, scans % 2 == 0))
            : List.of();
    events.post(new Event.ServicesScanned(events.nowNanos(), problems, scans % 5 == 0));
  }

  @Override
  public void publish(ServiceId service, ServiceStatus status) {}

  @Override
  public void release(ServiceName service) {}

  @Override
  public void beforeEnd(Incarnation who) {}

  @Override
  public void beforeEndOfContainer() {}
}
