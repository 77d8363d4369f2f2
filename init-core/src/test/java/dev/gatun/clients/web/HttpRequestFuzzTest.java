package dev.gatun.clients.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever clients send by HTTP. */
class HttpRequestFuzzTest {

  @FuzzTest
  void aRequestIsReadOrRefused(byte[] bytes) {
    int end = HttpRequest.end(bytes, bytes.length);
    if (end == 0) {
      return;
    }
    HttpRequest request = HttpRequest.read(bytes, end);
    assertTrue(Set.of(200, 400, 405, 505).contains(request.status()));
    if (request.status() == HttpRequest.OK) {
      assertTrue(request.path().startsWith("/"));
      assertTrue(request.path().indexOf('?') < 0);
    }
    String head = Answer.refusal(request.status()).head();
    assertTrue(head.endsWith("\r\n\r\n"));
    assertEquals(head.indexOf("\r\n\r\n"), head.length() - 4);
  }

  private static HttpRequest read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int end = HttpRequest.end(bytes, bytes.length);
    assertEquals(bytes.length, end);
    return HttpRequest.read(bytes, end);
  }

  @Test
  void a_path_a_query_and_what_is_accepted_are_told_apart() {
    HttpRequest request = read("GET /readyz?verbose HTTP/1.1\r\nACCEPT: Text/Plain\r\n\r\n");
    assertEquals("/readyz", request.path());
    assertEquals("verbose", request.query());
    assertEquals(" text/plain", request.accept());
  }

  @Test
  void what_is_no_get_of_http_1_is_refused() {
    assertEquals(405, read("DELETE / HTTP/1.1\r\n\r\n").status());
    assertEquals(405, read("HEAD / HTTP/1.1\r\n\r\n").status());
    assertEquals(505, read("GET / HTTP/2\r\n\r\n").status());
    assertEquals(400, read("GET  / HTTP/1.1\r\n\r\n").status());
    assertEquals(400, read("GET http://a/ HTTP/1.1\r\n\r\n").status());
    assertEquals(400, read("\u0016\u0003\u0001\n\n").status());
  }
}
