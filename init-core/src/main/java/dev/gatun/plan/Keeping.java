package dev.gatun.plan;

import dev.gatun.model.Part;
import java.util.Optional;

/**
 * What makes a service a kept one: it is started again when it ends, it takes commands from
 * clients, and its log program is a service of its own beside it.
 *
 * @param service how the service itself is kept
 * @param log how its log program is kept, when it has one: it has no scripts of its own
 * @param endsContainer whether the end of the service ends the container, with the code that its
 *     {@link ExitPolicy} makes of it
 */
public record Keeping(Upkeep service, Optional<Upkeep> log, boolean endsContainer) {

  public Keeping {
    if (log.isPresent() && (log.get().finish().isPresent() || log.get().controls().isPresent())) {
      throw new IllegalArgumentException("a log program that has scripts");
    }
  }

  /** How that part is kept, which must be there. */
  public Upkeep of(Part part) {
    return part == Part.SERVICE ? service : log.get();
  }
}
