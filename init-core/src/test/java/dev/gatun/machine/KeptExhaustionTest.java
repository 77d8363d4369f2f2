package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Command;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Step;
import dev.gatun.plan.Step.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that can happen to one kept service with a log program, a program before, one during
 * the end of and one after it, in any order, with a few commands at any time: no process is started
 * twice or told anything when it is not there, and from wherever things have come to, the container
 * can be ended.
 */
class KeptExhaustionTest {
  @ParameterizedTest
  @CsvSource({
    "a+log,2,false,false",
    "a,2,false,false",
    "a+log+down,1,true,false",
    "a,1,false,true"
  })
  void every_order_of_events_can_end_well(
      String service, int commands, boolean kills, boolean closes) {
    long killAfterNanos = kills ? 3 * KeptLife.SECOND : Plan.NO_KILL;
    Plan plan = KeptLife.plan(Optional.of(course(closes)), killAfterNanos, service);
    KeptExploration all = new KeptExploration(plan, commands, (before, event, transition) -> {});
    all.explore();
    assertTrue(all.states() > 500, all.states() + " states");
    assertEquals(List.of(), all.deadEnds().stream().limit(1).toList());
  }

  /** A program before, one after, and perhaps one during the end of the service. */
  static Course course(boolean closes) {
    Command first = Command.of(OsString.of("/1"), OsString.of("/"));
    Command last = Command.of(OsString.of("/3"), OsString.of("/"));
    Failure failure = new Failure(false, 100, true, true);
    return new Course(
        List.of(new Step(ServiceName.of("1"), first, failure)),
        Optional.empty(),
        closes ? List.of(new Step(ServiceName.of("2"), last, Failure.IS_SAID)) : List.of(),
        List.of(new Step(ServiceName.of("3"), last, Failure.GIVES_CODE)),
        List.of());
  }
}
