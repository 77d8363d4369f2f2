package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;

/**
 * A program runs, or is about to, because a signal came.
 *
 * @param isUp whether it is known to have been started
 * @param killAt when it gets KILL
 */
public record Heeded(Incarnation who, boolean isUp, Deadline killAt) {}
