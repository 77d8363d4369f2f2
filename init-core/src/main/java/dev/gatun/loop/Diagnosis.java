package dev.gatun.loop;

import dev.gatun.plan.Command;

/** Finds out, when a program could not be started, what people need to know about it. */
public interface Diagnosis {

  /**
   * Why and what to do, to stand behind the program's name.
   *
   * @param error the errno of the failure
   * @param inWords the errno in words
   */
  String explain(Command command, int error, String inWords);
}
