package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.linux.LinuxFiles;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Real files below a directory that stands for the root. */
final class RootedFiles implements ProgramFiles {
  private final LinuxFiles files = new LinuxFiles();
  private final Path root;

  RootedFiles(Path root) {
    this.root = root;
  }

  /** An executable script. */
  RootedFiles program(String path, String text) {
    return write(path, text, "rwxr-xr-x");
  }

  RootedFiles program(String path) {
    return program(path, "#!/bin/sh\n");
  }

  RootedFiles file(String path) {
    return file(path, "");
  }

  RootedFiles file(String path, String text) {
    return write(path, text, "rw-r--r--");
  }

  private RootedFiles write(String path, String text, String mode) {
    try {
      Path file = root.resolve(path.substring(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RootedFiles directory(String path) {
    try {
      Files.createDirectories(root.resolve(path.substring(1)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A link whose target is relative. */
  RootedFiles link(String path, String target) {
    try {
      Path file = root.resolve(path.substring(1));
      Files.createDirectories(file.getParent());
      Files.createSymbolicLink(file, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OsString real(OsString path) {
    return OsString.of(root.toString()).concat(path);
  }

  @Override
  public List<OsString> list(OsString directory) throws IOException {
    return files.list(real(directory));
  }

  @Override
  public boolean exists(OsString path) {
    return files.exists(real(path));
  }

  @Override
  public boolean isDirectory(OsString path) {
    return files.isDirectory(real(path));
  }

  @Override
  public byte[] read(OsString path, int maxBytes) throws IOException {
    return files.read(real(path), maxBytes);
  }

  @Override
  public Kind kind(OsString path) {
    return files.kind(real(path));
  }

  @Override
  public OsString linkTarget(OsString path) {
    return files.linkTarget(real(path));
  }

  @Override
  public boolean mayRead(OsString path) {
    return files.mayRead(real(path));
  }

  @Override
  public boolean mayExecute(OsString path) {
    return files.mayExecute(real(path));
  }

  @Override
  public boolean isExecutableByAnybody(OsString path) {
    return files.isExecutableByAnybody(real(path));
  }

  @Override
  public byte[] head(OsString path, int maxBytes) {
    return files.head(real(path), maxBytes);
  }

  @Override
  public OsString realPath(OsString path) throws IOException {
    return files.realPath(real(path)).substring(root.toString().length());
  }

  @Override
  public String identity(OsString path) {
    return files.identity(real(path));
  }
}
