package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import java.util.ArrayList;
import java.util.List;

/** What became of the orphans: of each where they are few, of all together where they are many. */
final class OrphanTeller {
  private static final int MAX_TOLD = 12;

  private final Chronicle chronicle;
  private final Sentences sentences;

  OrphanTeller(Chronicle chronicle, Sentences sentences) {
    this.chronicle = chronicle;
    this.sentences = sentences;
  }

  void tell() {
    List<OrphanStory> all = new ArrayList<>(chronicle.orphans.values());
    int each = all.size() > MAX_TOLD ? MAX_TOLD / 2 : all.size();
    for (OrphanStory orphan : all.subList(0, each)) {
      tell(orphan);
    }
    if (each < all.size()) {
      tell(all.subList(each, all.size()));
    }
  }

  private void tell(OrphanStory orphan) {
    String who = "reparented process " + orphan.label();
    String from = orphan.origin.isPresent() ? " of service " + orphan.origin.get() : "";
    if (orphan.wasAdopted()) {
      sentences.add(orphan.adoptedAt, who + from + " was adopted: " + orphan.commandLine);
    }
    if (orphan.hasEnded()) {
      sentences.add(orphan.endedAt, who + from + " " + end(orphan));
    } else if (chronicle.isOver()) {
      sentences.add(chronicle.overAt, who + from + " was left behind");
    } else if (!orphan.wasAdopted()) {
      sentences.add(orphan.arrivedAt, who + from + " came, and lives where the journal ends");
    }
  }

  private static String end(OrphanStory orphan) {
    if (orphan.wasKilled()) {
      return "did not obey TERM and was killed after "
          + Words.duration(orphan.killedAt - orphan.toldAt);
    }
    return orphan.wasTold()
        ? "obeyed TERM in " + Words.duration(orphan.endedAt - orphan.toldAt)
        : String.valueOf(orphan.status);
  }

  private void tell(List<OrphanStory> many) {
    long last = many.getFirst().arrivedAt;
    int obeyed = 0;
    int killed = 0;
    int ended = 0;
    long slowest = 0;
    for (OrphanStory orphan : many) {
      last = Math.max(last, orphan.hasEnded() ? orphan.endedAt : orphan.arrivedAt);
      if (orphan.hasEnded() && orphan.wasKilled()) {
        killed++;
      } else if (orphan.hasEnded() && orphan.wasTold()) {
        obeyed++;
        slowest = Math.max(slowest, orphan.endedAt - orphan.toldAt);
      } else if (orphan.hasEnded()) {
        ended++;
      }
    }
    List<String> parts = new ArrayList<>();
    addPart(parts, obeyed, "obeyed TERM, the slowest in " + Words.duration(slowest));
    addPart(parts, killed, "did not and were killed");
    addPart(parts, ended, "ended before they were told");
    addPart(parts, many.size() - obeyed - killed - ended, "were left");
    sentences.add(
        last,
        Words.counted(many.size(), "more reparented process", "more reparented processes")
            + " came: "
            + String.join("; ", parts));
  }

  private static void addPart(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(Words.counted(count, what, what));
    }
  }
}
