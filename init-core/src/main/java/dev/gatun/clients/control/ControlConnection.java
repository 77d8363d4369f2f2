package dev.gatun.clients.control;

import dev.gatun.clients.Condition;
import dev.gatun.clients.Connection;
import dev.gatun.clients.Wire;
import dev.gatun.json.JsonException;
import dev.gatun.json.JsonText;
import dev.gatun.machine.State;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.Deadline;
import dev.gatun.model.OsString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Talks to one client. */
final class ControlConnection extends Connection {
  static final int MAX_REQUEST_BYTES = 64 * 1024;

  /** A watcher is told of changes ten times a second at most. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final Controlled controlled;
  private Request waiting;
  private Deadline until = Deadline.NEVER;
  private Deadline tellAt = Deadline.NEVER;
  private State told;
  private RecentLines lines;

  ControlConnection(Wire wire, int descriptor, Controlled controlled) {
    super(wire, descriptor, MAX_REQUEST_BYTES);
    this.controlled = controlled;
  }

  @Override
  protected int take(byte[] bytes, int length) {
    int end = 0;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    if (end == length) {
      return 0;
    }
    try {
      answer(Request.read(Arrays.copyOf(bytes, end)));
    } catch (JsonException e) {
      send(failure("cannot read the request: " + e.getMessage()));
    }
    return end + 1;
  }

  @Override
  protected void refuseLength() {
    String bound = "it is longer than " + MAX_REQUEST_BYTES + " bytes: name fewer services";
    sendLast(failure("cannot read the request: " + bound));
  }

  /** Whoever it is may neither ask nor order. */
  void refuseUser() {
    sendLast(failure("only root and the user that Gatun runs as may do that"));
  }

  private static byte[] failure(String error) {
    return new JsonText()
        .beginObject()
        .member("ok", false)
        .member("error", error)
        .endObject()
        .line();
  }

  private static byte[] success() {
    return new JsonText().beginObject().member("ok", true).endObject().line();
  }

  private void answer(Request request) {
    State state = controlled.state();
    Optional<OsString> unknown = unknown(state, request.services());
    if (unknown.isPresent()) {
      String problem = ": there is no such service: gatun status lists all";
      String what = request.what() == Request.What.STATUS ? "show" : request.what().toString();
      send(failure("cannot " + what + " " + unknown.get() + problem));
      return;
    }
    switch (request.what()) {
      case STATUS -> send(status(state, request));
      case START, STOP, RESTART, SIGNAL -> {
        controlled.order(request);
        send(success());
      }
      case SHUTDOWN -> {
        controlled.shutDown(request.code());
        send(success());
      }
      case WAIT -> {
        waiting = request;
        until = Deadline.after(wire().nowNanos(), request.timeoutNanos());
        lookAt(state);
      }
      case WATCH -> {
        waiting = request;
        tell(state);
      }
      case LOGS -> {
        lines = new RecentLines(wire().shell().output());
        waiting = request;
        tellLines();
      }
    }
  }

  private byte[] status(State state, Request request) {
    return request.services().isEmpty()
        ? controlled.status().of(state)
        : controlled.status().of(state, service -> isNamed(service, request.services()));
  }

  private static Optional<OsString> unknown(State state, List<OsString> names) {
    for (OsString name : names) {
      if (Controlled.find(state, name).isEmpty()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static boolean isNamed(ServiceState state, List<OsString> names) {
    for (OsString name : names) {
      if (state.id().name().value().equals(name) || state.id().toString().equals(name.toString())) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected boolean isWaiting() {
    return waiting != null;
  }

  @Override
  protected void lookAt(State state) {
    switch (waiting.what()) {
      case WAIT -> lookWhether(state);
      case WATCH -> {
        if (state != told && !(tellAt.atNanos() > wire().nowNanos() && told != null)) {
          tell(state);
        }
      }
      default -> tellLines();
    }
  }

  private void lookWhether(State state) {
    String open = open(state);
    if (open == null) {
      waiting = null;
      send(success());
    } else if (until.isDue(wire().nowNanos())) {
      waiting = null;
      JsonText json = new JsonText().beginObject().member("ok", false).member("timedOut", true);
      send(json.member("error", "the time to wait is over: " + open).endObject().line());
    }
  }

  /** What is still waited for, or null. */
  private String open(State state) {
    for (OsString name : waiting.services()) {
      Optional<ServiceState> found = Controlled.find(state, name);
      boolean isDown = found.isEmpty() || Condition.isDown(found.get());
      if (waiting.until() == Request.Until.DOWN && !isDown) {
        return name + " is " + Condition.of(found.get());
      }
      if (waiting.until() == Request.Until.READY && (found.isEmpty() || !found.get().isReady())) {
        return name + (found.isEmpty() ? " is gone" : problem(found.get()));
      }
    }
    return null;
  }

  private static String problem(ServiceState state) {
    String failure = state.standing().failure();
    return " is not ready" + (failure.isEmpty() ? "" : ": it " + failure);
  }

  private void tell(State state) {
    told = state;
    tellAt = Deadline.after(wire().nowNanos(), PAUSE_NANOS);
    send(status(state, waiting));
  }

  private void tellLines() {
    if (lines.hasMore()) {
      Set<String> names = new HashSet<>();
      for (OsString name : waiting.services()) {
        names.add(name.toString());
      }
      byte[] taken = lines.take(names);
      if (taken.length > 0) {
        send(taken);
      }
    }
    if (!waiting.follow() && !isWriting()) {
      waiting = null;
      sendLast(success());
    }
  }

  @Override
  protected Deadline nextLook() {
    return switch (waiting.what()) {
      case WAIT -> until;
      case WATCH -> controlled.state() == told ? Deadline.NEVER : tellAt;
      default -> waiting.follow() ? Deadline.NEVER : new Deadline(wire().nowNanos());
    };
  }
}
