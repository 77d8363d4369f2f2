package dev.gatun.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An environment as exec passes it on: entries in order, kept byte for byte, also those that are no
 * {@code NAME=VALUE}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/environ.7.html">environ(7)</a>
 */
public record Environment(List<OsString> entries) {

  public Environment {
    entries = List.copyOf(entries);
  }

  /** The value of the first entry of that name, or null: what getenv(3) would give. */
  public OsString get(String name) {
    int at = indexOf(name);
    return at < 0 ? null : entries.get(at).substring(name.length() + 1);
  }

  /** This environment without any entry of that name. */
  public Environment without(String name) {
    return without(OsString.of(name));
  }

  /** This environment without any entry of that name. */
  public Environment without(OsString name) {
    OsString prefix = name.concat(OsString.of("="));
    if (indexOfPrefix(prefix) < 0) {
      return this;
    }
    List<OsString> kept = new ArrayList<>(entries.size());
    for (OsString entry : entries) {
      if (!entry.startsWith(prefix)) {
        kept.add(entry);
      }
    }
    return new Environment(kept);
  }

  /** This environment with that value: in the place of the entry of that name, or at the end. */
  public Environment with(String name, OsString value) {
    return with(OsString.of(name), value);
  }

  /** This environment with that value: in the place of the entry of that name, or at the end. */
  public Environment with(OsString name, OsString value) {
    OsString prefix = name.concat(OsString.of("="));
    OsString entry = prefix.concat(value);
    List<OsString> changed = new ArrayList<>(entries);
    int at = indexOfPrefix(prefix);
    if (at < 0) {
      changed.add(entry);
    } else {
      changed.set(at, entry);
    }
    return new Environment(changed);
  }

  /**
   * This environment with changes, one after the other: {@code NAME=VALUE} sets a variable, {@code
   * NAME} removes it.
   */
  public Environment changedBy(List<OsString> changes) {
    Environment changed = this;
    for (int i = 0; i < changes.size(); i++) {
      OsString change = changes.get(i);
      int equals = change.indexOf('=');
      changed =
          equals < 0
              ? changed.without(change)
              : changed.with(change.substring(0, equals), change.substring(equals + 1));
    }
    return changed;
  }

  private int indexOf(String name) {
    return indexOfPrefix(OsString.of(name + "="));
  }

  private int indexOfPrefix(OsString prefix) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).startsWith(prefix)) {
        return i;
      }
    }
    return -1;
  }
}
