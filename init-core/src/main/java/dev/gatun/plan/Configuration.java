package dev.gatun.plan;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;

/** All that a layout reads. */
public record Configuration(Plan plan, OutputFormat stdout, Verbosity verbosity) {}
