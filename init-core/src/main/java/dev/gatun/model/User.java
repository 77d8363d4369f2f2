package dev.gatun.model;

import java.util.List;

/**
 * Whom a process acts as.
 *
 * @param user its number
 * @param group the number of its own group
 * @param groups the numbers of the others that it belongs to
 */
public record User(int user, int group, List<Integer> groups) {
  public User {
    groups = List.copyOf(groups);
  }
}
