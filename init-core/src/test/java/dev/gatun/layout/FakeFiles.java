package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Files and directories by path; what ends in a slash is a directory. */
final class FakeFiles implements FileTree {
  private final TreeSet<OsString> files = new TreeSet<>();
  private final TreeSet<OsString> directories = new TreeSet<>();
  private final Map<OsString, byte[]> contents = new HashMap<>();

  FakeFiles(String... paths) {
    for (String path : paths) {
      add(OsString.of(path));
    }
  }

  FakeFiles add(OsString path) {
    boolean isDirectory = path.byteAt(path.length() - 1) == '/';
    OsString name = isDirectory ? path.substring(0, path.length() - 1) : path;
    (isDirectory ? directories : files).add(name);
    for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/')) {
      name = name.substring(0, slash);
      directories.add(name);
    }
    return this;
  }

  /** A file that has these bytes in it. */
  FakeFiles with(String path, byte[] bytes) {
    contents.put(OsString.of(path), bytes);
    return add(OsString.of(path));
  }

  /** A file that has something in it. */
  FakeFiles with(String path, String text) {
    contents.put(OsString.of(path), text.getBytes(StandardCharsets.ISO_8859_1));
    return add(OsString.of(path));
  }

  @Override
  public List<OsString> list(OsString directory) throws IOException {
    if (!directories.contains(directory)) {
      throw new IOException("No such file or directory");
    }
    TreeSet<OsString> names = new TreeSet<>();
    OsString prefix = directory.resolve("");
    List<OsString> all = new ArrayList<>(files);
    all.addAll(directories);
    for (OsString path : all) {
      if (path.startsWith(prefix)) {
        OsString name = path.substring(prefix.length());
        int slash = name.indexOf('/');
        names.add(slash < 0 ? name : name.substring(0, slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public boolean exists(OsString path) {
    return files.contains(path) || directories.contains(path);
  }

  @Override
  public byte[] read(OsString path, int maxBytes) throws IOException {
    byte[] bytes = contents.get(path);
    if (bytes == null) {
      throw new IOException("Permission denied");
    }
    return Arrays.copyOf(bytes, Math.min(bytes.length, maxBytes));
  }

  @Override
  public boolean isDirectory(OsString path) {
    return directories.contains(path);
  }
}
