package dev.gatun.layout;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonValue;
import dev.gatun.json.JsonValue.Kind;
import dev.gatun.kernel.FileTree;
import dev.gatun.kernel.NumericAddress;
import dev.gatun.model.OsString;
import dev.gatun.model.User;
import dev.gatun.plan.Probe;
import dev.gatun.plan.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What service.json says of programs and probes: whose they are, and what they are given. */
final class ServicePrograms {
  private static final OsString HOSTS = OsString.of("/etc/hosts");
  private static final int MAX_FILE_BYTES = 1024 * 1024;
  private static final int MAX_PORT = 65_535;
  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long USUAL_TIMEOUT_NANOS = 3 * NANOS_A_SECOND;
  private static final String USUAL_HOST = "127.0.0.1";
  private static final int USUAL_HTTP_PORT = 80;

  private final FileTree files;
  private final OsString searchPath;
  private final ServiceMembers members;

  /**
   * @param searchPath where programs are looked for that are written without a slash
   */
  ServicePrograms(FileTree files, OsString searchPath, ServiceMembers members) {
    this.files = files;
    this.searchPath = searchPath;
    this.members = members;
  }

  /** A program and its arguments, as an array of strings. */
  Program program(JsonValue words, OsString directory) throws JsonException {
    String allowed = "write an array of strings: the program's path and its arguments";
    List<OsString> all = new ArrayList<>();
    for (JsonValue word : words.mustBe(Kind.ARRAY, allowed).items()) {
      all.add(OsString.of(ServiceMembers.string(word, allowed)));
    }
    if (all.isEmpty() || all.getFirst().isEmpty()) {
      throw words.wrong("it names no program", allowed);
    }
    OsString path = all.getFirst();
    if (path.indexOf('/') < 0) {
      path = onThePath(words.items().getFirst());
    }
    return new Program(directory.resolveAbsolute(path), all.subList(1, all.size()), directory);
  }

  private OsString onThePath(JsonValue name) throws JsonException {
    for (String directory : searchPath.toString().split(":")) {
      OsString candidate = OsString.of(directory).resolve(name.text());
      if (directory.startsWith("/") && files.exists(candidate)) {
        return candidate;
      }
    }
    throw name.wrong(
        "there is no program " + name.text() + " in PATH=" + searchPath,
        "install it, or give its path");
  }

  /**
   * A question that is asked again and again.
   *
   * @param usualSeconds how often it is asked where nothing says so
   */
  Probe probe(ServiceMembers asked, int usualSeconds) throws JsonException {
    Probe.Check check;
    if (asked.has("run")) {
      OsString directory = members.absolute("directory").orElse(OsString.of("/"));
      Program program = program(asked.get("run"), directory);
      check = new Probe.Run(program.as(user(), variables()));
    } else if (asked.has("tcp")) {
      check = tcp(asked.get("tcp"));
    } else {
      check = http(asked.get("http"));
    }
    return new Probe(
        check,
        asked.nanos("every", usualSeconds * NANOS_A_SECOND),
        asked.nanos("timeout", USUAL_TIMEOUT_NANOS));
  }

  /** As /etc/hosts has it: nobody is asked over the network. */
  private String inNumbers(String host, JsonValue place) throws JsonException {
    if (NumericAddress.parse(host) != null) {
      return host;
    }
    if (host.equals("localhost")) {
      return USUAL_HOST;
    }
    String[] lines = new String[0];
    try {
      byte[] hosts = files.read(HOSTS, MAX_FILE_BYTES);
      lines = new String(hosts, StandardCharsets.ISO_8859_1).split("\n");
    } catch (IOException e) {
      // Without the file there are no names.
    }
    for (String line : lines) {
      int remark = line.indexOf('#');
      String entry = remark < 0 ? line : line.substring(0, remark);
      List<String> words = List.of(entry.trim().split("\\s+"));
      if (words.lastIndexOf(host) > 0 && NumericAddress.parse(words.getFirst()) != null) {
        return words.getFirst();
      }
    }
    throw place.wrong(
        "the host " + host + " is not in " + HOSTS,
        "write its address in numbers: Gatun asks no name server");
  }

