package dev.gatun.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PollTest {
  private final List<String> calls = new ArrayList<>();
  private final TreeSet<Integer> ready = new TreeSet<>();
  private boolean refuses;
  private long lastTimeoutNanos;
  private final Poll poll = new Poll(kernel());
  private final List<String> told = new ArrayList<>();

  private Kernel kernel() {
    return FakeKernel.answering(
        (method, arguments) ->
            switch (method) {
              case "watch" -> {
                calls.add("watch " + arguments[0]);
                yield refuses ? -Errno.ENOMEM : 0;
              }
              case "unwatch" -> {
                calls.add("unwatch " + arguments[0]);
                yield 0;
              }
              case "await" -> await((long) arguments[0], (Readiness) arguments[1]);
              default -> FakeKernel.unexpected(method);
            });
  }

  private int await(long timeoutNanos, Readiness into) {
    lastTimeoutNanos = timeoutNanos;
    int count = 0;
    for (int descriptor : ready) {
      if (count < into.capacity()) {
        into.set(count++, descriptor);
      }
    }
    return count;
  }

  private Poll.Handler telling(String name) {
    return () -> told.add(name);
  }

  private void turn() {
    poll.await(-1);
    poll.tellHandlers();
  }

  @Test
  void who_watches_is_told_until_it_forgets() {
    poll.watch(7, Interest.READABLE, telling("seven"));
    ready.add(7);
    turn();
    turn();
    poll.forget(7);
    turn();
    assertEquals(List.of("seven", "seven"), told);
    assertEquals(List.of("watch 7", "unwatch 7"), calls);
    assertEquals(-1, lastTimeoutNanos);
  }

  @Test
  void watching_again_for_the_same_handler_costs_no_call() {
    Poll.Handler handler = telling("it");
    poll.watch(7, Interest.WRITABLE, handler);
    poll.watch(7, Interest.WRITABLE, handler);
    assertEquals(List.of("watch 7"), calls);
  }

  @Test
  void what_was_forgotten_in_the_same_turn_is_not_told() {
    poll.watch(
        7,
        Interest.READABLE,
        () -> {
          told.add("seven");
          poll.forget(8);
        });
    poll.watch(8, Interest.READABLE, telling("eight"));
    ready.addAll(List.of(7, 8));
    turn();
    assertEquals(List.of("seven"), told);
  }

  @Test
  void forgetting_what_was_never_watched_does_nothing() {
    poll.forget(3);
    poll.forget(100_000);
    assertEquals(List.of(), calls);
  }

  @Test
  void a_refused_descriptor_is_looked_at_every_10_ms_until_it_can_be_watched() {
    refuses = true;
    poll.watch(7, Interest.READABLE, telling("seven"));
    turn();
    assertEquals(10_000_000, lastTimeoutNanos);
    poll.await(3_000_000);
    assertEquals(3_000_000, lastTimeoutNanos, "an earlier deadline counts");
    poll.tellHandlers();
    assertEquals(List.of("seven", "seven"), told);
    refuses = false;
    turn();
    turn();
    assertEquals(-1, lastTimeoutNanos);
    assertEquals(List.of("seven", "seven", "seven"), told);
  }

  @Test
  void a_refused_descriptor_can_be_forgotten() {
    refuses = true;
    poll.watch(7, Interest.READABLE, telling("seven"));
    poll.forget(7);
    turn();
    assertEquals(-1, lastTimeoutNanos);
    assertEquals(List.of(), told);
    assertTrue(calls.stream().noneMatch(call -> call.startsWith("unwatch")), calls.toString());
  }

  @Test
  void a_refused_descriptor_may_be_forgotten_by_its_own_handler() {
    refuses = true;
    poll.watch(
        7,
        Interest.READABLE,
        () -> {
          told.add("seven");
          poll.forget(7);
        });
    turn();
    turn();
    assertEquals(List.of("seven"), told);
    assertEquals(-1, lastTimeoutNanos);
  }

  @Test
  void a_wait_that_fails_is_as_one_that_found_nothing() {
    poll.watch(7, Interest.READABLE, telling("seven"));
    Kernel interrupted =
        FakeKernel.answering((method, arguments) -> method.equals("await") ? -Errno.EINTR : 0);
    Poll other = new Poll(interrupted);
    other.watch(7, Interest.READABLE, telling("other"));
    other.await(-1);
    other.tellHandlers();
    assertEquals(List.of(), told);
  }

  @Test
  void descriptors_of_any_number_are_watched() {
    for (int descriptor = 0; descriptor < 5000; descriptor += 7) {
      poll.watch(descriptor, Interest.READABLE, telling("" + descriptor));
    }
    ready.add(4998);
    turn();
    assertEquals(List.of("4998"), told);
  }
}
