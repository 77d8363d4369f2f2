package dev.gatun.plan;

import java.util.Optional;

/**
 * What makes a service a kept one: it is started again when it ends, it takes commands from
 * clients, and its log program is a service of its own beside it.
 *
 * @param service how the service itself is kept
 * @param log how its log program is kept, when it has one
 * @param endsContainer whether the end of the service ends the container, with the code that its
 *     {@link ExitPolicy} makes of it
 */
public record Keeping(Upkeep service, Optional<Upkeep> log, boolean endsContainer) {}
