package dev.gatun.clients.web;

import dev.gatun.clients.Condition;
import dev.gatun.clients.Tally;
import dev.gatun.kernel.Kernel;
import dev.gatun.machine.State;
import dev.gatun.machine.orphan.Orphan;
import dev.gatun.machine.service.ServiceState;
import dev.gatun.model.ServiceStatus;
import dev.gatun.output.OutputPlane;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Numbers, as Prometheus reads them: in OpenMetrics where that is asked for, and in the older text
 * format otherwise. They differ in the names of counters and in the last line.
 *
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
final class Metrics {
  private static final String OPEN = "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String OLD = "text/plain; version=0.0.4; charset=utf-8";
  private static final double NANOS_A_SECOND = 1e9;
  private static final double MILLIS_A_SECOND = 1e3;
  private static final long NANOS_A_MILLI = 1_000_000;

  /** Upper bounds of the loop's turns, in nanoseconds. */
  private static final long[] BOUNDS = {
    100_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000, 1_000_000_000
  };

  /** The same in seconds, as they are written. */
  private static final String[] BOUNDS_SECONDS = {
    "0.0001", "0.001", "0.005", "0.01", "0.05", "0.1", "1.0"
  };

  private final Kernel kernel;
  private final OutputPlane output;
  private final Tally tally;
  private final Uses uses;
  private final long[] turns = new long[BOUNDS.length + 1];
  private long turnNanos;

  /** What the processes of services use. */
  interface Uses {
    /** Looks at them anew, if that was long ago. */
    void look(long nowNanos);

    /**
     * The processor time, in seconds, of what the process of that pid has begun; negative where
     * unknown.
     */
    double cpuSeconds(int pid);

    /** Its resident memory, in bytes; negative where unknown. */
    long memoryBytes(int pid);
  }

  Metrics(Kernel kernel, OutputPlane output, Tally tally, Uses uses) {
    this.kernel = kernel;
    this.output = output;
    this.tally = tally;
    this.uses = uses;
  }

  /** A turn has taken so long. */
  void turned(long nanos) {
    int at = 0;
    while (at < BOUNDS.length && nanos > BOUNDS[at]) {
      at++;
    }
    turns[at]++;
    turnNanos += nanos;
  }

  Answer answer(State state, boolean isOpen) {
    Text text = new Text(isOpen);
    uses.look(kernel.monotonicNanos());
    services(text, state);
    exits(text, state);
    output(text);
    loop(text);
    String all = text + (isOpen ? "# EOF\n" : "");
    return Answer.of(isOpen ? OPEN : OLD, all.getBytes(StandardCharsets.UTF_8));
  }

  private void services(Text text, State state) {
    long epochMillis = kernel.realtimeMillis() - kernel.monotonicNanos() / NANOS_A_MILLI;
    text.gauge("gatun_ready", "Whether all services that show readiness are ready.");
    text.sample("gatun_ready", "", Condition.isReady(state) ? 1 : 0);
    text.gauge("gatun_service_up", "Whether the service's program runs.");
    for (ServiceState service : state.services()) {
      text.sample("gatun_service_up", label(service), service.up().isPresent() ? 1 : 0);
    }
    text.gauge("gatun_service_ready", "Whether the service is ready, where it shows that.");
    for (ServiceState service : state.services()) {
      if (service.showsReadiness()) {
        text.sample("gatun_service_ready", label(service), service.isReady() ? 1 : 0);
      }
    }
    text.gauge("gatun_service_healthy", "Whether the service is healthy, where it is watched.");
    for (ServiceState service : state.services()) {
      if (service.service().health().isPresent()) {
        boolean isHealthy = service.isReady() && !service.isUnhealthy();
        text.sample("gatun_service_healthy", label(service), isHealthy ? 1 : 0);
      }
    }
    text.counter("gatun_service_restarts", "How often the service was started again.");
    for (ServiceState service : state.services()) {
      long starts = tally.of(service.id()).starts();
      text.count("gatun_service_restarts", label(service), Math.max(0, starts - 1));
    }
    text.gauge("gatun_service_start_time_seconds", "When its program was started last.");
    for (ServiceState service : state.services()) {
      ServiceStatus status = service.status();
      if (service.up().isPresent()) {
        double millis = (double) (status.sinceNanos() / NANOS_A_MILLI + epochMillis);
        text.sample("gatun_service_start_time_seconds", label(service), millis / MILLIS_A_SECOND);
      }
    }
    usage(text, state);
  }

