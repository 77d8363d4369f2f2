package dev.gatun.cli;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonReader;
import dev.gatun.json.JsonText;
import dev.gatun.json.JsonValue;
import dev.gatun.linux.ClientSocket;
import dev.gatun.linux.LinuxEnvironment;
import dev.gatun.linux.LinuxSignals;
import dev.gatun.model.Level;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code gatun status}, {@code start}, {@code stop} and their kin: asks the Gatun that runs the
 * container, through its socket.
 */
final class ControlCommand {
  static final int OK = 0;
  private static final int REFUSED = 1;
  private static final int UNUSABLE = 2;
  private static final int NOT_YET = 3;
  private static final int NOBODY = 4;
  private static final long MAX_SECONDS = 999_999_999;
  private static final long MILLIS = 1000;

  private final String name;
  private final List<String> services = new ArrayList<>();
  private final JsonText request = new JsonText();
  private boolean json;
  private boolean watch;

  /** Arguments that cannot be used. */
  private static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  private ControlCommand(String name) {
    this.name = name;
  }

  static boolean isOne(String name) {
    return ControlHelp.isOne(name);
  }

  /** Runs it with the arguments behind its name; answers the exit code. */
  static int run(String name, List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return Main.print(ControlHelp.of(name));
    }
    LinuxSignals.unblock();
    OsString path = ControlPath.of(LauncherEnvironment.restore(LinuxEnvironment.read()));
    try {
      ControlCommand command = new ControlCommand(name);
      command.take(arguments);
      if (path == null) {
        return say(NOBODY, "cannot " + name + ": GATUN_CONTROL=off: unset it here and there");
      }
      return command.ask(path);
    } catch (UsageException e) {
      return say(UNUSABLE, e.getMessage() + ": see gatun " + name + " --help");
    } catch (ClientSocket.ConnectException e) {
      String advice =
          "run it in the container, as root or as Gatun's user; GATUN_CONTROL names another socket";
      return say(NOBODY, "cannot reach Gatun at " + path + ": " + e.getMessage() + ": " + advice);
    } catch (JsonException e) {
      return say(NOBODY, "cannot read the answer at " + path + ": " + e.getMessage());
    }
  }

  private static int say(int code, String text) {
    Main.say(Level.ERROR, text);
    return code;
  }

  private void take(List<String> arguments) throws UsageException {
    request.beginObject();
    String signal = null;
    boolean follow = false;
    int at = 0;
    if (name.equals("signal")) {
      if (arguments.isEmpty()) {
        throw new UsageException("the signal is missing");
      }
      signal = arguments.get(at++);
    }
    for (; at < arguments.size(); at++) {
      String argument = arguments.get(at);
      String value = at + 1 < arguments.size() ? arguments.get(at + 1) : null;
      if (!argument.startsWith("-") && !argument.isEmpty() && !name.equals("shutdown")) {
        services.add(argument);
      } else if (takeFlag(argument)) {
        follow |= name.equals("logs");
      } else if (takeValue(argument, value)) {
        at++;
      } else {
        throw new UsageException("cannot use the argument " + argument);
      }
    }
    request.member("do", watch ? "watch" : name);
    if (signal != null) {
      request.member("signal", signal);
    }
    if (follow) {
      request.member("follow", true);
    }
    boolean needsNames = !name.equals("status") && !name.equals("logs") && !name.equals("shutdown");
    if (needsNames && services.isEmpty()) {
      throw new UsageException("the name of a service is missing");
    }
    if (!services.isEmpty()) {
      request.name("services").beginArray();
      services.forEach(request::value);
      request.endArray();
    }
    request.endObject();
  }

  private boolean takeFlag(String argument) {
    switch (name + " " + argument) {
      case "status --json" -> json = true;
      case "status --watch" -> watch = true;
      case "logs -f", "logs --follow" -> {
        // What is said of it stands in the request.
      }
      case "start --only", "stop --only", "restart --only" -> request.member("only", true);
      case "wait --ready" -> request.member("for", "ready");
      case "wait --down" -> request.member("for", "down");
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean takeValue(String argument, String value) throws UsageException {
    boolean isTimeout = name.equals("wait") && argument.equals("--timeout");
    boolean isCode = name.equals("shutdown") && argument.equals("--code");
    if (!isTimeout && !isCode) {
      return false;
    }
    long most = isTimeout ? MAX_SECONDS : 255;
    String allowed = "write " + argument + " and a whole number, 0 to " + most;
    long number;
    try {
      number = value == null ? -1 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      number = -1;
    }
    if (number < 0 || number > most) {
      throw new UsageException(allowed);
    }
    request.member(isTimeout ? "timeoutMillis" : "code", isTimeout ? number * MILLIS : number);
    return true;
  }

  private int ask(OsString path) throws ClientSocket.ConnectException, JsonException {
    try (ClientSocket socket = ClientSocket.connect(path)) {
      socket.send(request.line());
      return switch (name) {
        case "status" -> status(socket);
        case "logs" -> logs(socket);
        default -> outcome(socket.readLine());
      };
    }
  }

  private int outcome(byte[] line) throws JsonException {
    if (line == null) {
      // Who ends the container may hear nothing more of it.
      return name.equals("shutdown") ? OK : say(NOBODY, "cannot " + name + ": Gatun has ended");
    }
    Map<String, JsonValue> members = JsonReader.read(line).members();
    if (isTrue(members.get("ok"))) {
      return OK;
    }
    JsonValue error = members.get("error");
    String text = error == null ? "Gatun gives no reason" : error.text();
    return say(isTrue(members.get("timedOut")) ? NOT_YET : REFUSED, text);
  }

  private static boolean isTrue(JsonValue value) {
    return value != null && value.text().equals("true");
  }

  private int status(ClientSocket socket) throws ClientSocket.ConnectException, JsonException {
    StatusTable table = StatusTable.of(socket.peerProcess(), watch);
    byte[] line = socket.readLine();
    int code = NOBODY;
    while (line != null) {
      JsonValue document = JsonReader.read(line);
      if (!isTrue(document.members().get("ok"))) {
        return outcome(line);
      }
      if (json) {
        System.out.write(line, 0, line.length);
        System.out.write('\n');
      } else {
        System.out.print(table.draw(document));
      }
      System.out.flush();
      code = StatusTable.isAsWanted(document) ? OK : NOT_YET;
      if (!watch || System.out.checkError()) {
        return services.isEmpty() ? OK : code;
      }
      line = socket.readLine();
    }
    return code == NOBODY ? outcome(null) : OK;
  }

  private int logs(ClientSocket socket) throws ClientSocket.ConnectException, JsonException {
    for (byte[] line = socket.readLine(); line != null; line = socket.readLine()) {
      Map<String, JsonValue> members = JsonReader.read(line).members();
      JsonValue text = members.get("line");
      JsonValue lost = members.get("lost");
      if (text != null) {
        Main.print(text.text() + "\n");
      } else if (lost != null) {
        Main.say(Level.WARNING, lost.text() + " bytes of the log came too quickly for this reader");
      } else {
        return outcome(line);
      }
      if (System.out.checkError()) {
        return OK;
      }
    }
    return OK;
  }
}
