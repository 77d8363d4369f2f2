package dev.gatun.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers that churn for a while: see {@link Soak}. */
class SoakIT {

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void nothingIsLostNorLeftNorWrongHoweverServicesBehave() throws IOException {
    Container.assumeNamespaces();
    Soak.run(
        Integer.getInteger("gatun.soak.seconds", 60),
        Long.getLong("gatun.soak.seed", System.nanoTime() % 1_000_000));
  }
}
