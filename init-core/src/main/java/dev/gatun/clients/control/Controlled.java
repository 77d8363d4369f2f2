package dev.gatun.clients.control;

import dev.gatun.clients.StatusDocument;
import dev.gatun.loop.EventQueue;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Order;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container as those see it who command it: orders become events. */
final class Controlled {
  private final EventQueue events;
  private final StatusDocument status;
  private State state;

  Controlled(EventQueue events, StatusDocument status, State state) {
    this.events = events;
    this.status = status;
    this.state = state;
  }

  State state() {
    return state;
  }

  StatusDocument status() {
    return status;
  }

  void become(State now) {
    state = now;
  }

  /** The service that is called so: {@code web}, or {@code web/log} for its log program. */
  static Optional<ServiceState> find(State state, OsString name) {
    Optional<ServiceState> other = Optional.empty();
    for (int i = 0; i < state.services().size(); i++) {
      ServiceState service = state.services().get(i);
      ServiceId id = service.id();
      if (id.name().value().equals(name)) {
        // Its own program comes before what reads from it.
        return Optional.of(service);
      }
      if (id.toString().equals(name.toString())) {
        other = Optional.of(service);
      }
    }
    return other;
  }

  /** Gives orders; the problem, where one cannot be given, and then none is. */
  Optional<String> order(Request request) {
    List<Event> orders = new ArrayList<>();
    for (OsString name : request.services()) {
      ServiceState service = find(state, name).orElseThrow();
      String cannot = "cannot " + request.what() + " " + name + ": ";
      if (!service.service().takesOrders()) {
        return Optional.of(cannot + "it takes no orders: end the container, or signal its process");
      }
      switch (request.what()) {
        case START -> orders.add(event(service, Order.UP));
        case STOP -> orders.add(event(service, Order.DOWN));
        case RESTART -> {
          orders.add(event(service, Order.TERMINATE));
          orders.add(event(service, Order.UP));
        }
        default -> {
          Optional<Order> order = order(request.signal().orElseThrow());
          if (order.isEmpty()) {
            return Optional.of(cannot + "this signal is none that services are sent");
          }
          orders.add(event(service, order.get()));
        }
      }
    }
    for (Event order : orders) {
      events.post(order);
    }
    return Optional.empty();
  }

  private Event event(ServiceState service, Order order) {
    return new Event.OrderReceived(events.nowNanos(), service.id(), order);
  }

  private static Optional<Order> order(Signal signal) {
    for (Order order : Order.values()) {
      if (order.signal().isPresent() && order.signal().get().is(signal)) {
        return Optional.of(order);
      }
    }
    return Optional.empty();
  }

  /** Ends the container in order. */
  void shutDown(int code) {
    events.post(new Event.EndRequested(events.nowNanos(), "a client asked for the end", code));
  }
}
