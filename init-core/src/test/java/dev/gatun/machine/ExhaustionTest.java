package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.machine.Exploration.Listing;
import dev.gatun.machine.Exploration.Programs;
import dev.gatun.plan.Meaning;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.Stop;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small plans, exhaustively: every order of starts, failures, exits, a signal from outside, an
 * orphan and deadlines. In each state the rules of {@link Safety} hold, and the end can be reached
 * without anybody doing more than it must.
 */
class ExhaustionTest {
  private static final long MILLI = 1_000_000;
  private static final int NO_CLIENTS = -1;

  /**
   * @param services as {@link Plans#plain} takes them
   */
  private record Small(
      OrphanPolicy.Kind policy,
      boolean kills,
      Listing listing,
      boolean orphan,
      Programs programs,
      String... services) {

    Exploration.Case explored() {
      Plan plan =
          Plans.plain(
              new OrphanPolicy(policy, 10 * MILLI, 150 * MILLI),
              kills ? 120 * MILLI : Stop.NO_KILL,
              services);
      return new Exploration.Case(plan, listing, orphan, programs, NO_CLIENTS);
    }

    @Override
    public String toString() {
      return String.join(", ", services)
          + (orphan ? ", an orphan" : "")
          + " under "
          + policy.name().toLowerCase(Locale.ROOT)
          + (kills ? ", with a time to KILL" : "")
          + (programs == Programs.DEAF ? ", all deaf" : "")
          + switch (listing) {
            case LISTED -> "";
            case UNLISTED_ALONE -> ", without /proc";
            case UNLISTED_SHARED -> ", without /proc, not PID 1";
          };
    }
  }

  private static final OrphanPolicy.Kind TERMINATE = OrphanPolicy.Kind.TERMINATE;
  private static final OrphanPolicy.Kind ADOPT = OrphanPolicy.Kind.ADOPT;
  private static final OrphanPolicy.Kind IGNORE = OrphanPolicy.Kind.IGNORE;

  private static final List<Small> PLANS =
      List.of(
          new Small(TERMINATE, false, Listing.LISTED, true, Programs.OBEDIENT),
          new Small(TERMINATE, false, Listing.LISTED, true, Programs.OBEDIENT, "a+log+term"),
          new Small(ADOPT, false, Listing.LISTED, true, Programs.OBEDIENT, "a+log+term"),
          new Small(IGNORE, true, Listing.LISTED, true, Programs.OBEDIENT, "a+log+term"),
          new Small(ADOPT, true, Listing.LISTED, true, Programs.DEAF, "a+log+term"),
          new Small(TERMINATE, true, Listing.LISTED, true, Programs.DEAF, "a+log+term", "b"),
          new Small(TERMINATE, false, Listing.LISTED, true, Programs.OBEDIENT, "a+log", "b+term"),
          new Small(ADOPT, false, Listing.LISTED, true, Programs.OBEDIENT, "a+log", "b"),
          new Small(IGNORE, false, Listing.LISTED, false, Programs.OBEDIENT, "a+log", "b+log"),
          new Small(TERMINATE, false, Listing.LISTED, true, Programs.OBEDIENT, "a", "b", "c"),
          new Small(
              IGNORE, false, Listing.LISTED, true, Programs.OBEDIENT, "a+log", "b+log", "c+log"),
          new Small(TERMINATE, false, Listing.UNLISTED_ALONE, true, Programs.OBEDIENT, "a+term"),
          new Small(TERMINATE, false, Listing.UNLISTED_SHARED, true, Programs.OBEDIENT, "a+term"),
          new Small(ADOPT, false, Listing.UNLISTED_ALONE, true, Programs.OBEDIENT, "a+log", "b"),
          new Small(IGNORE, true, Listing.UNLISTED_SHARED, true, Programs.DEAF, "a+log"));

  @TestFactory
  List<DynamicTest> every_order_of_events_ends_well() {
    return PLANS.stream()
        .map(small -> DynamicTest.dynamicTest(small.toString(), () -> check(small)))
        .toList();
  }

  private static void check(Small small) {
    check(small.explored(), small.toString());
  }

  private static int check(Exploration.Case explored, String what) {
    Exploration exploration = new Exploration(explored, (before, event, transition) -> {});
    long startNanos = System.nanoTime();
    exploration.explore();
    List<Exploration.Node> dead = exploration.deadEnds();
    System.out.printf(
        Locale.ROOT,
        "%,10d states, %,11d transitions, %4.1f s: %s%n",
        exploration.states(),
        exploration.transitions(),
        (System.nanoTime() - startNanos) / 1e9,
        what);
    assertEquals(List.of(), dead.stream().limit(1).toList(), () -> dead.size() + " dead ends");
    return exploration.states();
  }

  /** A program before, one after, and perhaps one during the end of the service. */
  static Stages stages(boolean sets, boolean closes) {
    Stages first = Stages.none();
    Stages stages = sets ? first.setting("1", Stages.ONE) : first.first("1", Stages.ONE);
    if (closes) {
      stages.closing("2", Meaning.Failure.IS_SAID);
    }
    return stages.last("3", Meaning.Failure.GIVES_CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "a+log,2,false,false,false,''",
    "a,2,false,false,true,''",
    "a+log+down,1,true,false,false,''",
    "a,1,false,true,false,''",
    "a,1,false,false,false,ft",
    "a,1,true,false,false,udx"
  })
  void every_order_of_events_and_orders_ends_well(
      String service, int orders, boolean kills, boolean closes, boolean sets, String scripts) {
    long killAfterNanos = kills ? 3 * Plans.SECOND : Stop.NO_KILL;
    Plan plan = Plans.supervised(stages(sets, closes), killAfterNanos, service);
    Exploration.Case explored =
        new Exploration.Case(
            Plans.having(plan, scripts), Listing.LISTED, false, Programs.OBEDIENT, orders);
    int states = check(explored, service + ", " + orders + " orders, " + scripts);
    assertTrue(states > 500, states + " states");
  }

  @Test
  void services_of_all_kinds_in_one_container_end_well() {
    Plan plan =
        Plans.supervised(stages(false, true).main("2", 111), Stop.NO_KILL, "a", "p+plain+term");
    Exploration.Case explored =
        new Exploration.Case(plan, Listing.LISTED, false, Programs.OBEDIENT, 1);
    int states = check(explored, "a, p+plain+term, a main program");
    assertTrue(states > 500, states + " states");
  }
}
