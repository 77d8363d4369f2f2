package dev.gatun.loop;

import dev.gatun.kernel.Errno;
import dev.gatun.kernel.Kernel;
import dev.gatun.kernel.PidList;
import dev.gatun.kernel.Redirection;
import dev.gatun.machine.Effect;
import dev.gatun.model.Level;
import dev.gatun.model.OrphanId;
import dev.gatun.output.OutputPlane;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Redirects the output of adopted processes into the output plane. One that does not stop in time,
 * as when it waits for a disk, is tried again with a scan.
 */
final class Adoptions {
  /** With a scan a second this is as long as a program that is to be stopped gets. */
  private static final int MAX_RETRIES = 10;

  /**
   * An attempt at redirecting.
   *
   * @param left how many more may be made
   */
  private record Attempt(Effect.AdoptOrphan effect, int left) {}

  private final Kernel kernel;
  private final OutputPlane output;
  private final KnownOrphans orphans;
  private final Reporter reports;
  private final Redirection redirection = new Redirection();
  private final Queue<Attempt> unfinished = new ArrayDeque<>();

  Adoptions(Shell shell, KnownOrphans orphans) {
    this.kernel = shell.kernel();
    this.output = shell.output();
    this.orphans = orphans;
    this.reports = shell.reports();
  }

  void adopt(Effect.AdoptOrphan effect) {
    attempt(new Attempt(effect, MAX_RETRIES));
  }

  /** Tries those again, once each, that did not stop in time. */
  void retry() {
    for (int i = unfinished.size(); i > 0; i--) {
      attempt(unfinished.remove());
    }
  }

  private void attempt(Attempt attempt) {
    Effect.AdoptOrphan effect = attempt.effect();
    OrphanId id = effect.id();
    if (!orphans.isAlive(id)) {
      return;
    }
    redirection.clear();
    int result = kernel.redirectOutput(id.pid(), redirection);
    attach(effect.name(), String.valueOf(id.pid()));
    if (result == -Errno.EAGAIN && attempt.left() > 0) {
      unfinished.add(new Attempt(effect, attempt.left() - 1));
    } else if (result != -Errno.ESRCH) {
      reportRefusals(effect, result);
    }
  }

  private void attach(String name, String stage) {
    PidList out = redirection.stdout();
    for (int i = 0; i < out.size(); i++) {
      output.attachStdout(out.get(i), name, stage);
    }
    PidList err = redirection.stderr();
    for (int i = 0; i < err.size(); i++) {
      output.attachStderr(err.get(i), name, stage);
    }
  }

  /** One message, however many processes there are. */
  private void reportRefusals(Effect.AdoptOrphan effect, int result) {
    List<String> refusals = redirection.refusals();
    if (result >= 0 && refusals.isEmpty()) {
      return;
    }
    String cause = refusals.isEmpty() ? kernel.explain(-result) : refusals.getFirst();
    int more = refusals.size() - 1;
    reports.report(
        Level.WARNING,
        "cannot redirect "
            + (result < 0 ? "the output of" : "all descendants' output of")
            + " adopted process "
            + effect.name()
            + " ("
            + effect.id().pid()
            + "): "
            + cause
            + (more > 0 ? ", and " + more + " more" : "")
            + ": supervising it all the same");
  }
}
