package dev.gatun.layout;

import dev.gatun.model.ServiceId;
import dev.gatun.plan.After;

/** A way in which files and variables say what a container runs. */
interface Layout {

  /** What {@code GATUN_LAYOUT} calls it. */
  String name();

  /**
   * Reads everything, and tells its findings what is wrong.
   *
   * @throws LayoutException at a start, when something cannot be used
   */
  Setup read() throws LayoutException;

  /** Whether a command that is run beside the services gets the signals that Gatun gets. */
  default boolean passesSignalsToCommand() {
    return true;
  }

  /** What has to have happened to a service before the command is run. */
  default After beforeCommand(ServiceId service) {
    return After.started(service);
  }
}
