package dev.gatun.cli;

import dev.gatun.json.JsonValue;
import dev.gatun.linux.ServiceUsage;
import dev.gatun.linux.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code gatun status} prints: a line a service, those first that others come after. */
final class StatusTable {
  private static final String[] HEAD = {
    "SERVICE", "STATE", "SINCE", "PID", "RESTARTS", "READY", "HEALTHY", "CPU", "MEMORY"
  };
  private static final String RESET = "\u001b[0m";
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  private final int gatun;
  private final boolean colours;
  private final boolean clears;

  private StatusTable(int gatun, boolean colours, boolean clears) {
    this.gatun = gatun;
    this.colours = colours;
    this.clears = clears;
  }

  /**
   * @param gatun its pid, as this process sees it; 0 where it does not
   * @param watch whether one table is drawn after the other
   */
  static StatusTable of(int gatun, boolean watch) {
    boolean isTerminal = Terminal.isStdout();
    boolean colours = isTerminal && System.getenv("NO_COLOR") == null;
    return new StatusTable(gatun, colours, isTerminal && watch);
  }

  /** Whether all that are shown are as they are meant to be. */
  static boolean isAsWanted(JsonValue document) {
    for (JsonValue service : document.members().get("services").items()) {
      String state = text(service, "state");
      boolean isWell = state.equals("up") || state.equals("done");
      boolean isUnfit =
          text(service, "ready").equals("false") || text(service, "healthy").equals("false");
      if (!isWell && text(service, "wanted").equals("up") || isUnfit) {
        return false;
      }
    }
    return true;
  }

  private static String text(JsonValue service, String member) {
    JsonValue value = service.members().get(member);
    return value == null ? "" : value.text();
  }

  String draw(JsonValue document) {
    List<JsonValue> services = inOrder(document.members().get("services").items());
    Map<String, JsonValue> container = document.members().get("container").members();
    // Another pid namespace has other numbers.
    boolean sees = container.get("pid").text().equals(String.valueOf(gatun));
    ServiceUsage usage = sees ? ServiceUsage.read() : ServiceUsage.NONE;
    List<String[]> rows = new ArrayList<>();
    rows.add(HEAD);
    for (JsonValue service : services) {
      rows.add(row(service, usage));
    }
    int[] widths = new int[HEAD.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder(clears ? HOME_AND_CLEAR : "");
    if (!container.get("state").text().equals("running")) {
      text.append("the container is ").append(container.get("state").text()).append('\n');
    }
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i), widths, i == 0 ? null : services.get(i - 1));
    }
    return text.toString();
  }

  private void append(StringBuilder text, String[] row, int[] widths, JsonValue service) {
    for (int i = 0; i < row.length; i++) {
      boolean isLast = i == row.length - 1;
      String padding = isLast ? "" : " ".repeat(widths[i] - row[i].length() + 2);
      String colour = colours ? colour(i, row[i], service) : "";
      text.append(colour).append(row[i]).append(colour.isEmpty() ? "" : RESET).append(padding);
    }
    while (text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    text.append('\n');
  }

  private static String colour(int column, String value, JsonValue service) {
    if (service == null) {
      return "\u001b[1m";
    }
    boolean isState = column == 1;
    return switch (value) {
      case "up", "done" -> isState ? "\u001b[32m" : "";
      case "failed", "no" -> "\u001b[31m";
      case "waiting", "stopping", "finishing" -> isState ? "\u001b[33m" : "";
      case "down" -> isState ? "\u001b[2m" : "";
      default -> "";
    };
  }

  private static String[] row(JsonValue service, ServiceUsage usage) {
    String stage = text(service, "stage");
    boolean isPlain = stage.equals("run") || stage.equals("main");
    String pid = text(service, "pid");
    return new String[] {
      printable(text(service, "service")) + (isPlain ? "" : "/" + stage),
      text(service, "state"),
      since(text(service, "since")),
      orDash(pid),
      text(service, "restarts"),
      yesOrNo(text(service, "ready")),
      yesOrNo(text(service, "healthy")),
      orDash(pid.isEmpty() ? "" : usage.cpu(pid)),
      orDash(pid.isEmpty() ? "" : usage.memory(pid))
    };
  }

  /** Names are what somebody called a directory: they do nothing to a terminal. */
  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(each -> text.appendCodePoint(Character.isISOControl(each) ? '?' : each));
    return text.toString();
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String yesOrNo(String truth) {
    return switch (truth) {
      case "true" -> "yes";
      case "false" -> "no";
      default -> "-";
    };
  }

  /** How long ago, in the two largest units: 3 min 5 s. */
  private static String since(String instant) {
    long seconds = Math.max(0, Duration.between(Instant.parse(instant), Instant.now()).toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (days > 0) {
      return days + " d " + hours % 24 + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes % 60 + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
  }

  /** Those first that others are started after; otherwise as they came, by name. */
  private static List<JsonValue> inOrder(List<JsonValue> services) {
    Map<String, JsonValue> byName = new HashMap<>();
    for (JsonValue service : services) {
      byName.putIfAbsent(text(service, "service"), service);
    }
    List<JsonValue> ordered = new ArrayList<>();
    List<JsonValue> begun = new ArrayList<>();
    for (JsonValue service : services) {
      add(service, byName, ordered, begun);
    }
    return ordered;
  }

  private static void add(
      JsonValue service,
      Map<String, JsonValue> byName,
      List<JsonValue> ordered,
      List<JsonValue> begun) {
    if (begun.contains(service)) {
      return;
    }
    begun.add(service);
    JsonValue after = service.members().get("after");
    for (JsonValue name : after == null ? List.<JsonValue>of() : after.items()) {
      JsonValue before = byName.get(name.text());
      if (before != null) {
        add(before, byName, ordered, begun);
      }
    }
    ordered.add(service);
  }
}
