package dev.gatun.kernel;

import java.util.Arrays;

/** A list of pids, or of descriptors, that is filled again and again. */
public final class PidList {
  private int[] pids = new int[64];
  private int size;

  public void clear() {
    size = 0;
  }

  public void add(int pid) {
    if (size == pids.length) {
      pids = Arrays.copyOf(pids, size * 2);
    }
    pids[size++] = pid;
  }

  public int size() {
    return size;
  }

  public int get(int index) {
    return pids[index];
  }
}
