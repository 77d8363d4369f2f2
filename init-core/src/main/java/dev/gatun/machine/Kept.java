package dev.gatun.machine;

import dev.gatun.model.Deadline;
import dev.gatun.model.Incarnation;
import dev.gatun.model.Part;
import dev.gatun.model.ServiceName;
import dev.gatun.plan.Keeping;
import dev.gatun.plan.ServiceSpec;
import java.util.Optional;

/**
 * A kept service: two programs side by side, of which one reads what the other writes. Each is
 * started again when it ends; the pipe between them stays open, so that no line is lost. Told to
 * exit, the service ends first, and its log program when it has read all there is.
 *
 * @param log its log program, when it has one
 * @param pipeIsOpen whether Gatun holds the pipe between the two open
 * @param vanished whether it is to exit whatever clients say
 * @param successor what is to take its place when it is gone
 */
public record Kept(
    ServiceSpec spec,
    Keeper service,
    Optional<Keeper> log,
    boolean pipeIsOpen,
    boolean vanished,
    Optional<ServiceSpec> successor) {

  static Kept down(ServiceSpec spec, long nowNanos) {
    Keeping keeping = spec.keeping().get();
    Keeper service = Keeper.down(keeping.service().startsUntold(), nowNanos);
    Optional<Keeper> log =
        keeping.log().isEmpty()
            ? Optional.empty()
            : Optional.of(Keeper.down(keeping.log().get().startsUntold(), nowNanos));
    return new Kept(spec, service, log, false, false, Optional.empty());
  }

  public ServiceName name() {
    return spec.name();
  }

  Keeping keeping() {
    return spec.keeping().get();
  }

  public boolean has(Part part) {
    return part == Part.SERVICE || log.isPresent();
  }

  /** That part, which must be there. */
  public Keeper keeper(Part part) {
    return part == Part.SERVICE ? service : log.get();
  }

  Kept with(Part part, Keeper keeper) {
    return part == Part.SERVICE
        ? new Kept(spec, keeper, log, pipeIsOpen, vanished, successor)
        : new Kept(spec, service, Optional.of(keeper), pipeIsOpen, vanished, successor);
  }

  Kept withPipe(boolean open) {
    return new Kept(spec, service, log, open, vanished, successor);
  }

  Kept withVanished() {
    return new Kept(spec, service, log, pipeIsOpen, true, successor);
  }

  Kept withSuccessor(Optional<ServiceSpec> next) {
    return new Kept(spec, service, log, pipeIsOpen, vanished, next);
  }

  boolean isGone() {
    return service.isGone() && (log.isEmpty() || log.get().isGone());
  }

  boolean has(Incarnation who) {
    return service.has(who) || log.isPresent() && log.get().has(who);
  }

  Deadline nextDeadline() {
    Deadline next = service.nextDeadline();
    return log.isPresent() ? next.earlier(log.get().nextDeadline()) : next;
  }
}
