package dev.gatun.clients.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.model.Order;
import dev.gatun.model.ServiceStatus;
import dev.gatun.model.ServiceStatus.Activity;
import dev.gatun.model.ServiceStatus.Wanted;
import dev.gatun.model.Signal;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes that s6-svstat reads, and the letters that s6-svc writes. */
class StatusFileTest {
  private static final long SECOND = 1_000_000_000;
  private static final ServiceStatus UP =
      new ServiceStatus(Activity.RUN, 0x50, false, Wanted.UP, false, true, 0);

  @Test
  void a_service_that_is_up_and_ready_is_35_bytes() {
    byte[] file = StatusFile.of(UP, true, SECOND + 2, 2 * SECOND, 0, StatusFile.BYTES);
    assertEquals(
        "400000000000002600000002"
            + "400000000000002700000000"
            + "0000000000000050"
            + "0000"
            + "0c",
        HexFormat.of().formatHex(file));
  }

  @Test
  void releases_2_13_have_the_process_group_beside_the_pid() {
    byte[] file = StatusFile.of(UP, false, 0, 0, 0x0f, StatusFile.BYTES_WITH_GROUP);
    assertEquals(
        "400000000000002500000000"
            + "400000000000002500000000"
            + "0000000000000050"
            + "0000000000000050"
            + "000f"
            + "04",
        HexFormat.of().formatHex(file));
  }

  @Test
  void each_letter_is_an_order_a_signal_or_nothing() {
    String orders = "";
    String signals = "";
    for (int letter = 0; letter < 256; letter++) {
      orders += Letters.order((byte) letter).isPresent() ? (char) letter : "";
      signals += Letters.signal((byte) letter).isPresent() ? (char) letter : "";
    }
    assertEquals("DOQUcdoprux", orders);
    assertEquals("12CKPabhiklqty", signals);
    assertEquals(Optional.of(Order.AT_MOST_ONCE), Letters.order((byte) 'O'));
    assertEquals(Optional.of(Signal.ABRT), Letters.signal((byte) 'b'));
  }
}
