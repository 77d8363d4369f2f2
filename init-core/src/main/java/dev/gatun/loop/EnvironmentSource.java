package dev.gatun.loop;

import dev.gatun.model.Environment;

/** Where the environment comes from that programs are started with, if it changes. */
public interface EnvironmentSource {

  /** What there is by now. */
  Environment read();
}
