package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.model.ExitStatus;
import dev.gatun.model.Signal;
import dev.gatun.model.Stage;

/** How the services' processes ended. */
final class ProcessTeller {
  private static final String DISABLED = ": it has disabled itself, and the others go on";

  private final Chronicle chronicle;
  private final Sentences sentences;
  private final Restarts restarts;

  ProcessTeller(Chronicle chronicle, Sentences sentences) {
    this.chronicle = chronicle;
    this.sentences = sentences;
    this.restarts = new Restarts(chronicle);
  }

  /** The programs before the services. */
  void tellFirst() {
    for (ProcessStory life : chronicle.processes.values()) {
      if (life.who.stage() == Stage.FIRST) {
        tell(life);
      }
    }
  }

  /** All others. What decided comes before what happened in the same instant. */
  void tell() {
    for (boolean deciding : new boolean[] {true, false}) {
      for (ProcessStory life : chronicle.processes.values()) {
        if (life.who.stage() != Stage.FIRST && chronicle.decides(life.who) == deciding) {
          tell(life);
        }
      }
    }
  }

  private void tell(ProcessStory life) {
    // What probes find is told of their services.
    if (restarts.isFolded(life) || life.who.stage() == Stage.CHECK) {
      return;
    }
    if (life.failed()) {
      String cause = life.failure.isEmpty() ? " either" : ": " + life.failure;
      sentences.add(
          life.failedAt,
          sentences.name(life)
              + " could not be started"
              + cause
              + restarts.after(life)
              + decision(life));
    } else if (life.hasEnded() && (isOfInterest(life) || chronicle.decides(life.who))) {
      sentences.add(
          life.endedAt,
          sentences.name(life) + " " + end(life) + restarts.after(life) + decision(life));
    }
  }

  /** A log program or a script that did what it is there for is not. */
  private static boolean isOfInterest(ProcessStory life) {
    return life.isProgram() || life.wasKilled() || !life.status.isSuccess();
  }

  private String decision(ProcessStory life) {
    if (!chronicle.decides(life.who)) {
      return "";
    }
    return first(life) + "; exit code " + chronicle.settled.exitCode();
  }

  private String first(ProcessStory life) {
    if (!life.hasEnded() || !chronicle.endsWithTheFirst()) {
      return "";
    }
    for (ProcessStory other : chronicle.processes.values()) {
      if (other.hasEnded() && disabledItself(other)) {
        return "; it was the first to end but for those that have disabled themselves";
      }
    }
    return "; it was the first to end";
  }

  private String end(ProcessStory life) {
    if (life.wasKilled()) {
      return killed(life);
    }
    if (life.wasTold()) {
      return obeyed(life);
    }
    String after =
        life.spawnedAt == ProcessStory.NEVER
            ? ""
            : " after " + Words.duration(life.endedAt - life.spawnedAt);
    return life.status + after + (disabledItself(life) ? DISABLED : "") + whoKilled(life);
  }

  private static String killed(ProcessStory life) {
    long patience = life.killedAt - (life.wasTold() ? life.toldAt : life.killedAt);
    String waited = patience > 0 ? " after " + Words.duration(patience) : "";
    String by = life.toldByScript ? "was not stopped by its script" : "did not obey TERM";
    return life.wasTold() ? by + " and was killed" + waited : "did not end and was killed";
  }

  private static String obeyed(ProcessStory life) {
    String within = Words.duration(life.endedAt - life.toldAt);
    boolean plain =
        life.status.isSuccess()
            || life.status instanceof ExitStatus.Signaled by && by.signal().is(Signal.TERM);
    return (life.toldByScript ? "was stopped by its script in " : "obeyed TERM in ")
        + within
        + (plain ? "" : " and " + life.status)
        + (plain ? "" : whoKilled(life));
  }

  /** Gatun knows which signals it sent. */
  private static String whoKilled(ProcessStory life) {
    boolean byOther = life.status instanceof ExitStatus.Signaled by && by.signal().is(Signal.KILL);
    return byOther ? " (not by Gatun: by hand, or by the kernel for want of memory)" : "";
  }

  private boolean disabledItself(ProcessStory life) {
    boolean ending =
        chronicle.verdictAt != ProcessStory.NEVER && chronicle.verdictAt <= life.endedAt;
    return life.who.stage() == Stage.RUN && !ending && chronicle.isDisabling(life);
  }
}
