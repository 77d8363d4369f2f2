package dev.gatun.loop;

import dev.gatun.model.Deadline;
import dev.gatun.model.OsString;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.model.ServiceStatus;

/**
 * Those who watch and command kept services through files. What they say becomes events, which are
 * {@linkplain EventLoop#post posted} by handlers of the same poll.
 */
public interface Clients {

  /** Services are wanted: each that is there, or comes, is told to the machine from now on. */
  void findServices();

  /** What a part of a service is doing from now on. */
  void publish(ServiceName service, Part part, ServiceStatus status);

  /** Nothing of the service is left: it takes no commands any more. */
  void release(ServiceName service);

  /** Whether the file is there and this process's user may execute it. */
  boolean mayExecute(OsString file);

  /** When {@link #timePassed} is to be called. */
  Deadline nextDeadline();

  /** That time has come, or some other; nothing happens when it is too early. */
  void timePassed(long nowNanos);
}
