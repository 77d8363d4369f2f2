package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What programs were started with, and how that changed. Values may be secrets. */
final class EnvironmentTeller {
  private static final int MAX_NAMES = 10;

  private final Chronicle chronicle;
  private final Sentences sentences;
  private final boolean withValues;

  EnvironmentTeller(Chronicle chronicle, Sentences sentences, boolean withValues) {
    this.chronicle = chronicle;
    this.sentences = sentences;
    this.withValues = withValues;
  }

  /** Tells of the changes. */
  void tell() {
    for (Chronicle.EnvironmentChange change : chronicle.environments) {
      Map<OsString, OsString> before = byName(change.before());
      Map<OsString, OsString> after = byName(change.after());
      List<String> added = new ArrayList<>();
      List<String> changed = new ArrayList<>();
      List<String> removed = new ArrayList<>();
      after.forEach(
          (name, entry) -> {
            if (!before.containsKey(name)) {
              added.add(shown(name, entry));
            } else if (!before.get(name).equals(entry)) {
              changed.add(shown(name, entry));
            }
          });
      for (OsString name : before.keySet()) {
        if (!after.containsKey(name)) {
          removed.add(name.toString());
        }
      }
      List<String> parts = new ArrayList<>();
      addPart(parts, "added ", added);
      addPart(parts, "changed ", changed);
      addPart(parts, "removed ", removed);
      String what = parts.isEmpty() ? "only its order has changed" : String.join("; ", parts);
      sentences.add(
          change.atNanos(), "what is started from now on gets another environment: " + what);
    }
  }

  private void addPart(List<String> parts, String what, List<String> names) {
    if (!names.isEmpty()) {
      parts.add(what + Words.list(names, withValues ? Integer.MAX_VALUE : MAX_NAMES));
    }
  }

  private String shown(OsString name, OsString entry) {
    return (withValues ? entry : name).toString();
  }

  /** Entries by their names; of two with one name the first counts, as getenv(3) has it. */
  private static Map<OsString, OsString> byName(Environment environment) {
    Map<OsString, OsString> byName = new LinkedHashMap<>();
    for (OsString entry : environment.entries()) {
      int end = entry.indexOf('=');
      byName.putIfAbsent(end < 0 ? entry : entry.substring(0, end), entry);
    }
    return byName;
  }

  /** All of it where the journal begins, a line each, if values are told. */
  String beginning() {
    if (!withValues) {
      return "";
    }
    StringBuilder text =
        new StringBuilder("\nWhere the journal begins, programs are started with\n");
    for (OsString entry : chronicle.environment.entries()) {
      text.append("  ").append(entry).append('\n');
    }
    return text.toString();
  }
}
