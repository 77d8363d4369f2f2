package dev.gatun.output;

import dev.gatun.kernel.Memory;

/**
 * Stamps lines that are JSON objects; the others are passed on as text: {@code
 * {"message":"LINE","invalid":true}}.
 */
final class StrictStamper extends CheckingStamper {

  StrictStamper(Memory memory, Sink sink, String service, String stage, Scanners scanners) {
    super(memory, sink, service, stage, scanners);
  }

  @Override
  boolean passOnOther(long address, long length) {
    return text.append(address, length, TextObject.INVALID);
  }
}
