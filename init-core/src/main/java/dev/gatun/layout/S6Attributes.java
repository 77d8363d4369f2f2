package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.plan.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of {@code fix-attrs.d}, which say who owns files and what their modes are. */
final class S6Attributes {
  private static final OsString SHELL = OsString.of("/bin/sh");
  private static final OsString NAME = OsString.of("fix-attrs");

  /**
   * A line has a path, whether what is below it is meant too, an owner, and the modes of files and
   * directories. A second owner behind a comma, in numbers, counts where the first is not known.
   */
  private static final String SCRIPT =
      """
      set -f
      for list in "$@"; do
        while read -r path all owner file_mode directory_mode; do
          case $path in '' | '#'*) continue ;; esac
          depth='-prune'
          if [ "$all" = true ]; then depth=''; fi
          set +f
          for each in $path; do
            set -f
            [ -e "$each" ] || continue
            find "$each" $depth -exec chown -h "${owner%%,*}" {} + 2>/dev/null ||
              find "$each" $depth -exec chown -h "${owner##*,}" {} +
            find "$each" $depth -type f -exec chmod "$file_mode" {} +
            find "$each" $depth -type d -exec chmod "$directory_mode" {} +
          done
        done <"$list"
      done
      """;

  private S6Attributes() {}

  /** What sets them; nothing where there are none. */
  static Optional<Program> program(ProgramFiles files, OsString directory) {
    List<OsString> arguments = new ArrayList<>();
    try {
      for (OsString name : files.list(directory)) {
        if (name.byteAt(0) != '.') {
          arguments.add(directory.resolve(name));
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    arguments.addAll(0, List.of(OsString.of("-c"), OsString.of(SCRIPT), NAME));
    return Optional.of(new Program(SHELL, arguments, OsString.of("/")));
  }

  /** What a program is called that is run at the start: as its file is. */
  static OsString nameOf(Program program) {
    OsString path = program.path();
    return path.equals(SHELL) ? NAME : path.substring(path.lastIndexOf('/') + 1);
  }
}
