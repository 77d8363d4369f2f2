package dev.gatun.machine.level;

import dev.gatun.model.OsString;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Runlevels.Power;
import dev.gatun.plan.Service;
import java.util.List;
import java.util.Optional;

/** What is said to runlevels from outside. */
public sealed interface LevelRequest {

  /**
   * A level is asked for, or something that is asked for in the same way.
   *
   * @param level one character: a level, or a letter that stands for something else
   * @param sleepNanos how long after TERM the processes that leave get KILL, from now on
   */
  record Enter(String level, long sleepNanos) implements LevelRequest {}

  /**
   * The entries have been read anew.
   *
   * @param services all that they run
   */
  record Reread(List<Service> services, Runlevels runlevels) implements LevelRequest {
    public Reread {
      services = List.copyOf(services);
    }
  }

  /** The power fails or is back. */
  record PowerIs(Power power) implements LevelRequest {}

  /**
   * A variable is set for what is started from now on.
   *
   * @param value empty when it is to be unset
   */
  record SetVariable(String name, Optional<OsString> value) implements LevelRequest {}
}
