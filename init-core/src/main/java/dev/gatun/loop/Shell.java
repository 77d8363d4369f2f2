package dev.gatun.loop;

import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.Poll;
import dev.gatun.output.OutputPlane;
import java.util.Optional;

/**
 * All that the loop works with. Who posts events or says something is given {@link #events} and
 * {@link #reports} of the same shell, which are there before the loop is.
 *
 * @param signals a descriptor of {@link Kernel#openSignals}
 * @param reporter where messages go
 * @param events what is to be decided about
 * @param reports messages that wait for the end of the turn
 * @param clients those who command services from outside
 * @param environment where the environment of programs comes from, if it changes
 * @param observer hears of every decision
 * @param advice why programs could not be started; without it there are the kernel's own words
 * @param passesOutputThrough whether programs get Gatun's own standard output and error, where
 *     nobody reads what they write
 */
public record Shell(
    Kernel kernel,
    Poll poll,
    OutputPlane output,
    int signals,
    Reporter reporter,
    EventQueue events,
    PendingReports reports,
    Optional<Clients> clients,
    Optional<EnvironmentSource> environment,
    Optional<Observer> observer,
    Optional<StartAdvice> advice,
    boolean passesOutputThrough) {

  /** A shell without clients whose output is looked at, and that nobody observes. */
  public Shell(Kernel kernel, Poll poll, OutputPlane output, int signals, Reporter reporter) {
    this(
        kernel,
        poll,
        output,
        signals,
        reporter,
        new EventQueue(),
        new PendingReports(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  public Shell withClients(Clients others) {
    return with(Optional.of(others), environment, observer, advice, passesOutputThrough);
  }

  public Shell withEnvironment(EnvironmentSource source) {
    return with(clients, Optional.of(source), observer, advice, passesOutputThrough);
  }

  public Shell withObserver(Observer hears) {
    return with(clients, environment, Optional.of(hears), advice, passesOutputThrough);
  }

  public Shell withAdvice(StartAdvice explains) {
    return with(clients, environment, observer, Optional.of(explains), passesOutputThrough);
  }

  public Shell passingOutputThrough() {
    return with(clients, environment, observer, advice, true);
  }

  private Shell with(
      Optional<Clients> others,
      Optional<EnvironmentSource> source,
      Optional<Observer> hears,
      Optional<StartAdvice> explains,
      boolean passes) {
    return new Shell(
        kernel, poll, output, signals, reporter, events, reports, others, source, hears, explains,
        passes);
  }
}
