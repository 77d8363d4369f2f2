package dev.gatun.plan;

import dev.gatun.model.Signal;

/** What a signal asks for where there are {@linkplain Runlevels runlevels}. */
public record LevelSignal(Signal signal, Runlevels.Request request) {}
