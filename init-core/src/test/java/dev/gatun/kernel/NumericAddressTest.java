package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Java's own reader of addresses is the oracle. */
class NumericAddressTest {

  @Test
  void an_address_in_numbers_is_what_java_takes_it_for() throws UnknownHostException {
    String[] all = {
      "0.0.0.0",
      "127.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "fe80::1:2",
      "1:2:3:4:5:6:7:8",
      "2001:db8::ff00:42:8329",
      "1::"
    };
    for (String text : all) {
      assertArrayEquals(InetAddress.getByName(text).getAddress(), NumericAddress.parse(text), text);
    }
  }

  @Test
  void anything_else_is_none() {
    String[] all = {
      "",
      "localhost",
      "1.2.3",
      "1.2.3.4.5",
      "256.1.1.1",
      "01.2.3.4",
      "1.2.3.x",
      ":",
      ":::",
      "1:2",
      "1::2::3",
      "12345::",
      "g::",
      "1:2:3:4:5:6:7:8:9",
      "::1:2:3:4:5:6:7:8"
    };
    for (String text : all) {
      assertNull(NumericAddress.parse(text), text);
    }
  }
}
