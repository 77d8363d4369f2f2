package dev.gatun.loop;

import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.model.Deadline;

/**
 * What works beside the decisions in the loop's thread, once the first services have been started:
 * who shows outsiders what the container does. It is loaded behind the first start, and asks
 * nothing of the machine but by events, which its handlers {@linkplain EventQueue#post post}.
 */
public interface Companion {

  /** {@code event} has been answered, and its effects have been carried out. */
  void decided(Event event);

  /**
   * A turn is at its end, or a deadline has come.
   *
   * @param state all that is known now: the same object as before where nothing has changed
   */
  void settled(State state);

  /** When {@link #settled} is to be called next though nothing may have happened. */
  Deadline nextDeadline();

  /** The container is over: nobody is shown anything any more. */
  void close();
}
