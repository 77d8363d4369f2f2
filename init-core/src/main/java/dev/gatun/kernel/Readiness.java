package dev.gatun.kernel;

/** Which descriptors were ready, in the order in which they became so. */
public final class Readiness {
  private final int[] descriptors;

  public Readiness(int capacity) {
    descriptors = new int[capacity];
  }

  public int capacity() {
    return descriptors.length;
  }

  public int descriptor(int index) {
    return descriptors[index];
  }

  public void set(int index, int descriptor) {
    descriptors[index] = descriptor;
  }
}
