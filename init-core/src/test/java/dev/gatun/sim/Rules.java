package dev.gatun.sim;

import dev.gatun.loop.Observer;
import dev.gatun.machine.Effect;
import dev.gatun.machine.Event;
import dev.gatun.machine.InitMachine;
import dev.gatun.machine.State;
import dev.gatun.machine.Transition;
import java.util.ArrayList;
import java.util.List;

/** Has all rules look at every decision of a run. */
final class Rules implements Observer {
  final Facts facts;
  final Contract contract;
  private final Transcript transcript;
  private final List<Rule> rules = new ArrayList<>();
  private long endBeganNanos = -1;
  private boolean booted;
  private int decisions;

  /**
   * @param prompt whether the kernel tells of everything in time
   */
  Rules(Workload workload, History history, Transcript transcript, boolean prompt) {
    this.transcript = transcript;
    facts = new Facts(workload.plan(), history);
    contract = new Contract(workload.plan(), facts);
    rules.addAll(ProcessRules.all(facts, contract));
    rules.addAll(ServiceRules.all(facts, contract, workload, prompt));
    rules.addAll(ContainerRules.all(facts, contract));
    rules.addAll(DependencyRules.all(facts, contract));
  }

  int decisions() {
    return decisions;
  }

  /** When the container's end began; -1 when it never did. */
  long endBeganNanos() {
    return endBeganNanos;
  }

  /** Heard after the effects have been carried out, and before their outcomes are. */
  @Override
  public void booted(long atNanos, Transition boot) {
    booted = true;
    facts.nowNanos = atNanos;
    boot.effects().forEach(this::act);
    noteEnd(boot.state(), atNanos);
  }

  /** What is released is forgotten first: another service may take its place at once. */
  private void act(Effect effect) {
    boolean forgets = effect instanceof Effect.ReleaseService;
    if (forgets) {
      facts.act(effect);
    }
    rules.forEach(rule -> rule.act(effect));
    contract.act(effect);
    if (!forgets) {
      facts.act(effect);
    }
  }

  private void noteEnd(State state, long atNanos) {
    if (endBeganNanos < 0 && !state.isRunning()) {
      endBeganNanos = atNanos;
    }
  }

  @Override
  public void decided(State before, Event event, Transition transition) {
    decisions++;
    if (!booted) {
      // The boot's effects threw, so that nobody was told of it.
      booted(event.atNanos(), InitMachine.boot(before.plan(), event.atNanos()));
    }
    note(event, transition);
    if (!InitMachine.step(before, event).equals(transition)) {
      facts.history.violated("the same state and event gave another transition: " + event);
    }
    facts.hear(event);
    rules.forEach(rule -> rule.hear(event));
    contract.hear(event);
    transition.effects().forEach(this::act);
    rules.forEach(rule -> rule.decided(before, event, transition.state()));
    noteEnd(transition.state(), event.atNanos());
  }

  private void note(Event event, Transition transition) {
    if (transcript.isOn()) {
      String text = event.toString().replaceFirst("atNanos=\\d+(, )?", "");
      transcript.add(event.atNanos(), "event", text);
      for (Effect effect : transition.effects()) {
        transcript.add(event.atNanos(), "effect", Texts.of(effect));
      }
    }
  }
}
