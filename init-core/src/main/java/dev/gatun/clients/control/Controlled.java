package dev.gatun.clients.control;

import dev.gatun.clients.StatusDocument;
import dev.gatun.loop.EventQueue;
import dev.gatun.machine.Event;
import dev.gatun.machine.State;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Change;
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

  /** Gives orders, which the machine carries out in the order of the dependencies. */
  void order(Request request) {
    List<ServiceId> services = new ArrayList<>();
    for (OsString name : request.services()) {
      services.add(find(state, name).orElseThrow().id());
    }
    long nowNanos = events.nowNanos();
    switch (request.what()) {
      case START -> change(services, Change.START, request);
      case STOP -> change(services, Change.STOP, request);
      case RESTART -> change(services, Change.RESTART, request);
      default -> {
        Signal signal = request.signal().orElseThrow();
        for (ServiceId service : services) {
          events.post(new Event.SignalRequested(nowNanos, service, signal, false));
        }
      }
    }
  }

  private void change(List<ServiceId> services, Change change, Request request) {
    events.post(new Event.ChangeRequested(events.nowNanos(), services, change, request.only()));
  }

  /** Ends the container in order. */
  void shutDown(int code) {
    events.post(new Event.EndRequested(events.nowNanos(), "a client asked for the end", code));
  }
}
