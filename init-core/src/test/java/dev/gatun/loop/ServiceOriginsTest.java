package dev.gatun.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.kernel.ProcessDescription;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which service a process came from. */
class ServiceOriginsTest {
  private static final ServiceName API = ServiceName.of("api");
  private static final ServiceName DB = ServiceName.of("db");

  private final ServiceOrigins origins = new ServiceOrigins();

  private Optional<ServiceName> origin(String tag, int session, int group) {
    Optional<OsString> value = Optional.ofNullable(tag).map(OsString::of);
    return origins.of(new ProcessDescription("x", "x", value, session, group));
  }

  @Test
  void theTagSaysIt() {
    origins.started(API, 14);
    origins.started(DB, 15);
    assertEquals(Optional.of(DB), origin("db", 14, 14));
  }

  @Test
  void aTagThatIsNoServicesSaysNothing() {
    origins.started(API, 14);
    assertEquals(Optional.empty(), origin("made up", 99, 99));
    assertEquals(Optional.of(API), origin("made up", 14, 99));
  }

  @Test
  void withoutATagTheSessionSaysItAndThenTheGroup() {
    origins.started(API, 14);
    assertEquals(Optional.of(API), origin(null, 14, 99));
    assertEquals(Optional.of(API), origin(null, 99, 14));
    assertEquals(Optional.empty(), origin(null, 0, 0));
  }

  @Test
  void onlyTheLatestPidsAreRemembered() {
    origins.started(API, 1);
    for (int pid = 2; pid <= ServiceOrigins.MAX_PIDS; pid++) {
      origins.started(DB, pid);
    }
    assertEquals(Optional.of(API), origin(null, 1, 0));
    origins.started(DB, ServiceOrigins.MAX_PIDS + 1);
    assertEquals(Optional.empty(), origin(null, 1, 0));
  }
}
