package dev.gatun.reaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reaper in a JVM that is not PID 1, as on a developer's machine. */
class OrphanReaperTest {
  private static final Logger LOGGER = Logger.getLogger("dev.gatun.reaper");

  private final List<String> messages = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    LOGGER.setFilter(
        message -> {
          messages.add(message.getMessage());
          return false;
        });
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.setFilter(null);
  }

  @Test
  void it_does_nothing_and_may_be_started_again() {
    for (int i = 0; i < 2; i++) {
      try (OrphanReaper reaper = OrphanReaper.start()) {
        assertFalse(reaper.isActive());
        assertEquals(0, reaper.reaped());
        assertEquals(0, reaper.pending());
        reaper.claim(1);
        reaper.release(1);
      }
    }
    assertEquals(2, messages.size());
    assertTrue(messages.getFirst().contains("not PID 1"), messages::toString);
  }

  @Test
  void there_is_one_in_a_jvm_until_it_is_closed() {
    OrphanReaper reaper = OrphanReaper.builder().requirePid1(false).start();
    assertTrue(reaper.isActive());
    IllegalStateException e = assertThrows(IllegalStateException.class, OrphanReaper::start);
    assertTrue(e.getMessage().contains("has one already"), e.getMessage());
    reaper.close();
    reaper.close();
    assertFalse(reaper.isActive());
    OrphanReaper.builder().requirePid1(false).start().close();
  }

  @Test
  void what_means_nothing_is_refused() {
    OrphanReaper.Builder builder = OrphanReaper.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.grace(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> builder.grace(Duration.ofDays(2)));
    OrphanReaper reaper = builder.start();
    assertThrows(IllegalArgumentException.class, () -> reaper.claim(0));
    assertThrows(IllegalArgumentException.class, () -> reaper.claim(1L << 32));
    assertThrows(IllegalArgumentException.class, () -> reaper.release(-1));
  }
}
