package dev.gatun.journal.tell;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import java.util.Optional;

/** What the journal tells of one orphan. Times are {@link ProcessStory#NEVER} until they come. */
final class OrphanStory {
  final OrphanId id;
  final long arrivedAt;
  String name = "";
  String commandLine = "";
  Optional<ServiceName> origin = Optional.empty();
  long adoptedAt = ProcessStory.NEVER;
  long toldAt = ProcessStory.NEVER;
  long killedAt = ProcessStory.NEVER;
  long endedAt = ProcessStory.NEVER;
  ExitStatus status;

  OrphanStory(OrphanId id, long arrivedAt) {
    this.id = id;
    this.arrivedAt = arrivedAt;
  }

  boolean hasEnded() {
    return endedAt != ProcessStory.NEVER;
  }

  boolean wasTold() {
    return toldAt != ProcessStory.NEVER;
  }

  boolean wasKilled() {
    return killedAt != ProcessStory.NEVER;
  }

  boolean wasAdopted() {
    return adoptedAt != ProcessStory.NEVER;
  }

  /** {@code daemon (77)}, or the pid alone. */
  String label() {
    return name.isEmpty() ? "process " + id.pid() : name + " (" + id.pid() + ")";
  }
}
