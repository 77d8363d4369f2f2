package dev.gatun.journal.tell;

import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import java.util.Optional;

/** What the journal tells of one orphan. */
final class OrphanStory extends Story {
  final OrphanId id;
  final long arrivedAt;
  String name = "";
  String commandLine = "";
  Optional<ServiceName> origin = Optional.empty();
  long adoptedAt = NEVER;

  OrphanStory(OrphanId id, long arrivedAt) {
    this.id = id;
    this.arrivedAt = arrivedAt;
  }

  boolean wasAdopted() {
    return adoptedAt != NEVER;
  }

  /** {@code daemon (77)}, or the pid alone. */
  String label() {
    return name.isEmpty() ? "process " + id.pid() : name + " (" + id.pid() + ")";
  }
}
