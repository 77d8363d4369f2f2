package dev.gatun.clients.web;

import java.nio.charset.StandardCharsets;

/**
 * An answer by HTTP. It is never to be stored, and what a browser makes of it may load nothing from
 * anywhere.
 *
 * @param type of the body
 * @param policy what a browser may do with it
 */
record Answer(int status, String type, String policy, byte[] body) {
  static final String TEXT = "text/plain; charset=utf-8";

  private static final String NOTHING = "default-src 'none'";

  static Answer text(int status, String text) {
    return new Answer(status, TEXT, NOTHING, text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer of(String type, byte[] body) {
    return new Answer(HttpRequest.OK, type, NOTHING, body);
  }

  static Answer refusal(int status) {
    return text(status, reason(status) + "\n");
  }

  String head() {
    return "HTTP/1.1 "
        + status
        + " "
        + reason(status)
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length
        + (status == HttpRequest.WRONG_METHOD ? "\r\nAllow: GET" : "")
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy:"
        + " no-referrer\r\nContent-Security-Policy: "
        + policy
        + "\r\nConnection: close\r\n\r\n";
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> "HTTP Version Not Supported";
    };
  }
}
