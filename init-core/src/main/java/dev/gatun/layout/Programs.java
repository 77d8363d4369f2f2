package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a program could be executed, found out by looking and not by trying: before the start by
 * {@code gatun check}, and after a start that failed, when the kernel's error number says too
 * little.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/execve.2.html">execve(2)</a>
 */
public final class Programs {
  /** Enough for the first line of a script and for the beginning of a program. */
  private static final int HEAD_BYTES = 4096;

  /** A script is looked through for line ends this far. */
  private static final int SCRIPT_BYTES = 64 * 1024;

  private final ProgramFiles files;
  private final OsString searchPath;

  /**
   * @param searchPath {@code PATH}, where env(1) looks for an interpreter
   */
  public Programs(ProgramFiles files, OsString searchPath) {
    this.files = files;
    this.searchPath = searchPath;
  }

  /** All that is wrong with it: errors that keep it from running first. */
  public List<Finding> examine(OsString program) {
    List<Finding> found = new ArrayList<>();
    if (!isFile(program, found) || !mayBeExecuted(program, found)) {
      return found;
    }
    byte[] head = files.head(program, HEAD_BYTES);
    if (head.length == 0) {
      examineNothing(program, found);
    } else if (Shebang.isIn(head)) {
      examineScript(program, found);
    } else if (Elf.isIn(head)) {
      examineElf(program, head, found);
    } else {
      found.add(noFormat(program, head));
    }
    return found;
  }

  private boolean isFile(OsString program, List<Finding> found) {
    String problem =
        switch (files.kind(program)) {
          case FILE -> null;
          case DIRECTORY -> "it is a directory, not a program";
          case OTHER -> "it is neither a file nor a link to one";
          case NOTHING -> {
            OsString target = files.linkTarget(program);
            yield target == null
                ? "there is no such file"
                : "it is a link to " + target + ", which does not exist";
          }
        };
    if (problem == null) {
      return true;
    }
    String code = files.exists(program) ? "not-a-file" : "missing";
    found.add(
        Finding.error(code, program, 0, problem, "put an executable program or script there"));
    return false;
  }

  private boolean mayBeExecuted(OsString program, List<Finding> found) {
    if (files.mayExecute(program)) {
      return true;
    }
    boolean anybody = files.isExecutableByAnybody(program);
    if (Mounts.forbidExecuting(files, program)) {
      found.add(
          Finding.error(
              "not-permitted",
              program,
              0,
              "its file system is mounted noexec",
              "mount it without that option, or put the program elsewhere"
                  + (anybody ? "" : "; and run chmod +x on it")));
      return false;
    }
    found.add(
        anybody
            ? Finding.error(
                "not-permitted",
                program,
                0,
                "this user may not execute it",
                "run chmod a+rx on it and on the directories above it")
            : Finding.error(
                "not-executable", program, 0, "it is not executable", "run chmod +x on it"));
    return false;
  }

  private void examineNothing(OsString program, List<Finding> found) {
    found.add(
        files.mayRead(program)
            ? Finding.error(
                "empty", program, 0, "it is empty", "write a script that begins with #!/bin/sh")
            : Finding.warning(
                "unreadable",
                program,
                0,
                "this user may not read it, as an interpreter must",
                "run chmod a+r on it if it is a script"));
  }

  private static Finding noFormat(OsString program, byte[] head) {
    boolean mark = Shebang.isBehindByteOrderMark(head);
    return mark
        ? Finding.error(
            "byte-order-mark",
            program,
            1,
            "it begins with a byte order mark, which hides its first line's #! from the kernel",
            "save it as UTF-8 without one")
        : Finding.error(
            "no-interpreter",
            program,
            1,
            "it is no program, and its first line names no interpreter",
            "let its first line be #!/bin/sh or what it is written for");
  }

  private void examineScript(OsString script, List<Finding> found) {
    byte[] text = files.head(script, SCRIPT_BYTES);
    Shebang line = Shebang.of(text);
    if (line.interpreter().isEmpty()) {
      found.add(
          Finding.error(
              "no-interpreter",
              script,
              1,
              "its first line names no interpreter",
              "let it be #!/bin/sh or what the script is written for"));
      return;
    }
    if (line.endsInCarriageReturn()) {
      found.add(
          Finding.error("windows-line-ends", script, 1, brokenByLineEnd(line), Shebang.CONVERT));
      return;
    }
    examineInterpreter(script, line, found);
    int windows = Shebang.lineWithCarriageReturn(text);
    if (windows > 0) {
      found.add(
          Finding.warning(
              "windows-line-ends",
              script,
              windows,
              "this line has a Windows line end, which is part of the command for a shell",
              Shebang.CONVERT));
    }
  }

  private static String brokenByLineEnd(Shebang line) {
    return line.argument().isEmpty()
        ? "its first line names the interpreter "
            + line.interpreter()
            + "\\r, which does not exist: the file has Windows line ends"
        : "its first line gives the interpreter the argument "
            + line.argument()
            + "\\r: the file has Windows line ends";
  }

  private void examineInterpreter(OsString script, Shebang line, List<Finding> found) {
    OsString interpreter = line.interpreter();
    String problem =
        switch (files.kind(interpreter)) {
          case FILE -> files.mayExecute(interpreter) ? null : refusal(interpreter);
          case DIRECTORY -> ", which is a directory";
          case OTHER -> ", which is not a program";
          case NOTHING -> ", which does not exist";
        };
    if (problem != null) {
      found.add(
          Finding.error(
              "interpreter-missing",
              script,
              1,
              "its first line names the interpreter " + interpreter + problem,
              "correct the line, or install the interpreter"));
      return;
    }
    OsString searched = line.searchedByEnv();
    if (searched != null && !new PathSearch(files, searchPath).has(searched)) {
      found.add(
          Finding.warning(
              "interpreter-not-on-path",
              script,
              1,
              "its first line has env look for " + searched + ", which is not on PATH",
              "install it, or set PATH, which is now " + searchPath));
    }
  }

  private String refusal(OsString interpreter) {
    return Mounts.forbidExecuting(files, interpreter)
        ? ", whose file system is mounted noexec"
        : ", which this user may not execute";
  }

  private void examineElf(OsString program, byte[] head, List<Finding> found) {
    if (!Elf.isForThisMachine(head)) {
      found.add(
          Finding.error(
              "other-machine",
              program,
              0,
              "it is a program for another kind of machine",
              "build the image for this platform, or take the program for it"));
      return;
    }
    OsString loader = Elf.loader(head);
    if (loader != null && files.kind(loader) != ProgramFiles.Kind.FILE) {
      found.add(
          Finding.error(
              "loader-missing",
              program,
              0,
              "it needs the loader " + loader + ", which does not exist",
              "take a program that is built for this image's C library, or a static one"));
    }
  }
}