  private Probe.Tcp tcp(JsonValue value) throws JsonException {
    if (value.is(Kind.NUMBER)) {
      return new Probe.Tcp(USUAL_HOST, (int) value.wholeNumber(1, MAX_PORT));
    }
    String allowed = "write a port, or \"HOST:PORT\"";
    String text = ServiceMembers.string(value, allowed);
    int colon = text.lastIndexOf(':');
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (colon <= 0 || port < 0) {
      throw value.wrong("there is " + text, allowed);
    }
    return new Probe.Tcp(inNumbers(withoutBrackets(text.substring(0, colon)), value), port);
  }

  private Probe.Http http(JsonValue value) throws JsonException {
    String scheme = "http://";
    String allowed = "write \"http://HOST:PORT/PATH\"";
    String text = ServiceMembers.string(value, allowed);
    if (!text.startsWith(scheme) || text.chars().anyMatch(each -> each <= ' ' || each > '~')) {
      throw value.wrong("there is " + text, allowed);
    }
    String place = text.substring(scheme.length());
    int slash = place.indexOf('/');
    String path = slash < 0 ? "/" : place.substring(slash);
    String authority = slash < 0 ? place : place.substring(0, slash);
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon >= 0 && authority.indexOf(']', colon) < 0;
    int port = hasPort ? port(authority.substring(colon + 1)) : USUAL_HTTP_PORT;
    String host = hasPort ? authority.substring(0, colon) : authority;
    if (host.isEmpty() || port < 0 || host.indexOf('@') >= 0 || path.indexOf('#') >= 0) {
      throw value.wrong("there is " + text, allowed);
    }
    return new Probe.Http(inNumbers(withoutBrackets(host), value), port, path);
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String digits) {
    try {
      int port = Integer.parseInt(digits);
      return port < 1 || port > MAX_PORT || digits.charAt(0) == '+' ? -1 : port;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whom the service acts as, from /etc/passwd and /etc/group. */
  Optional<User> user() throws JsonException {
    if (!members.has("user")) {
      return Optional.empty();
    }
    String allowed = "write a user, or \"USER:GROUP\", by name or number";
    String text = members.string("user", allowed);
    return Optional.of(new UserFiles(files).find(members.get("user"), text, allowed));
  }

  /** How its environment differs: the file's variables first, then those that are written. */
  List<OsString> variables() throws JsonException {
    List<OsString> changes = new ArrayList<>();
    Optional<OsString> file = members.absolute("environmentFile");
    if (file.isPresent()) {
      addAll(changes, file.get());
    }
    if (!members.has("environment")) {
      return changes;
    }
    JsonValue environment =
        members.get("environment").mustBe(Kind.OBJECT, "write an object: {\"PORT\": \"8080\"}");
    for (Map.Entry<String, JsonValue> member : environment.members().entrySet()) {
      String name = member.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        throw member.getValue().wrong("no variable is called " + name, "write another name");
      }
      boolean isGone = member.getValue().is(Kind.NULL);
      String value =
          isGone
              ? ""
              : "=" + ServiceMembers.string(member.getValue(), "write a string, or null for none");
      changes.add(OsString.of(name + value));
    }
    return changes;
  }

  /** As env files of containers are: NAME=VALUE lines, nothing quoted, # for remarks. */
  private void addAll(List<OsString> changes, OsString file) throws JsonException {
    byte[] bytes;
    try {
      bytes = files.read(file, MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      throw members
          .get("environmentFile")
          .wrong("it cannot be read: " + e.getMessage(), "make it a file that Gatun may read");
    }
    if (bytes.length > MAX_FILE_BYTES) {
      throw members.get("environmentFile").wrong("it is too long", "write at most 1 MiB");
    }
    int number = 0;
    for (OsString line : lines(bytes)) {
      number++;
      if (line.isEmpty() || line.byteAt(0) == '#') {
        continue;
      }
      if (line.indexOf('=') <= 0 || line.indexOf('\0') >= 0) {
        throw members
            .get("environmentFile")
            .wrong("its line " + number + " is no NAME=VALUE", "correct it, or begin it with #");
      }
      changes.add(line);
    }
  }

  private static List<OsString> lines(byte[] bytes) {
    List<OsString> lines = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        int end = at > begin && bytes[at - 1] == '\r' ? at - 1 : at;
        lines.add(OsString.ofBytes(bytes, begin, end - begin));
        begin = at + 1;
      }
    }
    return lines;
  }
}
