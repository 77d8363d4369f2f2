package dev.gatun.machine.level;

import dev.gatun.model.OsString;

/** What those are to do who stand between the runlevels and the outside. */
public sealed interface LevelAction {

  /**
   * A level has been entered: it is shown.
   *
   * @param previous the one before, as programs are told it
   */
  record ShowLevel(String previous, String level) implements LevelAction {}

  /**
   * A process has begun or ended: it is recorded as logins are.
   *
   * @param name four bytes at most
   */
  record ShowProcess(OsString name, int pid, boolean lives) implements LevelAction {}

  /** It is found out how the power is. Outcome: {@link LevelRequest.PowerIs}. */
  enum LookAtPower implements LevelAction {
    IT
  }

  /**
   * The named pipe for requests is opened anew, or closed.
   *
   * @param open whether requests are heard from now on
   */
  record HearRequests(boolean open) implements LevelAction {}
}
