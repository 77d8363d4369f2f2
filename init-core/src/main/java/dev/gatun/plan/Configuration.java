package dev.gatun.plan;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;

/**
 * All that a layout reads.
 *
 * @param lineLimitBytes longer lines are passed on in parts
 */
public record Configuration(
    Plan plan, OutputFormat stdout, Verbosity verbosity, long lineLimitBytes) {}
