package dev.gatun.cli;

import dev.gatun.layout.HttpSettings;
import dev.gatun.loop.Companion;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Shell;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;
import dev.gatun.model.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What shows outsiders what the container does. It is loaded a moment after the first services have
 * been started: they do not wait for it, and who ends sooner has no need of it.
 */
final class Attending implements Companion {
  private static final long PAUSE_NANOS = 30_000_000L;

  private final Shell shell;
  private final Environment environment;
  private final Optional<HttpSettings> http;
  private final List<Event> unheard = new ArrayList<>();
  private Deadline beginAt;
  private Companion companion;

  private Attending(Shell shell, Environment environment, Optional<HttpSettings> http) {
    this.shell = shell;
    this.environment = environment;
    this.http = http;
    this.beginAt = Deadline.after(shell.events().nowNanos(), PAUSE_NANOS);
  }

  /** Begins to, as far as the variables want it. */
  static void begin(
      EventLoop loop, Shell shell, Environment environment, Optional<HttpSettings> http) {
    loop.accompany(new Attending(shell, environment, http));
  }

  @Override
  public void decided(Event event) {
    if (companion != null) {
      companion.decided(event);
    } else if (!beginAt.isNever()) {
      unheard.add(event);
    }
  }

  @Override
  public void settled(State state) {
    boolean isTime = beginAt.isDue(shell.events().nowNanos());
    if (isTime) {
      beginAt = Deadline.NEVER;
    }
    if (isTime && state.isRunning()) {
      companion = Attendants.of(shell, environment, http);
      for (Event event : unheard) {
        companion.decided(event);
      }
      unheard.clear();
    }
    if (companion != null) {
      companion.settled(state);
    }
  }

  @Override
  public Deadline nextDeadline() {
    return companion == null ? beginAt : companion.nextDeadline();
  }

  @Override
  public void close() {
    if (companion != null) {
      companion.close();
    }
  }
}
