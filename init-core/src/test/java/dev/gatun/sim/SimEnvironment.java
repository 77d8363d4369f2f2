package dev.gatun.sim;

import dev.gatun.loop.EnvironmentSource;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.List;

/** What programs are started with: another environment each time that it is read. */
final class SimEnvironment implements EnvironmentSource {
  static final Environment FIRST = numbered(0);

  private int reads;

  private static Environment numbered(int number) {
    return new Environment(List.of(OsString.of("ENVIRONMENT=" + number)));
  }

  @Override
  public Environment read() {
    return numbered(++reads);
  }
}
