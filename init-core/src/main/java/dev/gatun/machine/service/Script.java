package dev.gatun.machine.service;

import dev.gatun.model.Order;

/**
 * A program that stands in for a signal, or is run about an order; until it has ended, further
 * orders wait.
 *
 * @param order the order that it is run about
 */
public record Script(ProcessLife life, Purpose purpose, Order order) {

  /** What is to follow the script's end. */
  public enum Purpose {
    /** The start of the service. */
    BEFORE_START,
    /** The order's signal, unless the script succeeds. */
    INSTEAD_OF_SIGNAL,
    /** TERM unless the script succeeds, and what else belongs to a stop. */
    INSTEAD_OF_TERM,
    /** Nothing: it is the plan's own way to stop the service. */
    STOP,
    /** Nothing. */
    AFTER_STOP,
    /** Nothing: what a program has done that is run once has been taken back. */
    TAKE_BACK
  }

  Script with(ProcessLife next) {
    return new Script(next, purpose, order);
  }
}
