package dev.gatun.layout;

import dev.gatun.kernel.FileWriter;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.Environment;
import dev.gatun.model.JsonEscape;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An environment that is kept in files, as baseimage-docker has it: in the directory {@code
 * container_environment} one a variable, called as the variable is, with the value in it; one
 * newline at the end does not count. Beside the directory there are two files with all of it, for
 * shells and in JSON. Without the directory nothing is read or written.
 */
public final class ContainerEnvironment implements EnvironmentDirectory {
  private static final String NAME = "container_environment";

  /** The kernel takes no longer entry. */
  private static final int MAX_BYTES = 128 * 1024;

  /** These are different for each user, so that nobody is given those of another. */
  private static final Set<OsString> NOT_KEPT =
      Set.of(
          OsString.of("HOME"),
          OsString.of("USER"),
          OsString.of("GROUP"),
          OsString.of("UID"),
          OsString.of("GID"),
          OsString.of("SHELL"));

  private final ProgramFiles files;
  private final OsString directory;

  /**
   * @param parent the directory that all of it is in, absolute
   */
  ContainerEnvironment(ProgramFiles files, OsString parent) {
    this.files = files;
    this.directory = parent.resolve(NAME);
  }

  /** With what the files add to it: a variable that is set stays as it is. */
  Environment complete(Environment given) {
    return files.isDirectory(directory) ? complete(given, new ArrayList<>()) : given;
  }

  private Environment complete(Environment given, List<String> problems) {
    Map<OsString, OsString> set = variables(given);
    List<OsString> entries = new ArrayList<>(given.entries());
    for (Map.Entry<OsString, OsString> variable : read(problems).orElse(Map.of()).entrySet()) {
      if (!set.containsKey(variable.getKey())) {
        entries.add(entry(variable));
      }
    }
    return new Environment(entries);
  }

  @Override
  public Result begin(Environment given, FileWriter writer, OsString distribution) {
    if (!files.isDirectory(directory)) {
      return new Result(given, List.of());
    }
    List<String> problems = new ArrayList<>();
    Environment all = complete(given, problems);
    Map<OsString, OsString> variables = variables(all);
    variables.forEach((name, value) -> keep(name, value, writer, problems));
    summarize(variables, writer, problems);
    return new Result(all, problems);
  }

  @Override
  public Result refresh(Environment before, FileWriter writer) {
    if (!files.isDirectory(directory)) {
      return new Result(before, List.of());
    }
    List<String> problems = new ArrayList<>();
    Optional<Map<OsString, OsString>> variables = read(problems);
    if (variables.isEmpty()) {
      return new Result(before, problems);
    }
    summarize(variables.get(), writer, problems);
    List<OsString> entries = variables.get().entrySet().stream().map(v -> entry(v)).toList();
    return new Result(new Environment(entries), problems);
  }

  private static OsString entry(Map.Entry<OsString, OsString> variable) {
    return variable.getKey().concat(OsString.of("=")).concat(variable.getValue());
  }

  /** Of two entries of the same name the first counts, as for getenv(3). */
  private static Map<OsString, OsString> variables(Environment environment) {
    Map<OsString, OsString> variables = new LinkedHashMap<>();
    for (OsString entry : environment.entries()) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }

  /** Empty when the directory cannot be read. */
  private Optional<Map<OsString, OsString>> read(List<String> problems) {
    Map<OsString, OsString> variables = new LinkedHashMap<>();
    try {
      for (OsString name : files.list(directory)) {
        OsString path = directory.resolve(name);
        if (name.byteAt(0) != '.' && files.kind(path) == Kind.FILE) {
          read(name, path, variables, problems);
        }
      }
    } catch (IOException e) {
      problems.add("cannot read " + directory + ": " + e.getMessage());
      return Optional.empty();
    }
    return Optional.of(variables);
  }

  private void read(
      OsString name, OsString path, Map<OsString, OsString> variables, List<String> problems) {
    try {
      OsString content = OsString.ofBytes(files.read(path, MAX_BYTES));
      boolean ends = !content.isEmpty() && content.byteAt(content.length() - 1) == '\n';
      OsString value = ends ? content.substring(0, content.length() - 1) : content;
      if (name.indexOf('=') >= 0 || value.indexOf('\0') >= 0 || content.length() == MAX_BYTES) {
        problems.add(
            "cannot make "
                + path
                + " a variable: its name may have no =, and its content no NUL byte and at most "
                + (MAX_BYTES - 1)
                + " bytes: rename, correct or remove it");
      } else {
        variables.put(name, value);
      }
    } catch (IOException e) {
      problems.add("cannot read " + path + ": " + e.getMessage());
    }
  }

  /** What is there already is left as it is: the file may be one that cannot be written. */
  private void keep(OsString name, OsString value, FileWriter writer, List<String> problems) {
    OsString path = directory.resolve(name);
    if (NOT_KEPT.contains(name) || name.indexOf('/') >= 0 || holds(path, name, value)) {
      return;
    }
    write(path, value.bytes(), writer, problems);
  }

  private boolean holds(OsString path, OsString name, OsString value) {
    Map<OsString, OsString> found = new LinkedHashMap<>();
    if (files.kind(path) == Kind.FILE) {
      read(name, path, found, new ArrayList<>());
    }
    return value.equals(found.get(name));
  }

  private static void write(
      OsString path, byte[] content, FileWriter writer, List<String> problems) {
    try {
      writer.write(path, content);
    } catch (IOException e) {
      problems.add("cannot write " + path + ": " + e.getMessage());
    }
  }

  private void summarize(
      Map<OsString, OsString> variables, FileWriter writer, List<String> problems) {
    StringBuilder shell = new StringBuilder();
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<OsString, OsString> variable : variables.entrySet()) {
      OsString name = variable.getKey();
      if (!NOT_KEPT.contains(name)) {
        shell.append("export ").append(latin1(name).replaceAll("[^A-Za-z0-9_]", "_"));
        shell.append('=').append(quoted(latin1(variable.getValue()))).append('\n');
      }
      json.append(json.length() == 1 ? "" : ", ");
      appendString(json, name);
      json.append(": ");
      appendString(json, variable.getValue());
    }
    byte[] script = shell.toString().getBytes(StandardCharsets.ISO_8859_1);
    write(directory.concat(OsString.of(".sh")), script, writer, problems);
    byte[] object = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    write(directory.concat(OsString.of(".json")), object, writer, problems);
  }

  /** A char a byte, so that every byte comes through. */
  private static String latin1(OsString text) {
    return new String(text.bytes(), StandardCharsets.ISO_8859_1);
  }

  /** As one word of a shell. */
  private static String quoted(String value) {
    boolean plain = value.matches("[A-Za-z0-9_@%+=:,./-]+");
    return plain ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static void appendString(StringBuilder json, OsString value) {
    String text = new String(value.bytes(), StandardCharsets.UTF_8);
    json.append('"').append(new String(JsonEscape.utf8(text), StandardCharsets.UTF_8)).append('"');
  }
}
