package dev.gatun.clients;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Interest;
import dev.gatun.kernel.Poll;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import java.util.ArrayList;
import java.util.List;

/** Takes connections, {@value #MAX_CONNECTIONS} at once, and looks after their deadlines. */
public final class Listener implements Poll.Handler {
  /** With one more, the one goes that has let its request be waited for longest. */
  static final int MAX_CONNECTIONS = 64;

  private static final int MAX_ACCEPTED_A_TURN = 16;

  /** The pause after a connection that could not be taken: the kernel tells of it again at once. */
  private static final long PAUSE_NANOS = 100_000_000;

  /** Talks to a client. */
  public interface Greeter {
    Connection greet(Wire wire, int descriptor);
  }

  private final Wire wire;
  private final int descriptor;
  private final Greeter greeter;
  private final List<Connection> connections = new ArrayList<>();
  private Deadline goOnAt = Deadline.NEVER;

  /**
   * @param descriptor that listens, and is watched already or not
   */
  public Listener(Wire wire, int descriptor, Greeter greeter) {
    this.wire = wire;
    this.descriptor = descriptor;
    this.greeter = greeter;
  }

  /** Begins to take connections. */
  public void begin() {
    wire.shell().poll().forget(descriptor);
    wire.shell().poll().watch(descriptor, Interest.READABLE, this);
  }

  @Override
  public void ready() {
    for (int i = 0; i < MAX_ACCEPTED_A_TURN; i++) {
      int accepted = wire.sockets().accept(descriptor);
      if (accepted < 0) {
        if (Errno.isShortage(-accepted) && accepted != -Errno.EAGAIN) {
          wire.shell().poll().forget(descriptor);
          goOnAt = Deadline.after(wire.nowNanos(), PAUSE_NANOS);
        }
        return;
      }
      connections.removeIf(Connection::isClosed);
      if (connections.size() == MAX_CONNECTIONS) {
        makeRoom();
      }
      if (connections.size() < MAX_CONNECTIONS) {
        Connection connection = greeter.greet(wire, accepted);
        connections.add(connection);
        connection.begin();
      } else {
        wire.shell().kernel().close(accepted);
      }
    }
  }

  /** Whoever waits for something to happen has asked, and stays. */
  private void makeRoom() {
    Connection first = connections.getFirst();
    for (Connection connection : connections) {
      if (connection.deadline().atNanos() < first.deadline().atNanos()) {
        first = connection;
      }
    }
    if (!first.deadline().isNever()) {
      first.close();
      connections.remove(first);
    }
  }

  /** To be called once a turn. */
  public void settled(State state) {
    if (goOnAt.isDue(wire.nowNanos())) {
      goOnAt = Deadline.NEVER;
      wire.shell().poll().watch(descriptor, Interest.READABLE, this);
    }
    for (int i = connections.size() - 1; i >= 0; i--) {
      Connection connection = connections.get(i);
      connection.settled(state);
      if (connection.isClosed()) {
        connections.remove(i);
      }
    }
  }

  public Deadline nextDeadline() {
    Deadline next = goOnAt;
    for (Connection connection : connections) {
      next = next.earlier(connection.nextDeadline());
    }
    return next;
  }

  public void close() {
    for (Connection connection : connections) {
      connection.close();
    }
    connections.clear();
    wire.shell().poll().forget(descriptor);
    wire.shell().kernel().close(descriptor);
  }
}