  private void usage(Text text, State state) {
    text.counter("gatun_service_cpu_seconds", "Processor time of the service's processes.");
    for (ServiceState service : state.services()) {
      double seconds = uses.cpuSeconds(service.status().pid());
      if (service.up().isPresent() && seconds >= 0) {
        text.count("gatun_service_cpu_seconds", label(service), seconds);
      }
    }
    text.gauge("gatun_service_memory_bytes", "Resident memory of the service's processes.");
    for (ServiceState service : state.services()) {
      long bytes = uses.memoryBytes(service.status().pid());
      if (service.up().isPresent() && bytes >= 0) {
        text.sample("gatun_service_memory_bytes", label(service), bytes);
      }
    }
  }

  private void exits(Text text, State state) {
    text.counter("gatun_service_exits", "How often the service's program ended, and how.");
    for (ServiceState service : state.services()) {
      for (Map.Entry<String, Long> exit : tally.of(service.id()).exits().entrySet()) {
        text.count("gatun_service_exits", label(service) + "," + exit.getKey(), exit.getValue());
      }
    }
    text.counter("gatun_orphans_reaped", "Reparented processes whose end was seen.");
    text.count("gatun_orphans_reaped", "", tally.orphansReaped());
    text.gauge("gatun_orphans", "Reparented processes that are alive.");
    text.sample("gatun_orphans", "", orphans(state));
  }

  private static int orphans(State state) {
    int count = 0;
    for (Orphan orphan : state.orphans()) {
      count += orphan == null ? 0 : 1;
    }
    return count;
  }

  private void output(Text text) {
    text.counter("gatun_output_bytes", "Bytes written to standard output and standard error.");
    text.count("gatun_output_bytes", "stream=\"stdout\"", output.recentStdout().end());
    text.count("gatun_output_bytes", "stream=\"stderr\"", output.recentStderr().end());
  }

  private void loop(Text text) {
    text.histogram("gatun_loop_turn_seconds", "How long turns of the loop took.");
    long count = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      count += turns[i];
      String bound = "le=\"" + BOUNDS_SECONDS[i] + "\"";
      text.sample("gatun_loop_turn_seconds_bucket", bound, count);
    }
    count += turns[BOUNDS.length];
    text.sample("gatun_loop_turn_seconds_bucket", "le=\"+Inf\"", count);
    text.sample("gatun_loop_turn_seconds_sum", "", turnNanos / NANOS_A_SECOND);
    text.sample("gatun_loop_turn_seconds_count", "", count);
  }

  /** Names may have any bytes: what would end the label is escaped. */
  private static String label(ServiceState service) {
    String name = service.id().name().toString();
    String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "service=\"" + escaped + "\",stage=\"" + service.id().stage().label() + "\"";
  }

  /** Lines of either format. */
  private static final class Text {
    private final StringBuilder text = new StringBuilder();
    private final boolean isOpen;

    Text(boolean isOpen) {
      this.isOpen = isOpen;
    }

    void gauge(String name, String help) {
      head(name, help, "gauge");
    }

    void histogram(String name, String help) {
      head(name, help, "histogram");
    }

    void counter(String name, String help) {
      head(isOpen ? name : name + "_total", help, "counter");
    }

    private void head(String name, String help, String type) {
      text.append("# HELP ").append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void count(String name, String labels, double value) {
      sample(name + "_total", labels, value);
    }

    void sample(String name, String labels, double value) {
      text.append(name);
      if (!labels.isEmpty()) {
        text.append('{').append(labels).append('}');
      }
      boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
      text.append(' ').append(isWhole ? String.valueOf((long) value) : String.valueOf(value));
      text.append('\n');
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
