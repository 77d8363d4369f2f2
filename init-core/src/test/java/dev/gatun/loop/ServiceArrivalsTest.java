package dev.gatun.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.kernel.DirectoryWatch;
import dev.gatun.kernel.Errno;
import dev.gatun.machine.Event;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.ServiceScan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceArrivalsTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> heard = new ArrayList<>();
  private final List<ServiceScan.Found> there = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> locked = new HashSet<>();
  private final Watch watch = new Watch();
  private long nowNanos;

  private final ServiceArrivals arrivals =
      new ServiceArrivals(
          error -> "errno " + error,
          new Events(),
          (level, text) -> heard.add(level + ": " + text),
          () -> new ServiceScan(there, List.of(OsString.of("/s")), problems),
          watch,
          spec -> !locked.contains(spec.name().toString()));

  private final class Events implements EffectRunner.Events {
    @Override
    public void post(Event event) {
      heard.add(
          switch (event) {
            case Event.ServiceFound found -> "found " + found.spec().name();
            case Event.ServiceVanished vanished -> "vanished " + vanished.service();
            default -> throw new AssertionError(event);
          });
    }

    @Override
    public long nowNanos() {
      return nowNanos;
    }
  }

  private static final class Watch implements DirectoryWatch {
    private boolean changed;
    private int answer;

    @Override
    public int descriptor() {
      return -Errno.EMFILE;
    }

    @Override
    public int add(OsString directory) {
      return answer;
    }

    @Override
    public boolean hasChanged() {
      boolean before = changed;
      changed = false;
      return before;
    }
  }

  private static ServiceScan.Found found(String name, String identity) {
    OsString directory = OsString.of("/s/" + name);
    return new ServiceScan.Found(
        new ServiceSpec(
            ServiceName.of(name),
            Command.of(directory.resolve("run"), directory),
            Optional.empty(),
            Optional.empty(),
            ExitPolicy.passingOn(List.of())),
        identity);
  }

  private List<String> changes() {
    watch.changed = true;
    arrivals.ready();
    return takeHeard();
  }

  private List<String> takeHeard() {
    List<String> taken = List.copyOf(heard);
    heard.clear();
    return taken;
  }

  private List<String> passes(long nanos) {
    nowNanos += nanos;
    arrivals.timePassed(nowNanos);
    return takeHeard();
  }

  private void begin() {
    arrivals.begin(null);
    heard.removeIf(text -> text.contains("cannot watch"));
  }

  @Test
  void what_appears_is_found_once_and_what_goes_vanishes_once() {
    begin();
    there.add(found("a", "1"));
    assertEquals(List.of("found a"), changes());
    assertEquals(List.of(), changes());
    there.clear();
    assertEquals(List.of("vanished a"), changes());
    assertEquals(List.of(), changes());
  }

  @Test
  void nothing_is_looked_at_where_nothing_has_changed() {
    begin();
    there.add(found("a", "1"));
    arrivals.ready();
    assertEquals(List.of(), takeHeard());
  }

  @Test
  void another_directory_of_the_same_name_is_found_when_the_old_one_is_gone() {
    there.add(found("a", "1"));
    begin();
    takeHeard();
    there.set(0, found("a", "2"));
    assertEquals(List.of("vanished a"), changes());
    arrivals.released(ServiceName.of("a"));
    assertEquals(List.of("found a"), passes(0));
  }

  @Test
  void what_was_told_to_exit_and_is_still_there_comes_back_after_two_seconds() {
    there.add(found("a", "1"));
    begin();
    takeHeard();
    arrivals.released(ServiceName.of("a"));
    assertEquals(List.of(), passes(2 * SECOND - 1));
    assertEquals(List.of("found a"), passes(1));
  }

  @Test
  void one_that_comes_back_does_not_bring_another_that_was_told_later() {
    there.add(found("a", "1"));
    there.add(found("b", "1"));
    begin();
    takeHeard();
    arrivals.released(ServiceName.of("a"));
    assertEquals(List.of(), passes(SECOND));
    arrivals.released(ServiceName.of("b"));
    assertEquals(List.of("found a"), passes(SECOND));
    assertEquals(List.of(), changes());
    assertEquals(List.of("found b"), passes(SECOND));
  }

  @Test
  void a_directory_that_goes_and_comes_again_is_not_waited_for() {
    there.add(found("a", "1"));
    begin();
    takeHeard();
    arrivals.released(ServiceName.of("a"));
    there.clear();
    assertEquals(List.of(), changes());
    there.add(found("a", "2"));
    assertEquals(List.of("found a"), changes());
  }

  @Test
  void a_problem_is_said_at_once_at_first_and_later_when_it_lasts() {
    problems.add("x is missing");
    begin();
    assertEquals(List.of("WARNING: x is missing"), takeHeard());
    problems.add("y is missing");
    assertEquals(List.of(), changes());
    assertEquals(List.of("WARNING: y is missing"), passes(5 * SECOND));
    assertEquals(List.of(), passes(5 * SECOND));
    problems.clear();
    assertEquals(List.of(), changes());
  }

  @Test
  void what_cannot_be_watched_is_looked_at_every_five_seconds_and_that_is_said_once() {
    watch.answer = -Errno.EMFILE;
    arrivals.begin(null);
    assertEquals(1, heard.size(), heard::toString);
    assertTrue(heard.getFirst().contains("errno " + Errno.EMFILE), heard::toString);
    takeHeard();
    there.add(found("a", "1"));
    assertEquals(List.of(), passes(5 * SECOND - 1));
    assertEquals(List.of("found a"), passes(1));
  }

  @Test
  void what_another_supervisor_has_is_left_to_it_until_that_is_gone() {
    locked.add("a");
    there.add(found("a", "1"));
    there.add(found("b", "1"));
    begin();
    assertEquals(
        List.of(
            "WARNING: service a is not started: another supervisor has locked /s/a/supervise/lock:"
                + " stop that one, or give each its own service directory",
            "found b"),
        takeHeard());
    assertEquals(List.of(), passes(5 * SECOND));
    locked.clear();
    assertEquals(List.of("found a"), passes(5 * SECOND));
  }
}
