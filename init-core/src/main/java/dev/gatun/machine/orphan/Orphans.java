package dev.gatun.machine.orphan;

import dev.gatun.model.Deadline;
import dev.gatun.model.OrphanId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The live orphans that are known, ordered by number. Immutable; changes are made for many at a
 * time, because there can be ten thousand.
 */
public final class Orphans implements Iterable<Orphan> {
  public static final Orphans NONE = new Orphans(new Orphan[0]);

  private final Orphan[] byNumber;
  private final Deadline nextDeadline;

  private Orphans(Orphan[] byNumber) {
    this.byNumber = byNumber;
    Deadline next = Deadline.NEVER;
    for (Orphan orphan : byNumber) {
      next = next.earlier(orphan.nextDeadline());
    }
    this.nextDeadline = next;
  }

  /** These, which are ordered by number. */
  public static Orphans of(List<Orphan> orphans) {
    return new Orphans(orphans.toArray(new Orphan[0]));
  }

  public boolean isEmpty() {
    return byNumber.length == 0;
  }

  public Deadline nextDeadline() {
    return nextDeadline;
  }

  public boolean contains(OrphanId id) {
    return indexOf(id.number()) >= 0;
  }

  /** What is known of it, or null when nothing is. */
  public Orphan get(OrphanId id) {
    int at = indexOf(id.number());
    return at < 0 ? null : byNumber[at];
  }

  /** With this in the place of what was known of it. */
  public Orphans with(Orphan changed) {
    Orphan[] all = byNumber.clone();
    all[indexOf(changed.id().number())] = changed;
    return new Orphans(all);
  }

  /** With these added. They are numbered upwards and higher than all before: identities are new. */
  public Orphans withMaturing(List<OrphanId> arrived, Deadline lookAt) {
    Orphan[] all = Arrays.copyOf(byNumber, byNumber.length + arrived.size());
    int at = byNumber.length;
    for (OrphanId id : arrived) {
      if (at > 0 && all[at - 1].id().number() >= id.number()) {
        throw new IllegalArgumentException("an old number for a new orphan: " + id);
      }
      all[at++] = new Orphan.Maturing(id, lookAt);
    }
    return new Orphans(all);
  }

  /** Without these. Orphans that are not known are passed over. */
  public Orphans without(List<OrphanExit> gone) {
    Orphan[] left = byNumber.clone();
    int removed = 0;
    for (OrphanExit exit : gone) {
      int at = indexOf(exit.id().number());
      if (at >= 0 && left[at] != null) {
        left[at] = null;
        removed++;
      }
    }
    if (removed == 0) {
      return this;
    }
    Orphan[] packed = new Orphan[left.length - removed];
    int at = 0;
    for (Orphan orphan : left) {
      if (orphan != null) {
        packed[at++] = orphan;
      }
    }
    return new Orphans(packed);
  }

  public Orphans with(Orphan[] changed) {
    return new Orphans(changed.clone());
  }

  public Orphan[] toArray() {
    return byNumber.clone();
  }

  private int indexOf(long number) {
    int low = 0;
    int high = byNumber.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = byNumber[middle].id().number();
      if (there == number) {
        return middle;
      }
      if (there < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public Iterator<Orphan> iterator() {
    return Collections.unmodifiableList(Arrays.asList(byNumber)).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Orphans that && Arrays.equals(byNumber, that.byNumber);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byNumber);
  }

  @Override
  public String toString() {
    return Arrays.toString(byNumber);
  }
}
