package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How definitions depend on one another: what is started at all, and what comes before what. */
final class S6Graph {
  private final TreeMap<OsString, S6Definition> all;
  private final S6Places places;
  private final Findings findings;
  private final Set<OsString> withoutCycle = new HashSet<>();
  private final Map<OsString, Set<OsString>> services = new HashMap<>();

  S6Graph(TreeMap<OsString, S6Definition> all, S6Places places, Findings findings) {
    this.all = all;
    this.places = places;
    this.findings = findings;
  }

  /**
   * Has names that nobody has, and circles, told.
   *
   * @return whether there are none
   * @throws LayoutException at a start, when there are
   */
  boolean check() throws LayoutException {
    boolean isSound = true;
    for (S6Definition definition : all.values()) {
      for (OsString name : neighbours(definition)) {
        isSound &= checkName(definition, name);
      }
    }
    for (S6Definition definition : all.values()) {
      isSound = isSound && checkPipes(definition);
    }
    for (OsString name : all.keySet()) {
      isSound = isSound && checkCircle(name, new ArrayList<>());
    }
    return isSound;
  }

  private boolean checkName(S6Definition definition, OsString name) throws LayoutException {
    if (all.containsKey(name)) {
      return true;
    }
    OsString where = definition.path();
    for (String directory : List.of("dependencies.d", "contents.d")) {
      boolean isThere =
          directory.startsWith("c")
              ? definition.contents().contains(name)
              : definition.dependsOn().contains(name);
      where = isThere ? definition.path().resolve(directory).resolve(name) : where;
    }
    findings.refuse(
        Finding.error(
            "unknown-name",
            where,
            0,
            "there is no definition of " + name,
            "make "
                + places.definitions().resolve(name)
                + " with a file type in it, or remove the name"));
    return false;
  }

  /** Both ends of a pipe are programs that run on, and each names the other. */
  private boolean checkPipes(S6Definition definition) throws LayoutException {
    OsString reader = definition.producesFor();
    if (!reader.isEmpty() && !all.get(reader).consumesFrom().contains(definition.name())) {
      return refusePipe(definition, "producer-for", reader, "consumer-for");
    }
    for (OsString writer : definition.consumesFrom()) {
      if (!all.get(writer).producesFor().equals(definition.name())) {
        return refusePipe(definition, "consumer-for", writer, "producer-for");
      }
    }
    boolean isInPipe = !reader.isEmpty() || !definition.consumesFrom().isEmpty();
    if (isInPipe && definition.type() != S6Definition.Type.LONGRUN) {
      findings.refuse(
          Finding.error(
              "half-pipe",
              definition.path(),
              0,
              "it is one end of a pipe, and no longrun",
              "write longrun into its type, or remove producer-for and consumer-for"));
      return false;
    }
    return true;
  }

  private boolean refusePipe(S6Definition one, String file, OsString other, String otherFile)
      throws LayoutException {
    findings.refuse(
        Finding.error(
            "half-pipe",
            one.path().resolve(file),
            0,
            "it names " + other + ", which does not name " + one.name() + " in its " + otherFile,
            "write " + one.name() + " into " + all.get(other).path().resolve(otherFile)));
    return false;
  }

  private boolean checkCircle(OsString name, List<OsString> way) throws LayoutException {
    int begin = way.indexOf(name);
    if (begin >= 0) {
      StringBuilder circle = new StringBuilder();
      for (OsString on : way.subList(begin, way.size())) {
        circle.append(on).append(" needs ");
      }
      findings.refuse(
          Finding.error(
              "circle",
              all.get(name).path(),
              0,
              circle + "" + name + ": none of them can be the first",
              "remove one of these dependencies"));
      return false;
    }
    if (withoutCycle.contains(name)) {
      return true;
    }
    way.add(name);
    for (OsString next : needs(all.get(name))) {
      if (!checkCircle(next, way)) {
        return false;
      }
    }
    way.removeLast();
    withoutCycle.add(name);
    return true;
  }

  /** What comes up before it. A producer is started when somebody reads. */
  private static List<OsString> needs(S6Definition definition) {
    List<OsString> names = new ArrayList<>(definition.dependsOn());
    names.addAll(definition.contents());
    if (!definition.producesFor().isEmpty()) {
      names.add(definition.producesFor());
    }
    return names;
  }

  private static List<OsString> neighbours(S6Definition definition) {
    List<OsString> names = needs(definition);
    names.addAll(definition.consumesFrom());
    return names;
  }

  /** The definitions that the container starts, those that they need included. */
  List<S6Definition> started() {
    Set<OsString> reached = new LinkedHashSet<>(List.of(S6Sources.TOP));
    List<OsString> queue = new ArrayList<>(reached);
    for (int i = 0; i < queue.size(); i++) {
      for (OsString name : neighbours(all.get(queue.get(i)))) {
        if (reached.add(name)) {
          queue.add(name);
        }
      }
    }
    List<S6Definition> started = new ArrayList<>();
    for (S6Definition definition : all.values()) {
      if (reached.contains(definition.name())) {
        started.add(definition);
      }
    }
    return started;
  }

  /**
   * What a definition directly waits for: names that stand for processes, or for what is always
   * there; bundles and what does nothing are replaced by what they stand for.
   *
   * @param empty names of oneshots that do nothing: what they need is needed instead
   */
  Set<OsString> before(S6Definition definition, Set<OsString> empty) {
    Set<OsString> names = new LinkedHashSet<>();
    for (OsString name : needs(definition)) {
      names.addAll(standsFor(name, empty));
    }
    return names;
  }

  private Set<OsString> standsFor(OsString name, Set<OsString> empty) {
    Set<OsString> known = services.get(name);
    if (known != null) {
      return known;
    }
    S6Definition definition = all.get(name);
    boolean isBundle = definition.type() == S6Definition.Type.BUNDLE;
    Set<OsString> names =
        isBundle && !S6Sources.isProgram(name) || empty.contains(name)
            ? before(definition, empty)
            : Set.of(name);
    services.put(name, names);
    return names;
  }
}
