package dev.gatun.machine.service;

import dev.gatun.machine.Decision;
import dev.gatun.machine.Effect;
import dev.gatun.model.ServiceId;
import dev.gatun.plan.Service;
import java.util.Optional;

/**
 * The pipes between services. One is opened before either end is started, and closed when neither
 * can be started any more: so no line is lost when one of them is started again, and who reads
 * finds the end when who writes has ended for good.
 */
final class Pipes {
  private Pipes() {}

  /** The service whose pipe a service writes to now; empty when its output is nobody's. */
  static Optional<ServiceId> writtenBy(Decision decision, ServiceState state) {
    Optional<ServiceState> reader = decision.readerOf(state.service());
    return reader.isPresent() && reader.get().place().pipeIsOpen()
        ? state.service().wiring().output()
        : Optional.empty();
  }

  /** Opens the pipe that a service writes to, when it is wanted for the first time. */
  static void openFor(Decision decision, ServiceState writer) {
    if (!writer.life().isNew() || writer.want().isLeaving()) {
      return;
    }
    Optional<ServiceState> found = decision.readerOf(writer.service());
    boolean opens =
        found.isPresent() && found.get().life().isNew() && !found.get().place().pipeIsOpen();
    if (opens) {
      ServiceState reader = found.get();
      decision.act(new Effect.OpenPipe(reader.id()));
      decision.put(reader.with(reader.place().withPipe(true)));
    }
  }

  /** Closes the pipe of a service, the one it reads or the one it writes, that nobody needs. */
  static void closeUnneeded(Decision decision, ServiceState state) {
    Service service = state.service();
    Optional<ServiceState> reader =
        service.isReader() ? Optional.of(state) : decision.readerOf(service);
    if (reader.isEmpty() || !reader.get().place().pipeIsOpen() || mayStart(reader.get())) {
      return;
    }
    Optional<ServiceState> writer = decision.writerOf(reader.get().service());
    if (writer.isEmpty() || !mayWriteAnew(writer.get())) {
      decision.act(new Effect.ClosePipe(reader.get().id()));
      decision.put(reader.get().with(reader.get().place().withPipe(false)));
    }
  }

  private static boolean mayStart(ServiceState reader) {
    return reader.isToStart()
        || reader.want() == Want.HELD
        || !reader.want().isLeaving() && (reader.life().isNew() || mayBeStartedAgain(reader));
  }

  private static boolean mayBeStartedAgain(ServiceState state) {
    return state.service().restart().everRestarts() || state.service().takesOrders();
  }

  /** Whether some program of a service that writes to the pipe may still be started. */
  private static boolean mayWriteAnew(ServiceState writer) {
    if (Ends.isOver(writer)) {
      return false;
    }
    Service service = writer.service();
    boolean hasHooks =
        service.hooks().finish().isPresent() || !service.hooks().standIns().isEmpty();
    return writer.life().isNew()
        || writer.isToStart()
        || writer.want() == Want.HELD
        || hasHooks
        || mayBeStartedAgain(writer);
  }
}
