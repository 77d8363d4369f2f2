package dev.gatun.model;

/**
 * One reparented process. The number is the identity and is never used twice; the pid is for people
 * and for the one system call that needs it, made while the process is known not to be reaped.
 */
public record OrphanId(long number, int pid) implements Comparable<OrphanId> {

  @Override
  public int compareTo(OrphanId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "orphan#" + number + "(" + pid + ")";
  }
}
