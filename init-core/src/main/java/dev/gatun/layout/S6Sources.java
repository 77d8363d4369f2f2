package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the directories of s6-rc's source definitions. */
final class S6Sources {
  static final OsString BASE = OsString.of("base");
  static final OsString USER = OsString.of("user");
  static final OsString USER_2 = OsString.of("user2");
  static final OsString LEGACY_SERVICES = OsString.of("legacy-services");
  static final OsString TOP = OsString.of("top");

  private static final OsString FIX_ATTRIBUTES = OsString.of("fix-attrs");
  private static final OsString LEGACY_INIT = OsString.of("legacy-cont-init");
  private static final OsString NOTHING = OsString.of("");
  private static final int MAX_BYTES = 64 * 1024;

  private final ProgramFiles files;
  private final S6Places places;
  private final Findings findings;
  private final TreeMap<OsString, S6Definition> found = new TreeMap<>();

  S6Sources(ProgramFiles files, S6Places places, Findings findings) {
    this.files = files;
    this.places = places;
    this.findings = findings;
  }

  /**
   * All definitions that can be used, those that are always there too.
   *
   * @throws LayoutException at a start, when one cannot be used
   */
  TreeMap<OsString, S6Definition> read() throws LayoutException {
    addBuiltIn();
    for (OsString name : list(places.definitions())) {
      OsString path = places.definitions().resolve(name);
      if (name.byteAt(0) != '.' && files.isDirectory(path)) {
        add(name, path);
      }
    }
    for (OsString name : List.of(USER, USER_2)) {
      OsString path = places.bundles().resolve(name);
      boolean isOwn = files.isDirectory(places.definitions().resolve(name));
      if (!isOwn && files.isDirectory(path)) {
        add(name, path);
      }
    }
    addPipelines();
    return found;
  }

  /** Whether programs stand behind a name that is always there. */
  static boolean isProgram(OsString name) {
    return name.equals(FIX_ATTRIBUTES) || name.equals(LEGACY_INIT);
  }

  /** What s6-overlay brings: each can be depended on. */
  private void addBuiltIn() {
    bundle(BASE, List.of(), List.of(FIX_ATTRIBUTES, LEGACY_INIT));
    bundle(FIX_ATTRIBUTES, List.of(), List.of());
    bundle(LEGACY_INIT, List.of(FIX_ATTRIBUTES), List.of());
    bundle(USER, List.of(), List.of());
    bundle(USER_2, List.of(), List.of());
    bundle(LEGACY_SERVICES, List.of(BASE, USER), List.of());
    bundle(TOP, List.of(), List.of(BASE, USER, LEGACY_SERVICES, USER_2));
  }

  private void bundle(OsString name, List<OsString> dependsOn, List<OsString> contents) {
    found.put(name, S6Definition.bundle(name, places.definitions(), dependsOn, contents));
  }

  private List<OsString> list(OsString directory) {
    try {
      return files.list(directory);
    } catch (IOException e) {
      return List.of();
    }
  }

  private void add(OsString name, OsString path) throws LayoutException {
    Optional<S6Definition.Type> type = readType(name, path);
    if (type.isEmpty()) {
      return;
    }
    if (found.containsKey(name) && !name.equals(USER) && !name.equals(USER_2)) {
      refuse("reserved-name", path, "its name is one of s6-overlay's own", "give it another name");
      return;
    }
    List<OsString> dependsOn = names(path, "dependencies");
    List<OsString> producesFor = lines(path.resolve("producer-for"));
    List<OsString> pipelineName = lines(path.resolve("pipeline-name"));
    found.put(
        name,
        new S6Definition(
            name,
            path,
            type.get(),
            dependsOn,
            names(path, "contents"),
            producesFor.isEmpty() ? NOTHING : producesFor.getFirst(),
            lines(path.resolve("consumer-for")),
            pipelineName.isEmpty() ? NOTHING : pipelineName.getFirst()));
  }

  /** The bundles that users fill may go without. */
  private Optional<S6Definition.Type> readType(OsString name, OsString path)
      throws LayoutException {
    OsString file = path.resolve("type");
    if (!files.exists(file)) {
      if (name.equals(USER) || name.equals(USER_2)) {
        return Optional.of(S6Definition.Type.BUNDLE);
      }
      refuse(
          "type-missing",
          path,
          "there is no file type in it",
          "write longrun, oneshot or bundle into " + file);
      return Optional.empty();
    }
    List<OsString> lines = lines(file);
    String word = lines.isEmpty() ? "" : lines.getFirst().toString();
    switch (word) {
      case "longrun":
        return Optional.of(S6Definition.Type.LONGRUN);
      case "oneshot":
        return Optional.of(S6Definition.Type.ONESHOT);
      case "bundle":
        return Optional.of(S6Definition.Type.BUNDLE);
      default:
        refuse("bad-type", file, "it says " + word, "write longrun, oneshot or bundle into it");
        return Optional.empty();
    }
  }

  /** The names of the files in a directory, and the lines of the file that is older than that. */
  private List<OsString> names(OsString path, String what) throws LayoutException {
    List<OsString> names = new ArrayList<>();
    for (OsString name : list(path.resolve(what + ".d"))) {
      if (name.byteAt(0) != '.') {
        names.add(name);
      }
    }
    for (OsString name : lines(path.resolve(what))) {
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** The lines of a file that say something; none where there is no such file. */
  private List<OsString> lines(OsString file) throws LayoutException {
    if (!files.exists(file)) {
      return List.of();
    }
    List<OsString> lines = new ArrayList<>();
    try {
      String text = new String(files.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
      for (String line : text.split("\n")) {
        String word = line.strip();
        if (!word.isEmpty() && word.charAt(0) != '#') {
          lines.add(OsString.ofBytes(word.getBytes(StandardCharsets.ISO_8859_1)));
        }
      }
    } catch (IOException e) {
      refuse("unreadable", file, e.getMessage(), "let this user read it, or remove it");
    }
    return lines;
  }

  /** A pipeline's name stands for all that are in it. */
  private void addPipelines() {
    for (S6Definition last : List.copyOf(found.values())) {
      if (!last.pipelineName().isEmpty()) {
        List<OsString> members = new ArrayList<>(List.of(last.name()));
        for (int i = 0; i < members.size(); i++) {
          S6Definition member = found.get(members.get(i));
          for (OsString source : member == null ? List.<OsString>of() : member.consumesFrom()) {
            if (!members.contains(source)) {
              members.add(source);
            }
          }
        }
        OsString name = last.pipelineName();
        found.put(name, S6Definition.bundle(name, last.path(), List.of(), members));
      }
    }
  }

  private void refuse(String code, OsString where, String problem, String advice)
      throws LayoutException {
    findings.refuse(Finding.error(code, where, 0, problem, advice));
  }
}
