package dev.gatun.journal.replay;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.Words;
import dev.gatun.machine.Effect;
import dev.gatun.machine.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Steps the machine through a journal again and compares its decisions with the recorded ones. */
public final class Replay implements Playback.Viewer {
  private long events;
  private long effects;
  private long lost;
  private String difference;

  private Replay() {}

  /**
   * What came of it.
   *
   * @param difference the first one, for people, some lines; nothing when there is none
   * @param summary one line
   */
  public record Result(Optional<String> difference, String summary) {}

  /**
   * Replays all there is of the journal that ends in {@code file}.
   *
   * @throws JournalException when the file cannot be used, and why
   */
  public static Result of(Path file) throws JournalException {
    Replay replay = new Replay();
    Playback playback = new Playback(replay);
    JournalFiles.play(file, playback);
    return replay.result(file, playback);
  }

  @Override
  public void step(ComparedStep step) {
    events++;
    effects += step.recorded().size();
    if (difference == null && !step.isSame()) {
      String event = step.event().isPresent() ? step.event().get().toString() : "boot";
      difference =
          "line "
              + step.line()
              + ": the decision differs\n  event    "
              + event
              + "\n"
              + compared(step.recorded(), step.decided().effects());
    }
  }

  @Override
  public void known(int line, State led, Line.Known known) {
    lost += known.lost();
    boolean differs = led != null && known.lost() == 0 && !led.equals(known.state());
    if (difference == null && differs) {
      difference =
          "line "
              + line
              + ": the state differs from the one that the events before it lead to\n  recorded "
              + known.state()
              + "\n  decided  "
              + led
              + "\n";
    }
  }

  /** As diff(1) does it: what only the journal has, and what only the machine has. */
  private static String compared(List<Effect> recorded, List<Effect> decided) {
    int same = 0;
    int shorter = Math.min(recorded.size(), decided.size());
    while (same < shorter && recorded.get(same).equals(decided.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < shorter - same
        && recorded
            .get(recorded.size() - 1 - tail)
            .equals(decided.get(decided.size() - 1 - tail))) {
      tail++;
    }
    StringBuilder text = new StringBuilder();
    add(text, "  both     ", recorded.subList(0, same));
    add(text, "- recorded ", recorded.subList(same, recorded.size() - tail));
    add(text, "+ decided  ", decided.subList(same, decided.size() - tail));
    add(text, "  both     ", recorded.subList(recorded.size() - tail, recorded.size()));
    return text.toString();
  }

  private static void add(StringBuilder text, String mark, List<Effect> effects) {
    for (Effect effect : effects) {
      text.append(mark).append(effect).append('\n');
    }
  }

  private Result result(Path file, Playback playback) {
    String summary =
        file
            + ": "
            + Words.counted(events, "event")
            + ", "
            + Words.counted(effects, "effect")
            + (difference == null ? ", no difference" : "")
            + (lost > 0 ? "; " + Words.counted(lost, "event") + " could not be recorded" : "")
            + (playback.isOver() ? "" : "; it ends before the container's end")
            + (playback.isTorn() ? "; its last line is cut off and left out" : "");
    return new Result(Optional.ofNullable(difference), summary);
  }
}
