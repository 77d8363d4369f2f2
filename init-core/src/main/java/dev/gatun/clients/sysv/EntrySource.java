package dev.gatun.clients.sysv;

import dev.gatun.plan.InitEntries;
import java.io.IOException;

/** Where the entries of the runlevels come from. */
public interface EntrySource {

  /**
   * What they are by now.
   *
   * @throws IOException when that cannot be known, whose message is the cause
   */
  InitEntries read() throws IOException;
}
