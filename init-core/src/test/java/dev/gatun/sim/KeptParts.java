package dev.gatun.sim;

import dev.gatun.plan.Course;
import dev.gatun.plan.MainProgram;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import dev.gatun.plan.SignalRule;
import dev.gatun.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A container with kept services taken apart, as {@link Parts} does it with others. */
final class KeptParts {
  private final Parts parts;

  private KeptParts(Set<Integer> without) {
    parts = new Parts(without);
  }

  static int count(KeptMaker.Made made) {
    KeptParts all = new KeptParts(Set.of());
    all.rebuild(made);
    return all.parts.count();
  }

  /** The container without the parts of these numbers. */
  static KeptMaker.Made without(KeptMaker.Made made, Set<Integer> numbers) {
    return numbers.isEmpty() ? made : new KeptParts(numbers).rebuild(made);
  }

  private KeptMaker.Made rebuild(KeptMaker.Made old) {
    Plan plan = old.plan();
    List<ServiceSpec> services = parts.keep(plan.services());
    Optional<Course> course = plan.course().map(this::rebuild);
    List<KeptMaker.Outside> outside = parts.keepBefore(old.outside(), 1);
    return new KeptMaker.Made(
        new Plan(
            services,
            plan.stopSignals(),
            plan.orphans(),
            plan.killAfterNanos(),
            plan.drainNanos(),
            course),
        parts.rebuild(old.environment()),
        outside);
  }

  private Course rebuild(Course old) {
    List<Step> first = parts.keep(old.first());
    Optional<MainProgram> main = old.main().filter(any -> parts.isKept());
    List<Step> last = parts.keep(old.last());
    List<SignalRule> signals = parts.keep(old.signals());
    return new Course(first, main, last, signals);
  }
}
