package dev.gatun.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.machine.Exploration.Listing;
import dev.gatun.machine.Exploration.Programs;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Small plans, exhaustively: every order of starts, failures, exits, a signal from outside, an
 * orphan and deadlines. In each state the rules of {@link Safety} hold, and the end can be reached
 * without anybody doing more than it must.
 */
class ExhaustionTest {
  private static final long MILLI = 1_000_000;

  /**
   * @param services as {@link Life#plan} takes them
   */
  private record Small(
      OrphanPolicy.Kind policy,
      boolean kills,
      Listing listing,
      boolean orphan,
      Programs programs,
      String... services) {

    Plan plan() {
      return Life.plan(
          new OrphanPolicy(policy, 10 * MILLI, 150 * MILLI),
          kills ? 120 * MILLI : Plan.NO_KILL,
          services);
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
    Exploration exploration =
        new Exploration(
            small.plan(), small.listing(), small.orphan(), small.programs(), (b, e, t) -> {});
    long startNanos = System.nanoTime();
    exploration.explore();
    List<Exploration.Node> dead = exploration.deadEnds();
    System.out.printf(
        Locale.ROOT,
        "%,10d states, %,11d transitions, %4.1f s: %s%n",
        exploration.states(),
        exploration.transitions(),
        (System.nanoTime() - startNanos) / 1e9,
        small);
    assertEquals(List.of(), dead.stream().limit(1).toList(), () -> dead.size() + " dead ends");
  }
}
