package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What followed the end of a program that was started again. */
final class Restarts {
  /** As many ends of the same kind in a row are told as one. */
  private static final int LEAST_FOLDED = 3;

  private static final long MILLI = 1_000_000;

  private final Chronicle chronicle;
  private final Map<Long, ProcessStory> nexts = new HashMap<>();
  private final Map<Long, ProcessStory> finishes = new HashMap<>();

  /** The last of the ends that are told with the first of them, and how many there are. */
  private final Map<Long, List<ProcessStory>> folds = new HashMap<>();

  private final Set<Long> folded = new HashSet<>();

  Restarts(Chronicle chronicle) {
    this.chronicle = chronicle;
    Map<String, List<ProcessStory>> byLabel = new HashMap<>();
    for (ProcessStory life : chronicle.processes.values()) {
      List<ProcessStory> alike =
          byLabel.computeIfAbsent(life.who.label(), any -> new ArrayList<>());
      if (!alike.isEmpty()) {
        nexts.put(alike.getLast().who.number(), life);
      }
      alike.add(life);
      noteFinish(life, byLabel);
    }
    byLabel.values().forEach(this::fold);
  }

  private void noteFinish(ProcessStory life, Map<String, List<ProcessStory>> byLabel) {
    String run = life.who.service() + "/" + Stage.RUN.label();
    if (life.who.stage() == Stage.FINISH && byLabel.containsKey(run)) {
      finishes.put(byLabel.get(run).getLast().who.number(), life);
    }
  }

  private void fold(List<ProcessStory> lives) {
    int from = 0;
    for (int i = 1; i <= lives.size(); i++) {
      if (i == lives.size() || !isLike(lives.get(i), lives.get(from))) {
        if (i - from >= LEAST_FOLDED) {
          List<ProcessStory> alike = lives.subList(from, i);
          folds.put(alike.getFirst().who.number(), alike);
          alike.subList(1, alike.size()).forEach(each -> folded.add(each.who.number()));
        }
        from = i;
      }
    }
  }

  private boolean isLike(ProcessStory life, ProcessStory first) {
    return isOrdinary(life) && isOrdinary(first) && how(life).equals(how(first));
  }

  /** One that ended by itself, or could not be started, and was started again. */
  private boolean isOrdinary(ProcessStory life) {
    boolean isOver = life.failed() || life.hasEnded() && !life.wasTold() && !life.wasKilled();
    return isOver && nexts.containsKey(life.who.number());
  }

  private static String how(ProcessStory life) {
    return life.failed() ? "failed" : life.status.toString();
  }

  /** Whether it is told with another. */
  boolean isFolded(ProcessStory life) {
    return folded.contains(life.who.number());
  }

  /** What is to be said after how it ended; nothing when nothing followed. */
  String after(ProcessStory life) {
    List<ProcessStory> alike = folds.get(life.who.number());
    if (alike == null) {
      return finish(life) + startedAgain(life);
    }
    ProcessStory last = alike.getLast();
    long lastAt = last.failed() ? last.failedAt : last.endedAt;
    return ", and "
        + Words.counted(alike.size() - 1, "time")
        + " more until "
        + chronicle.clock(lastAt).time(lastAt)
        + "; it was started again each time";
  }

  private String finish(ProcessStory life) {
    ProcessStory finish = finishes.get(life.who.number());
    return finish == null || finish.spawnedAt == ProcessStory.NEVER || !finish.hasEnded()
        ? ""
        : "; its finish script ran for " + Words.duration(finish.endedAt - finish.spawnedAt);
  }

  private String startedAgain(ProcessStory life) {
    ProcessStory next = nexts.get(life.who.number());
    boolean isTold =
        switch (life.who.stage()) {
          case RUN, LOG, MAIN -> next != null && next.spawnedAt != ProcessStory.NEVER;
          case TERM, FINISH, CONTROL, DOWN, CHECK, FIRST, LAST, SIGNAL -> false;
        };
    if (!isTold) {
      return "";
    }
    long overAt = life.failed() ? life.failedAt : life.endedAt;
    long laterNanos = next.spawnedAt - overAt;
    String later = laterNanos < MILLI ? "at once" : Words.duration(laterNanos) + " later";
    return "; it was started again " + later;
  }
}
