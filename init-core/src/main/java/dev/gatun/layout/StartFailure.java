package dev.gatun.layout;

import dev.gatun.kernel.Errno;
import dev.gatun.model.OsString;
import java.util.List;

/** Why a program could not be started, in words and with what to do. */
public final class StartFailure {
  private static final int E2BIG = 7;
  private static final int ETXTBSY = 26;

  private final Programs programs;

  public StartFailure(Programs programs) {
    this.programs = programs;
  }

  /**
   * @param inWords the error in words, which comes first
   */
  public String explain(OsString program, int error, String inWords) {
    return switch (error) {
      case Errno.EAGAIN ->
          inWords
              + ": the limit of processes is reached: raise it (--pids-limit, ulimit -u), or run"
              + " fewer processes";
      case Errno.ENOMEM ->
          inWords + ": raise the container's limit of memory, or run fewer services";
      case Errno.EMFILE ->
          inWords
              + ": Gatun needs three descriptors for each service: raise the limit of open files"
              + " (--ulimit nofile, ulimit -n)";
      case Errno.ENFILE -> inWords + ": raise the machine's limit, fs.file-max";
      case E2BIG -> inWords + ": make the container's environment smaller";
      case ETXTBSY -> inWords + ": a process is writing to it: let that end first";
      default -> examined(program, inWords);
    };
  }

  private String examined(OsString program, String inWords) {
    List<Finding> found = programs.examine(program);
    return found.isEmpty()
        ? inWords + ": see that its file system and this user's rights let it be executed"
        : inWords + ": " + found.getFirst().text();
  }
}
