package dev.gatun.cli;

import dev.gatun.layout.LayoutException;
import dev.gatun.model.ServiceName;
import dev.gatun.output.LineConverter;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.HashMap;
import java.util.Map;

/** The compiled patterns of a plan; looked at only when there is one. */
final class Conversions {
  private Conversions() {}

  /**
   * Compiles them all.
   *
   * @throws LayoutException when one cannot be used
   */
  static Map<ServiceName, LineConverter> of(Plan plan) throws LayoutException {
    Map<ServiceName, LineConverter> converters = new HashMap<>();
    for (ServiceSpec service : plan.services()) {
      if (service.pattern().isPresent()) {
        converters.put(service.name(), compile(service.pattern().get()));
      }
    }
    return converters;
  }

  private static LineConverter compile(LinePattern pattern) throws LayoutException {
    try {
      return PatternCompiler.compile(pattern);
    } catch (PatternException e) {
      throw new LayoutException(e.getMessage());
    }
  }
}
