package dev.gatun.loop;

import dev.gatun.plan.Program;

/** Finds out, when a program could not be started, what people need to know about it. */
public interface StartAdvice {

  /**
   * Why and what to do, to stand behind the program's name.
   *
   * @param error the errno of the failure
   * @param inWords the errno in words
   */
  String explain(Program program, int error, String inWords);
}
