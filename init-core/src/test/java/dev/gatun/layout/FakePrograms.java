package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A file system in a map. */
final class FakePrograms implements ProgramFiles {
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final Set<String> directories = new HashSet<>();
  private final Set<String> plain = new HashSet<>();

  FakePrograms directory(String path) {
    for (int i = path.length(); i > 0; i = path.lastIndexOf('/', i - 1)) {
      directories.add(path.substring(0, i));
    }
    return this;
  }

  FakePrograms program(String path, String text) {
    return program(path, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  FakePrograms program(String path, byte[] bytes) {
    directory(path.substring(0, path.lastIndexOf('/')));
    files.put(path, bytes);
    return this;
  }

  FakePrograms file(String path, String text) {
    plain.add(path);
    return program(path, text);
  }

  FakePrograms link(String path, String target) {
    links.put(path, target);
    return this;
  }

  private String resolved(OsString path) {
    return links.getOrDefault(path.toString(), path.toString());
  }

  @Override
  public List<OsString> list(OsString directory) throws IOException {
    if (!isDirectory(directory)) {
      throw new IOException(exists(directory) ? "Not a directory" : "No such file or directory");
    }
    Set<String> all = new TreeSet<>(files.keySet());
    all.addAll(links.keySet());
    all.addAll(directories);
    List<OsString> names = new ArrayList<>();
    String prefix = directory + "/";
    for (String path : all) {
      if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
        names.add(OsString.of(path.substring(prefix.length())));
      }
    }
    return names;
  }

  @Override
  public boolean exists(OsString path) {
    return links.containsKey(path.toString()) || kind(path) != Kind.NOTHING;
  }

  @Override
  public boolean isDirectory(OsString path) {
    return kind(path) == Kind.DIRECTORY;
  }

  @Override
  public Kind kind(OsString path) {
    String at = resolved(path);
    if (directories.contains(at)) {
      return Kind.DIRECTORY;
    }
    return files.containsKey(at) ? Kind.FILE : Kind.NOTHING;
  }

  @Override
  public OsString linkTarget(OsString path) {
    String target = links.get(path.toString());
    return target == null ? null : OsString.of(target);
  }

  @Override
  public boolean mayRead(OsString path) {
    return true;
  }

  @Override
  public boolean mayExecute(OsString path) {
    return isExecutableByAnybody(path);
  }

  @Override
  public boolean isExecutableByAnybody(OsString path) {
    return kind(path) != Kind.NOTHING && !plain.contains(resolved(path));
  }

  @Override
  public byte[] read(OsString path, int maxBytes) throws IOException {
    if (kind(path) != Kind.FILE) {
      throw new IOException(kind(path) == Kind.NOTHING ? "No such file" : "Is a directory");
    }
    return head(path, maxBytes);
  }

  @Override
  public byte[] head(OsString path, int maxBytes) {
    byte[] bytes = files.getOrDefault(resolved(path), new byte[0]);
    return Arrays.copyOf(bytes, Math.min(bytes.length, maxBytes));
  }

  /** Links lead nowhere else here. */
  @Override
  public OsString realPath(OsString path) {
    return path;
  }

  @Override
  public String identity(OsString path) {
    return path.toString();
  }
}
