package dev.gatun.clients;

import dev.gatun.json.JsonText;
import dev.gatun.kernel.Kernel;
import dev.gatun.machine.State;
import dev.gatun.machine.container.Container;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.ServiceStatus;
import dev.gatun.output.Timestamp;
import dev.gatun.plan.After;
import dev.gatun.plan.Service;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * What all services are doing, as a JSON object. Nothing in it changes with time alone, so that it
 * is made once for a state.
 */
public final class StatusDocument {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final Kernel kernel;
  private final Tally tally;
  private State shown;
  private byte[] line;

  public StatusDocument(Kernel kernel, Tally tally) {
    this.kernel = kernel;
    this.tally = tally;
  }

  /** All services, as a line. */
  public byte[] of(State state) {
    if (state != shown) {
      shown = state;
      line = of(state, service -> true);
    }
    return line;
  }

  /** Those that are wanted, as a line. */
  public byte[] of(State state, Predicate<ServiceState> wanted) {
    JsonText json = new JsonText().beginObject().member("ok", true);
    json.name("container").beginObject();
    json.member("state", container(state));
    json.member("pid", kernel.processId());
    json.member("ready", Condition.isReady(state));
    json.endObject().name("services").beginArray();
    long toEpochMillis = kernel.realtimeMillis() - kernel.monotonicNanos() / NANOS_A_MILLI;
    for (int i = 0; i < state.services().size(); i++) {
      ServiceState service = state.services().get(i);
      if (wanted.test(service)) {
        put(json, service, toEpochMillis);
      }
    }
    return json.endArray().endObject().line();
  }

  private static String container(State state) {
    if (state.isRunning()) {
      return "running";
    }
    return state.container() instanceof Container.Over ? "over" : "stopping";
  }

  private void put(JsonText json, ServiceState state, long toEpochMillis) {
    Service service = state.service();
    ServiceStatus status = state.status();
    json.beginObject();
    json.member("service", service.id().name().toString());
    json.member("stage", service.id().stage().label());
    json.member("kind", service.kind() == Service.Kind.ONESHOT ? "oneshot" : "longrun");
    json.member("state", Condition.of(state).toString());
    json.member("wanted", status.wanted() == ServiceStatus.Wanted.UP ? "up" : "down");
    if (status.pid() != ServiceStatus.NO_PID) {
      json.member("pid", status.pid());
    }
    json.member("since", time(status.sinceNanos() / NANOS_A_MILLI + toEpochMillis));
    if (state.showsReadiness()) {
      json.member("ready", state.isReady());
    }
    if (service.health().isPresent() && state.isReady()) {
      json.member("healthy", !state.isUnhealthy());
    }
    if (!state.standing().failure().isEmpty()) {
      json.member("problem", state.standing().failure());
    }
    Tally.Counts counts = tally.of(service.id());
    json.member("restarts", Math.max(0, counts.starts() - 1));
    if (!service.after().isEmpty()) {
      json.name("after").beginArray();
      for (After after : service.after()) {
        json.value(after.service().name().toString());
      }
      json.endArray();
    }
    if (status.lastEnd().isPresent()) {
      put(json.name("lastExit"), status.lastEnd().get());
    }
    json.endObject();
  }

  private static void put(JsonText json, ExitStatus status) {
    json.beginObject();
    if (status instanceof ExitStatus.Exited exited) {
      json.member("code", exited.code());
    } else if (status instanceof ExitStatus.Signaled killed) {
      json.member("signal", killed.signal().toString());
    }
    json.endObject();
  }

  private static String time(long epochMillis) {
    Timestamp time = new Timestamp();
    time.set(epochMillis);
    return new String(time.text(), StandardCharsets.US_ASCII);
  }
}
