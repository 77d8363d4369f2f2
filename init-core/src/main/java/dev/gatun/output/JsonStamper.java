package dev.gatun.output;

import dev.gatun.kernel.Memory;

/** Stamps lines that are JSON objects; the others go to another stamper. */
final class JsonStamper extends CheckingStamper {
  private final Stamper notJson;

  JsonStamper(
      Memory memory, Sink sink, String service, String stage, Scanners scanners, Stamper notJson) {
    super(memory, sink, service, stage, scanners);
    this.notJson = notJson;
  }

  @Override
  public void setTime(Timestamp now) {
    super.setTime(now);
    notJson.setTime(now);
  }

  @Override
  boolean passOnOther(long address, long length) {
    return notJson.stamp(address, length, false);
  }

  @Override
  public void free() {
    super.free();
    notJson.free();
  }
}
