package dev.gatun.machine;

import dev.gatun.model.ExitStatus;
import dev.gatun.model.Incarnation;
import dev.gatun.model.OsString;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;
import dev.gatun.plan.Command;
import dev.gatun.plan.ExitPolicy;
import dev.gatun.plan.Forwarding;
import dev.gatun.plan.Job;
import dev.gatun.plan.OrphanPolicy;
import dev.gatun.plan.Plan;
import dev.gatun.plan.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chapter on the signals of a command. */
final class ForwardingChapter {
  private static final ServiceName NAME = ServiceName.of("make");

  void addTo(List<String> lines) {
    lines.add("");
    lines.add("## The signals of a command");
    lines.add("");
    lines.add(
        "A command that gets Gatun's signals, where INT is passed on as TERM and USR1 not at");
    lines.add("all. Each row is what the machine decides in that state of the command.");
    lines.add("");
    lines.add("| the command is | event | the container is then | effects |");
    lines.add("| --- | --- | --- | --- |");
    for (Map.Entry<String, State> state : states().entrySet()) {
      for (Event event : events()) {
        lines.add(row(state.getKey(), state.getValue(), event));
      }
    }
    lines.add("");
    lines.add("A command that was stopped and continued is what it was: the shell's terminal is");
    lines.add("handed over and back outside the machine, by what follows from `FollowStop`.");
  }

  private static Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    State starting = InitMachine.boot(plan(), 0).state();
    State up = InitMachine.step(starting, new Event.ProcessSpawned(0, who(), 7)).state();
    Event end = new Event.ProcessExited(0, who(), new ExitStatus.Exited(0));
    states.put("Starting", starting);
    states.put("Up", up);
    states.put("Ended", InitMachine.step(up, end).state());
    return states;
  }

  private static List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (Signal signal :
        List.of(Signal.TERM, Signal.INT, Signal.HUP, Signal.TSTP, Signal.CONT, Signal.USR1)) {
      events.add(new Event.SignalReceived(0, signal));
    }
    events.add(new Event.ProcessStopped(0, who(), Signal.TSTP));
    return events;
  }

  private static Incarnation who() {
    return new Incarnation(NAME, Stage.RUN, 1);
  }

  private static Plan plan() {
    Command command =
        new Command(
            OsString.of("/usr/bin/make"),
            List.of(),
            OsString.of("/"),
            Optional.of(new Job(OsString.of("make"), false)));
    ServiceSpec make =
        new ServiceSpec(
            NAME, command, Optional.empty(), Optional.empty(), ExitPolicy.passingOn(List.of()));
    Forwarding forwarding =
        new Forwarding(
            NAME,
            true,
            List.of(
                new Forwarding.Rewrite(Signal.INT, Optional.of(Signal.TERM)),
                new Forwarding.Rewrite(Signal.USR1, Optional.empty())));
    OrphanPolicy orphans = new OrphanPolicy(OrphanPolicy.Kind.TERMINATE, 0, 0);
    return new Plan(
        List.of(make),
        List.of(),
        orphans,
        Plan.NO_KILL,
        0,
        Optional.empty(),
        Optional.of(forwarding));
  }

  private static String row(String name, State state, Event event) {
    Transition transition = InitMachine.step(state, event);
    List<String> effects = new ArrayList<>();
    for (Effect effect : transition.effects()) {
      if (!(effect instanceof Effect.Report)) {
        effects.add(Edges.text(effect));
      }
    }
    String what =
        StateMachinePage.nameOf(event)
            + " "
            + (event instanceof Event.SignalReceived e
                ? e.signal()
                : ((Event.ProcessStopped) event).signal());
    String phase = StateMachinePage.nameOf(transition.state().phase());
    return "| " + name + " | " + what + " | " + phase + " | " + String.join(", ", effects) + " |";
  }
}
