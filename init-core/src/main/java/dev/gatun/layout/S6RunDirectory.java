package dev.gatun.layout;

import dev.gatun.kernel.FileWriter;
import dev.gatun.kernel.ProgramFiles;
import dev.gatun.kernel.ProgramFiles.Kind;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What programs made for s6-overlay find below {@code /run}: the environment in files, one a
 * variable, the code that the container is to end with, and links to programs and services.
 *
 * @see <a href="https://skarnet.org/software/s6/s6-envdir.html">s6-envdir</a>
 */
final class S6RunDirectory implements EnvironmentDirectory {
  /** The kernel takes no longer entry. */
  private static final int MAX_BYTES = 128 * 1024;

  private static final List<String> ENDING = List.of("halt", "poweroff", "reboot");

  private final ProgramFiles files;
  private final S6Places places;
  private final OsString directory;
  private final boolean isUsable;

  S6RunDirectory(ProgramFiles files, S6Places places) {
    this.files = files;
    this.places = places;
    this.directory = places.run().resolve("s6").resolve("container_environment");
    this.isUsable = places.mayBeMade(files);
  }

  /** The file that programs write the container's exit code into, absolute. */
  static OsString exitCodeFile(OsString run) {
    return run.resolve("s6-linux-init-container-results").resolve("exitcode");
  }

  @Override
  public Result begin(Environment given, FileWriter writer, OsString distribution) {
    List<String> problems = new ArrayList<>();
    if (!isUsable) {
      problems.add(
          "cannot write below "
              + places.run()
              + ": scripts find no environment in files there, and clients no services: mount a"
              + " tmpfs there");
      return new Result(given, problems);
    }
    try {
      writer.makeDirectory(directory);
      writer.makeDirectory(places.services());
      OsString code = exitCodeFile(places.run());
      writer.makeDirectory(parent(code));
      writer.writeForAll(code, new byte[] {'0', '\n'});
      link(writer, distribution);
      for (OsString stale : files.list(directory)) {
        // What an earlier start has left is no variable of this one.
        writer.remove(directory.resolve(stale));
      }
    } catch (IOException e) {
      problems.add("cannot prepare " + places.run() + ": " + e.getMessage());
    }
    for (OsString entry : given.entries()) {
      write(entry, writer, problems);
    }
    return new Result(given, problems);
  }

  private static OsString parent(OsString path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Paths of either generation lead to the same services. */
  private void link(FileWriter writer, OsString distribution) throws IOException {
    OsString standIns = distribution.resolve("s6");
    OsString programs = places.run().resolve("s6").resolve("basedir").resolve("bin");
    writer.makeDirectory(programs);
    for (String name : ENDING) {
      writer.link(programs.resolve(name), standIns.resolve("halt"));
    }
    writer.link(places.run().resolve("s6").resolve("services"), places.services());
    OsString live = places.run().resolve("s6-rc");
    writer.makeDirectory(live);
    writer.link(live.resolve("servicedirs"), places.services());
  }

  private void write(OsString entry, FileWriter writer, List<String> problems) {
    int equals = entry.indexOf('=');
    OsString name = equals > 0 ? entry.substring(0, equals) : OsString.of("");
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.byteAt(0) == '.') {
      return;
    }
    OsString path = directory.resolve(name);
    try {
      writer.writeForAll(path, content(entry.substring(equals + 1).bytes()));
    } catch (IOException e) {
      problems.add("cannot write " + path + ": " + e.getMessage());
    }
  }

  /** A value as it stands in its file: generation 3 has NUL for a newline. */
  private byte[] content(byte[] value) {
    if (!places.isThird()) {
      return value;
    }
    if (value.length == 0) {
      return new byte[] {'\n'};
    }
    for (int i = 0; i < value.length; i++) {
      value[i] = value[i] == '\n' ? 0 : value[i];
    }
    return value;
  }

  @Override
  public Result refresh(Environment before, FileWriter writer) {
    if (!isUsable) {
      return new Result(before, List.of());
    }
    List<String> problems = new ArrayList<>();
    Map<OsString, OsString> variables = new LinkedHashMap<>();
    try {
      for (OsString name : files.list(directory)) {
        OsString path = directory.resolve(name);
        boolean counts = name.byteAt(0) != '.' && name.indexOf('=') < 0;
        if (counts && files.kind(path) == Kind.FILE) {
          read(path, problems).ifPresent(value -> variables.put(name, value));
        }
      }
    } catch (IOException e) {
      problems.add("cannot read " + directory + ": " + e.getMessage());
      return new Result(before, problems);
    }
    return new Result(merge(before, variables), problems);
  }

  /** In the order in which they were, so that nothing changes where nothing was changed. */
  private static Environment merge(Environment before, Map<OsString, OsString> variables) {
    List<OsString> entries = new ArrayList<>();
    for (OsString entry : before.entries()) {
      int equals = entry.indexOf('=');
      OsString name = equals > 0 ? entry.substring(0, equals) : entry;
      OsString value = variables.remove(name);
      boolean hasNoFile = equals <= 0 || name.indexOf('/') >= 0 || name.byteAt(0) == '.';
      if (value != null) {
        entries.add(entry(name, value));
      } else if (hasNoFile) {
        entries.add(entry);
      }
    }
    variables.forEach((name, value) -> entries.add(entry(name, value)));
    return new Environment(entries);
  }

  private static OsString entry(OsString name, OsString value) {
    return name.concat(OsString.of("=")).concat(value);
  }

  /** The value in a file; nothing when the file says that there is none. */
  private Optional<OsString> read(OsString path, List<String> problems) {
    byte[] content;
    try {
      content = files.read(path, MAX_BYTES);
    } catch (IOException e) {
      problems.add("cannot read " + path + ": " + e.getMessage());
      return Optional.empty();
    }
    if (content.length == MAX_BYTES) {
      problems.add(
          "cannot make "
              + path
              + " a variable: its content may have at most "
              + (MAX_BYTES - 1)
              + " bytes: shorten or remove it");
      return Optional.empty();
    }
    return places.isThird() ? third(content) : Optional.of(second(content));
  }

  /** Up to the first NUL. */
  private static OsString second(byte[] content) {
    int length = 0;
    while (length < content.length && content[length] != 0) {
      length++;
    }
    return OsString.ofBytes(content, 0, length);
  }

  private static Optional<OsString> third(byte[] content) {
    if (content.length == 0) {
      return Optional.empty();
    }
    int length = content[content.length - 1] == '\n' ? content.length - 1 : content.length;
    for (int i = 0; i < length; i++) {
      content[i] = content[i] == 0 ? (byte) '\n' : content[i];
    }
    return Optional.of(OsString.ofBytes(content, 0, length));
  }
}
