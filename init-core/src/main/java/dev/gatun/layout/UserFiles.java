package dev.gatun.layout;

import dev.gatun.json.JsonException;
import dev.gatun.json.JsonValue;
import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.model.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Users and groups by name, as /etc/passwd and /etc/group have them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
 */
final class UserFiles {
  private static final OsString PASSWD = OsString.of("/etc/passwd");
  private static final OsString GROUP = OsString.of("/etc/group");
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int MAX_DIGITS = 9;
  private static final int NONE = -1;

  private final FileTree files;

  UserFiles(FileTree files) {
    this.files = files;
  }

  /**
   * The user.
   *
   * @param place where errors are
   * @param text {@code USER} or {@code USER:GROUP}
   */
  User find(JsonValue place, String text, String allowed) throws JsonException {
    int colon = text.indexOf(':');
    String user = colon < 0 ? text : text.substring(0, colon);
    if (user.isEmpty()) {
      throw place.wrong("it names no user", allowed);
    }
    String[] entry = entry(PASSWD, user, 7);
    int number = entry == null ? number(user) : number(entry[2]);
    if (number == NONE) {
      throw place.wrong("there is no user " + user + " in " + PASSWD, allowed);
    }
    int group = entry == null ? NONE : number(entry[3]);
    if (colon >= 0) {
      String name = text.substring(colon + 1);
      String[] found = entry(GROUP, name, 3);
      group = found == null ? number(name) : number(found[2]);
      if (group == NONE) {
        throw place.wrong("there is no group " + name + " in " + GROUP, allowed);
      }
    }
    if (group == NONE) {
      throw place.wrong(
          "there is no user " + user + " in " + PASSWD + " to say which group it has",
          "write \"" + user + ":GROUP\"");
    }
    return new User(number, group, groups(entry == null ? "" : entry[0], group));
  }

  /** The line of a file that begins with that name, or whose third field is that number. */
  private String[] entry(OsString file, String name, int fields) {
    String[] byNumber = null;
    for (String line : lines(file)) {
      String[] entry = line.split(":", -1);
      if (entry.length >= fields && entry[0].equals(name)) {
        return entry;
      }
      if (entry.length >= fields && byNumber == null && entry[2].equals(name)) {
        byNumber = entry;
      }
    }
    return byNumber;
  }

  private List<Integer> groups(String user, int group) {
    List<Integer> groups = new ArrayList<>(List.of(group));
    for (String line : lines(GROUP)) {
      String[] entry = line.split(":", -1);
      boolean isIn = entry.length > 3 && List.of(entry[3].split(",")).contains(user);
      if (isIn && !user.isEmpty() && number(entry[2]) != NONE) {
        groups.add(number(entry[2]));
      }
    }
    return groups.stream().distinct().toList();
  }

  private String[] lines(OsString file) {
    try {
      return new String(files.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1).split("\n");
    } catch (IOException e) {
      return new String[0];
    }
  }

  private static int number(String digits) {
    boolean isNumber = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
    for (int i = 0; i < digits.length(); i++) {
      isNumber &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return isNumber ? Integer.parseInt(digits) : NONE;
  }
}
