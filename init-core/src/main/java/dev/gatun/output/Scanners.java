package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * The scanners of all streams: a line is looked at in one go, so one of each is enough. They are
 * made when they are used, for that takes time which the start of services has not.
 */
final class Scanners {
  private final Memory memory;
  private JsonScanner any;
  private LineScanner many;

  Scanners(Memory memory) {
    this.memory = memory;
  }

  /** The one that looks at any line. */
  JsonScanner forAny() {
    if (any == null) {
      any = new JsonScanner(memory);
    }
    return any;
  }

  /** The one for many lines. */
  LineScanner forMany() {
    if (many == null) {
      many = new LineScanner(memory);
    }
    return many;
  }
}
