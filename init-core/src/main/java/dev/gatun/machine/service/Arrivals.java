package dev.gatun.machine.service;

import dev.gatun.model.Deadline;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Service;
import java.util.List;

/**
 * What is known about services that may come while the container is up.
 *
 * @param absent those that have left and may not come back yet
 * @param problems what keeps services from being there, and whether it has been said
 * @param lookAt when to look for services again without being told
 */
public record Arrivals(List<Absent> absent, List<Problem> problems, Deadline lookAt) {
  public static final Arrivals NONE = new Arrivals(List.of(), List.of(), Deadline.NEVER);

  public Arrivals {
    absent = List.copyOf(absent);
    problems = List.copyOf(problems);
  }

  /**
   * A service that was told to exit, and has.
   *
   * @param returnsAt when it may come back
   * @param services what has been found in its place in the meantime
   */
  public record Absent(ServiceName name, Deadline returnsAt, List<Service> services) {
    public Absent {
      services = List.copyOf(services);
    }
  }

  /**
   * Something that keeps a service from being there.
   *
   * @param sayAt people are told at the first look from then on, unless it is over; NEVER once they
   *     were told
   */
  public record Problem(String text, Deadline sayAt) {}

  Arrivals with(List<Absent> others) {
    return new Arrivals(others, problems, lookAt);
  }

  public Deadline nextDeadline() {
    Deadline next = lookAt;
    for (int i = 0; i < absent.size(); i++) {
      next = next.earlier(absent.get(i).returnsAt());
    }
    return next;
  }
}
