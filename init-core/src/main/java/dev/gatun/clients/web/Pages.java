package dev.gatun.clients.web;

import dev.gatun.clients.Condition;
import dev.gatun.clients.StatusDocument;
import dev.gatun.machine.State;
import dev.gatun.machine.service.ServiceState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What there is at which path, drawn from the state at the end of the last turn. */
final class Pages {
  private static final int NOT_FOUND = 404;
  private static final int NOT_READY = 503;

  /** Its style and its script are in it; it may ask for /status, and for nothing else. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final StatusDocument status;
  private final Metrics metrics;
  private State state;

  Pages(StatusDocument status, Metrics metrics, State state) {
    this.status = status;
    this.metrics = metrics;
    this.state = state;
  }

  void become(State now) {
    state = now;
  }

  Answer answer(HttpRequest request) {
    if (request.status() != HttpRequest.OK) {
      return Answer.refusal(request.status());
    }
    return switch (request.path()) {
      case "/livez" -> Answer.text(HttpRequest.OK, "ok\n");
      case "/readyz" -> readiness(request.query().equals("verbose"));
      case "/status" -> Answer.of("application/json", status.of(state));
      case "/metrics" -> metrics.answer(state, request.accept().contains("openmetrics"));
      case "/" -> new Answer(HttpRequest.OK, "text/html; charset=utf-8", PAGE_POLICY, page());
      default -> Answer.refusal(NOT_FOUND);
    };
  }

  private Answer readiness(boolean verbose) {
    boolean isReady = Condition.isReady(state);
    StringBuilder text = new StringBuilder(isReady ? "ok\n" : "not ready\n");
    if (verbose && !state.isRunning()) {
      text.append("the container ends\n");
    }
    for (int i = 0; verbose && i < state.services().size(); i++) {
      ServiceState service = state.services().get(i);
      if (service.showsReadiness()) {
        text.append(service.id().name())
            .append(": ")
            .append(service.isReady() ? "ready" : "not ready, " + Condition.of(service))
            .append('\n');
      }
    }
    return Answer.text(isReady ? HttpRequest.OK : NOT_READY, text.toString());
  }

  private static byte[] page() {
    try (InputStream page = Pages.class.getResourceAsStream("page.html")) {
      return page.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
