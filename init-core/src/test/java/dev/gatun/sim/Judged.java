package dev.gatun.sim;

import java.util.List;

/** A run on a simulated kernel that is over, and what is to be said of it. */
interface Judged {

  /** What is wrong with it, nothing when all is well. */
  List<String> faults();

  Transcript transcript();

  /** How often the machine decided. */
  int decisions();
}
