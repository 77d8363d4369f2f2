package dev.gatun.journal.tell;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.Words;
import dev.gatun.machine.Event;
import dev.gatun.model.ServiceName;
import dev.gatun.model.Stage;
import dev.gatun.plan.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells in plain sentences what happened in a container, and why it ended as it did. */
public final class Explain {
  private static final int MAX_NAMES = 10;
  private static final long MILLI = 1_000_000;
  private static final long SLOW_DRAIN_NANOS = 1_000_000_000;

  private final Chronicle chronicle;
  private final Sentences sentences;
  private final EnvironmentTeller environment;

  private Explain(Chronicle chronicle, boolean withValues) {
    this.chronicle = chronicle;
    this.sentences = new Sentences(chronicle);
    this.environment = new EnvironmentTeller(chronicle, sentences, withValues);
  }

  /**
   * The story of the journal that ends in {@code file}, some lines.
   *
   * @param withValues whether the values of environment variables are told, which may be secrets
   * @throws JournalException when the file cannot be used, and why
   */
  public static String of(Path file, boolean withValues) throws JournalException {
    return new Explain(Chronicle.of(file), withValues).text();
  }

  private String text() {
    beginning();
    ProcessTeller processes = new ProcessTeller(chronicle, sentences);
    processes.tellFirst();
    starts();
    outsideSignals();
    new ClientTeller(chronicle, sentences).tell();
    for (LevelStory story : chronicle.levels) {
      sentences.add(story.atNanos(), story.text());
    }
    environment.tell();
    processes.tell();
    for (StandingStory story : chronicle.standings) {
      sentences.add(story.atNanos(), story.text());
    }
    new OrphanTeller(chronicle, sentences).tell();
    otherVerdict();
    gaps();
    end();
    return summary() + "\n" + sentences.text() + environment.beginning() + remarks();
  }

  /** The answer, before the story. */
  private String summary() {
    String first =
        chronicle.verdict == null
            ? "no exit code: the journal ends while the container runs"
            : "exit code "
                + chronicle.verdict.exitCode()
                + ": "
                + chronicle.verdict.cause()
                + (chronicle.isOver() ? "" : "; the journal ends before the container's end");
    long from = chronicle.firstAt;
    WallClock clock = chronicle.clock(from);
    return first
        + "\nfrom "
        + clock.day(from)
        + " "
        + clock.time(from)
        + " UTC on, for "
        + Words.duration(chronicle.lastAt - from)
        + ", with Gatun "
        + chronicle.header.gatun()
        + "\n";
  }

  private void beginning() {
    boolean whole = chronicle.bootedAt != ProcessStory.NEVER;
    sentences.add(
        chronicle.firstAt,
        (whole ? "the container was started with " : "the journal begins, in a container of ")
            + services()
            + programs());
  }

  private String services() {
    List<Service> services = chronicle.planned(Stage.RUN);
    return services.isEmpty()
        ? "no services"
        : Words.counted(services.size(), "service") + ": " + names(services);
  }

  /** What it does before and after its services. */
  private String programs() {
    return programs("; before them it runs ", chronicle.planned(Stage.FIRST))
        + programs("; beside them it runs ", chronicle.planned(Stage.MAIN))
        + programs("; at the end it runs ", chronicle.planned(Stage.LAST));
  }

  private String programs(String when, List<Service> programs) {
    return programs.isEmpty() ? "" : when + names(programs);
  }

  private String names(List<Service> services) {
    return Words.list(
        services.stream().map(each -> Sentences.name(each, chronicle)).toList(), MAX_NAMES);
  }

  /** All that started well is one sentence; a start that failed is a sentence of its own. */
  private void starts() {
    Map<ServiceName, Long> firstStarts = new HashMap<>();
    for (ProcessStory life : chronicle.processes.values()) {
      if (life.who.stage() == Stage.RUN && life.spawnedAt != ProcessStory.NEVER) {
        firstStarts.putIfAbsent(life.who.service(), life.spawnedAt);
      }
    }
    boolean whole = chronicle.bootedAt != ProcessStory.NEVER;
    int up = 0;
    long last = ProcessStory.NEVER;
    List<Service> services = chronicle.planned(Stage.RUN);
    for (Service service : services) {
      up += firstStarts.containsKey(service.id().name()) ? 1 : 0;
      last = Math.max(last, firstStarts.getOrDefault(service.id().name(), last));
    }
    if (whole && up > 0 && up == services.size()) {
      String who = up == 1 ? "it runs" : up == 2 ? "both run" : "all of them run";
      long later = last - chronicle.bootedAt;
      sentences.add(last, who + (later < MILLI ? "" : ", " + Words.duration(later) + " later"));
    }
  }

