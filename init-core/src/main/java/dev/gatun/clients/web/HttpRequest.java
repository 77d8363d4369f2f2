package dev.gatun.clients.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a client asks for by HTTP/1.
 *
 * @param status 200, or what the request is to be refused with
 * @param path what it wants, without the query
 * @param query behind the question mark; empty where there is none
 * @param accept the header of that name, in small letters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
record HttpRequest(int status, String path, String query, String accept) {
  static final int MAX_BYTES = 8 * 1024;
  static final int OK = 200;
  static final int BAD = 400;
  static final int WRONG_METHOD = 405;
  static final int WRONG_VERSION = 505;

  private static final String ACCEPT = "accept:";

  /** Where the head of the request ends, or 0 when it is not all there. */
  static int end(byte[] bytes, int length) {
    for (int at = 0; at < length; at++) {
      boolean isEnd =
          bytes[at] == '\n'
              && (at > 0 && bytes[at - 1] == '\n'
                  || at > 1 && bytes[at - 1] == '\r' && bytes[at - 2] == '\n');
      if (isEnd) {
        return at + 1;
      }
    }
    return 0;
  }

  /** The request whose head that is. */
  static HttpRequest read(byte[] bytes, int end) {
    String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    String[] lines = head.split("\r?\n");
    String[] words = lines.length == 0 ? new String[0] : lines[0].split(" ", -1);
    if (words.length != 3 || !isToken(words[0]) || !words[1].startsWith("/")) {
      return refused(BAD);
    }
    if (!words[2].equals("HTTP/1.1") && !words[2].equals("HTTP/1.0")) {
      return refused(words[2].startsWith("HTTP/") ? WRONG_VERSION : BAD);
    }
    if (!words[0].equals("GET")) {
      return refused(WRONG_METHOD);
    }
    String accept = "";
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i].toLowerCase(Locale.ROOT);
      accept = line.startsWith(ACCEPT) ? line.substring(ACCEPT.length()) : accept;
    }
    int question = words[1].indexOf('?');
    String path = question < 0 ? words[1] : words[1].substring(0, question);
    return new HttpRequest(OK, path, question < 0 ? "" : words[1].substring(question + 1), accept);
  }

  private static HttpRequest refused(int status) {
    return new HttpRequest(status, "", "", "");
  }

  private static boolean isToken(String method) {
    boolean isOne = !method.isEmpty();
    for (int i = 0; i < method.length(); i++) {
      isOne &= method.charAt(i) >= 'A' && method.charAt(i) <= 'Z';
    }
    return isOne;
  }
}
