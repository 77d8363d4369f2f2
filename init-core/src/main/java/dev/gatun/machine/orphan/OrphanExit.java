package dev.gatun.machine.orphan;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.OrphanId;

/** How an orphan ended. */
public record OrphanExit(OrphanId id, ExitStatus status) {}
