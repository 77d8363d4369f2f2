package dev.gatun.journal;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.OrphanId;
import dev.gatun.model.ServiceName;
import java.util.Optional;

/** What the journal tells of one orphan. Times are {@link ProcessLife#NEVER} until they come. */
final class OrphanLife {
  final OrphanId id;
  final long arrivedAt;
  String name = "";
  String commandLine = "";
  Optional<ServiceName> origin = Optional.empty();
  long adoptedAt = ProcessLife.NEVER;
  long toldAt = ProcessLife.NEVER;
  long killedAt = ProcessLife.NEVER;
  long endedAt = ProcessLife.NEVER;
  ExitStatus status;

  OrphanLife(OrphanId id, long arrivedAt) {
    this.id = id;
    this.arrivedAt = arrivedAt;
  }

  boolean hasEnded() {
    return endedAt != ProcessLife.NEVER;
  }

  boolean wasTold() {
    return toldAt != ProcessLife.NEVER;
  }

  boolean wasKilled() {
    return killedAt != ProcessLife.NEVER;
  }

  boolean wasAdopted() {
    return adoptedAt != ProcessLife.NEVER;
  }

  /** {@code daemon (77)}, or the pid alone. */
  String label() {
    return name.isEmpty() ? "process " + id.pid() : name + " (" + id.pid() + ")";
  }
}