  private void outsideSignals() {
    List<OutsideSignal> signals = chronicle.signals;
    int next;
    for (int i = 0; i < signals.size(); i = next) {
      OutsideSignal signal = signals.get(i);
      next = i + 1;
      while (next < signals.size() && signal.isLike(signals.get(next))) {
        next++;
      }
      String times = next - i > 1 ? " " + (next - i) + " times" : "";
      sentences.add(
          signal.atNanos(), signal.signal() + " came " + signal.from() + times + meaning(signal));
    }
  }

  private String meaning(OutsideSignal signal) {
    if (signal.ends()) {
      return "; the container is to end in order, with exit code " + chronicle.settled.exitCode();
    }
    if (!signal.answer().isEmpty()) {
      return ": " + signal.answer();
    }
    if (signal.late()) {
      return ", when the end had begun already";
    }
    boolean forwards = chronicle.state.plan().signals().forwarding().isPresent();
    return forwards ? ": it is not passed on" : ": it changes nothing";
  }

  /** What decided and is not the end of a process or a signal. */
  private void otherVerdict() {
    Event cause = chronicle.cause.orElse(null);
    boolean isTold =
        cause instanceof Event.ProcessExited
            || cause instanceof Event.SpawnFailed
            || cause instanceof Event.SignalReceived;
    if (chronicle.verdictAt != ProcessStory.NEVER && !isTold) {
      sentences.add(
          chronicle.verdictAt,
          chronicle.settled.cause() + "; exit code " + chronicle.settled.exitCode());
    }
    if (chronicle.changedAt != ProcessStory.NEVER) {
      sentences.add(
          chronicle.changedAt,
          "since a program that is run once has failed, the exit code becomes "
              + chronicle.verdict.exitCode());
    }
  }

  private void gaps() {
    for (Chronicle.Gap gap : chronicle.gaps) {
      sentences.add(
          gap.atNanos(), Words.counted(gap.lost(), "event") + " before this could not be recorded");
    }
  }

  private void end() {
    if (!chronicle.isOver()) {
      sentences.add(chronicle.lastAt, cutOff());
      return;
    }
    long drained = chronicle.overAt - chronicle.drainAt;
    if (chronicle.outputAbandoned) {
      sentences.add(
          chronicle.overAt,
          "what was left of the output was given up: nobody had read it for "
              + Words.duration(chronicle.state.plan().drainNanos()));
    } else if (chronicle.drainAt != ProcessStory.NEVER && drained >= SLOW_DRAIN_NANOS) {
      sentences.add(
          chronicle.overAt,
          "the last of the output was written, " + Words.duration(drained) + " after the last end");
    }
    long since = chronicle.overAt - chronicle.verdictAt;
    sentences.add(
        chronicle.overAt,
        "the container ended with exit code "
            + chronicle.verdict.exitCode()
            + (chronicle.verdictAt == ProcessStory.NEVER || since == 0
                ? ""
                : ", " + Words.duration(since) + " after that was decided"));
  }

  private String cutOff() {
    List<String> alive = new ArrayList<>();
    for (ProcessStory life : chronicle.processes.values()) {
      if (life.isUp()) {
        alive.add(sentences.name(life));
      }
    }
    return "the journal ends here, in the middle: "
        + (alive.isEmpty()
            ? "no service was running"
            : Words.list(alive, MAX_NAMES) + (alive.size() == 1 ? " was" : " were") + " running")
        + "; either the container still runs, or Gatun was killed with it (by KILL, as a runtime"
        + " does when its patience is over, or by the kernel for want of memory)";
  }

  private String remarks() {
    StringBuilder text = new StringBuilder();
    if (chronicle.torn) {
      text.append("\nThe last line is cut off and was left out.\n");
    }
    if (chronicle.firstDifference > 0) {
      text.append("\nThis Gatun decides otherwise than the one that wrote the journal, from line ")
          .append(chronicle.firstDifference)
          .append(" on: gatun replay shows how.\n");
    }
    return text.toString();
  }
}
