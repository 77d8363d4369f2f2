package dev.gatun.machine.service;

import dev.gatun.model.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a service was told and has not done yet.
 *
 * @param script what is being run about an order
 * @param waiting orders that have to wait for the script, or for the outcome of a spawn
 */
public record Orders(Optional<Script> script, List<Order> waiting) {
  public static final Orders NONE = new Orders(Optional.empty(), List.of());

  /** How many orders may wait; more are not heard. */
  static final int MAX_WAITING = 64;

  public Orders {
    waiting = List.copyOf(waiting);
  }

  Orders with(Script next) {
    return new Orders(Optional.of(next), waiting);
  }

  Orders withoutScript() {
    return new Orders(Optional.empty(), waiting);
  }

  Orders waitingFor(Order last) {
    List<Order> longer = new ArrayList<>(waiting);
    longer.add(last);
    return new Orders(script, longer);
  }

  Orders withoutFirst() {
    return new Orders(script, waiting.subList(1, waiting.size()));
  }

  Orders withoutWaiting() {
    return new Orders(script, List.of());
  }
}
