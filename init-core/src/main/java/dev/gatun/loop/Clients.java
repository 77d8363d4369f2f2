package dev.gatun.loop;

import dev.gatun.machine.level.LevelAction;
import dev.gatun.model.Incarnation;
import dev.gatun.model.ServiceId;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;

/**
 * Those who watch and command services from outside, and the directories in which services come and
 * go. What they say and what changes becomes events, which are {@linkplain EventQueue#post posted}
 * by handlers of the same poll.
 */
public interface Clients {

  /** Looks at once which services are there, and from now on whenever that may have changed. */
  void findServices();

  /** What a service is doing from now on. */
  void publish(ServiceId service, ServiceStatus status);

  /** Nothing is left of the service, and of what reads from it: they take no orders any more. */
  void release(ServiceName service);

  /** The end of a process is about to be told: posts what has changed that depends on it. */
  void beforeEnd(Incarnation who);

  /** Something that may end the container is about to be told: posts what has changed. */
  void beforeEndOfContainer();

  /** Something is to be done about runlevels, where there are any. */
  default void act(LevelAction action) {}
}
