package dev.gatun.linux;

import dev.gatun.ffm.Libc;
import dev.gatun.kernel.PublicFiles;
import dev.gatun.model.OsString;
import java.lang.foreign.Arena;

/** Files that are written beside, and renamed. */
public final class LinuxPublicFiles implements PublicFiles {
  private final OsString directory;
  private final LinuxSuperviseDirectory files;

  /**
   * @param directory absolute, and there
   */
  public LinuxPublicFiles(OsString directory) {
    this.directory = directory;
    this.files = new LinuxSuperviseDirectory(directory);
  }

  @Override
  public int replace(String name, byte[] content) {
    return files.replace(name, content);
  }

  @Override
  public int remove(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return SystemCalls.result(Libc.unlink(CStrings.allocate(arena, directory.resolve(name))));
    }
  }
}
