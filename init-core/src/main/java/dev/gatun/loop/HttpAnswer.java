package dev.gatun.loop;

import java.util.Arrays;

/**
 * The first line of an answer to an HTTP request: nothing else of it is looked at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-4">RFC 9112, section 4</a>
 */
final class HttpAnswer {
  private static final int MAX_BYTES = 1024;
  private static final int STATUS_AT = 9;
  private static final int SHORTEST = 12;
  private static final int GOOD_FROM = 200;
  private static final int GOOD_BELOW = 400;

  private byte[] bytes = new byte[0];

  static String request(String host, int port, String path) {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: "
        + name
        + ":"
        + port
        + "\r\nUser-Agent: gatun\r\nAccept: */*\r\nConnection: close\r\n\r\n";
  }

  /** What has come. */
  void add(byte[] more) {
    int length = Math.min(MAX_BYTES - bytes.length, more.length);
    byte[] all = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(more, 0, all, bytes.length, length);
    bytes = all;
  }

  /** Whether there is enough to judge. */
  boolean isComplete() {
    for (byte each : bytes) {
      if (each == '\n') {
        return true;
      }
    }
    return bytes.length == MAX_BYTES;
  }

  /** Why it is no success, for people; empty for one. */
  String failure() {
    int status = status();
    if (status < 0) {
      return "what answers does not speak HTTP/1";
    }
    return status >= GOOD_FROM && status < GOOD_BELOW ? "" : "HTTP status " + status;
  }

  private int status() {
    String version = "HTTP/1.";
    for (int i = 0; i < version.length(); i++) {
      if (bytes.length < SHORTEST || bytes[i] != version.charAt(i)) {
        return -1;
      }
    }
    int status = 0;
    for (int i = STATUS_AT; i < SHORTEST; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      status = status * 10 + bytes[i] - '0';
    }
    boolean isSeparate =
        bytes[STATUS_AT - 1] == ' ' && (bytes.length == SHORTEST || bytes[SHORTEST] <= ' ');
    return isSeparate ? status : -1;
  }
}
