package dev.gatun.layout;

import dev.gatun.model.OutputFormat;
import dev.gatun.model.Verbosity;

/**
 * What becomes of output.
 *
 * @param stdout how lines of services are marked with their origin
 * @param verbosity how much Gatun itself says
 * @param lineLimitBytes longer lines are passed on in parts
 * @param isRaw whether what services write is Gatun's own output, and not looked at
 */
public record OutputSettings(
    OutputFormat stdout, Verbosity verbosity, long lineLimitBytes, boolean isRaw) {

  OutputSettings with(Verbosity other) {
    return new OutputSettings(stdout, other, lineLimitBytes, isRaw);
  }

  OutputSettings raw(boolean raw) {
    return new OutputSettings(stdout, verbosity, lineLimitBytes, raw);
  }
}
