package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;

/**
 * How far a container's course has come.
 *
 * <pre>
 *   First 0 ──it has ended──▶ First 1 ──…──▶ Serving ──the container is to end──▶ Closing 0
 *   Closing 0 ──it has ended──▶ Closing 1 ──…──▶ Stopping
 *      └──it failed, and that ends the start; or the container is to end──▶ Stopping
 *   Stopping ──every service is down──▶ Last 0 ──…──▶ Done
 * </pre>
 *
 * <p>Two of its programs never run at once.
 */
public sealed interface Progress {

  /** When something is to be done about it. */
  default Deadline nextDeadline() {
    return Deadline.NEVER;
  }

  /** Whether this is a program that events about {@code who} concern. */
  default boolean is(Incarnation who) {
    return switch (this) {
      case First first -> first.who.is(who);
      case Closing closing -> closing.who.is(who);
      case Last last -> last.who.is(who);
      case Serving s -> false;
      case Stopping s -> false;
      case Done d -> false;
    };
  }

  /**
   * A program that comes before the services runs, or is about to.
   *
   * @param index its place among them
   * @param isUp whether it is known to have been started
   * @param killAt when it gets KILL
   */
  record First(int index, Incarnation who, boolean isUp, Deadline killAt) implements Progress {
    @Override
    public Deadline nextDeadline() {
      return killAt;
    }
  }

  /** The services run. */
  enum Serving implements Progress {
    IT
  }

  /**
   * A program that comes before the services are told to stop runs, or is about to. They still run,
   * and are started again should they end.
   */
  record Closing(int index, Incarnation who) implements Progress {}

  /**
   * The services are being stopped.
   *
   * @param goOnAt when to wait no longer for log programs: somebody else may hold their pipe open
   */
  record Stopping(Deadline goOnAt) implements Progress {
    @Override
    public Deadline nextDeadline() {
      return goOnAt;
    }
  }

  /** A program that comes after the services runs, or is about to. */
  record Last(int index, Incarnation who) implements Progress {}

  /** All is done: what is left is told to end. */
  enum Done implements Progress {
    IT
  }
}
