package dev.gatun.clients.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatun.json.JsonException;
import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever clients send. */
class RequestFuzzTest {

  @FuzzTest
  void whatIsNoRequestIsRefusedWithAReason(byte[] bytes) {
    try {
      Request request = Request.read(bytes);
      boolean isSignal = request.what() == Request.What.SIGNAL;
      assertEquals(isSignal, request.signal().isPresent());
      assertTrue(request.code() >= 0 && request.code() <= 255);
      request.services().forEach(name -> assertFalse(name.isEmpty()));
    } catch (JsonException e) {
      assertFalse(e.problem().isEmpty());
      assertFalse(e.allowed().isEmpty());
    }
  }

  private static Request read(String text) throws JsonException {
    return Request.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String text, String reason) {
    JsonException e = assertThrows(JsonException.class, () -> read(text));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void a_request_says_what_whom_and_how() throws JsonException {
    Request stop = read("{\"do\":\"stop\",\"services\":[\"web\",\"db\"],\"only\":true}");
    assertEquals(Request.What.STOP, stop.what());
    assertEquals(List.of(OsString.of("web"), OsString.of("db")), stop.services());
    assertTrue(stop.only());
    Request signal = read("{\"do\":\"signal\",\"services\":[\"a\"],\"signal\":\"SIGHUP\"}");
    assertEquals(Optional.of(Signal.HUP), signal.signal());
    Request wait =
        read("{\"do\":\"wait\",\"services\":[\"a\"],\"for\":\"down\",\"timeoutMillis\":1500}");
    assertEquals(Request.Until.DOWN, wait.until());
    assertEquals(1_500_000_000L, wait.timeoutNanos());
  }

  @Test
  void what_is_wrong_is_told_with_what_is_allowed() {
    refused("[]", "a request is an object");
    refused("{}", "the member do is missing");
    refused("{\"do\":\"dance\"}", "write one of status, watch, start");
    refused("{\"do\":\"stop\"}", "it names no service");
    refused("{\"do\":\"status\",\"code\":1}", "has no member code: the members are do, services");
    refused("{\"do\":\"shutdown\",\"code\":256}", "a whole number from 0 to 255");
    refused("{\"do\":\"signal\",\"services\":[\"a\"],\"signal\":\"NONE\"}", "no signal is called");
    refused("{\"do\":\"status\",\"services\":[1]}", "names of services");
  }
}
