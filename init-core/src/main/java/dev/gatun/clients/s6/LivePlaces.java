package dev.gatun.clients.s6;

import dev.gatun.kernel.EventDirectory;
import dev.gatun.kernel.SupervisePlaces;
import dev.gatun.model.OsString;
import dev.gatun.plan.Service;

/** Makes what clients find of services, and reads what they leave. */
public interface LivePlaces extends SupervisePlaces {

  /** The access to a directory {@code event}, and nothing in it yet. */
  EventDirectory events(OsString path);

  /** Makes the live directory of a service, with links to the service's own files. */
  void make(Service service);

  /** Has a file {@code down} be in a service's live directory from now on, or not. */
  void markDown(OsString directory, boolean isDown);

  /** The code that the container is to end with, as a program has written it; 0 when none has. */
  int exitCode();
}
