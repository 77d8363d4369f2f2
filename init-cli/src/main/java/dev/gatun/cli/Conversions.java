package dev.gatun.cli;

import dev.gatun.layout.LayoutException;
import dev.gatun.model.ServiceName;
import dev.gatun.output.LineConverter;
import dev.gatun.output.OutputPlane;
import dev.gatun.pattern.PatternCompiler;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The compiled patterns of services. Loaded only where there may be some. */
final class Conversions {
  private final Map<ServiceName, LinePattern> patterns = new HashMap<>();
  private final Map<ServiceName, LineConverter> finders = new HashMap<>();
  private boolean inUse;

  /**
   * Compiles all patterns of a plan.
   *
   * @throws LayoutException when one cannot be used
   */
  static Conversions of(Plan plan) throws LayoutException {
    Conversions conversions = new Conversions();
    for (Service service : plan.services()) {
      try {
        conversions.add(service);
      } catch (PatternException e) {
        throw new LayoutException(e.getMessage());
      }
    }
    return conversions;
  }

  /** The lines that a service writes are converted from its next start on, if it has a pattern. */
  void add(Service service) throws PatternException {
    ServiceName name = service.id().name();
    Optional<LinePattern> pattern = service.wiring().pattern();
    if (pattern.isEmpty()) {
      patterns.remove(name);
      finders.remove(name);
    } else if (!pattern.get().equals(patterns.get(name))) {
      finders.remove(name);
      patterns.put(name, pattern.get());
      finders.put(name, PatternCompiler.compile(pattern.get()));
    }
  }

  /** Has the output plane use these, if there are any, and those that are added. */
  void convert(OutputPlane output) {
    if (!inUse && !finders.isEmpty()) {
      inUse = true;
      output.convert(finders);
    }
  }
}
