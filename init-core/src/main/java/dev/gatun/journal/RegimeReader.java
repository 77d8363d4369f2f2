package dev.gatun.journal;

import dev.gatun.machine.Aim;
import dev.gatun.machine.Doing;
import dev.gatun.machine.Heeded;
import dev.gatun.machine.Keeper;
import dev.gatun.machine.Kept;
import dev.gatun.machine.Progress;
import dev.gatun.machine.Regime;
import dev.gatun.machine.Script;
import dev.gatun.model.Control;
import dev.gatun.plan.Course;
import dev.gatun.plan.Plan;
import java.util.Optional;

/** Reads what {@link RegimeWriter} writes. */
final class RegimeReader {
  private RegimeReader() {}

  static Regime read(Node regime, Plan plan) throws JournalException {
    return new Regime(
        plan.course().orElse(Course.NONE),
        progress(regime.get("progress")),
        StateReader.process(regime.get("main")),
        regime.get("mainStartAt").deadline(),
        regime.get("mainKillAt").deadline(),
        regime.get("services").list(RegimeReader::kept),
        regime.has("heeded") ? Optional.of(heeded(regime.get("heeded"))) : Optional.empty(),
        regime.get("failureCode").smallNumber());
  }

  private static Heeded heeded(Node heeded) throws JournalException {
    return new Heeded(heeded.get(0).who(), heeded.get(1).flag(), heeded.get(2).deadline());
  }

  private static Progress progress(Node progress) throws JournalException {
    return switch (progress.get(0).text()) {
      case "first" ->
          new Progress.First(
              progress.get(1).smallNumber(),
              progress.get(2).who(),
              progress.get(3).flag(),
              progress.get(4).deadline());
      case "serving" -> Progress.Serving.IT;
      case "closing" -> new Progress.Closing(progress.get(1).smallNumber(), progress.get(2).who());
      case "stopping" -> new Progress.Stopping(progress.get(1).deadline());
      case "last" -> new Progress.Last(progress.get(1).smallNumber(), progress.get(2).who());
      case "done" -> Progress.Done.IT;
      default -> throw progress.unexpected("how far a course has come");
    };
  }

  private static Kept kept(Node kept) throws JournalException {
    return new Kept(
        PlanReader.service(kept.get("spec")),
        keeper(kept.get("service")),
        kept.has("log") ? Optional.of(keeper(kept.get("log"))) : Optional.empty(),
        kept.get("pipeIsOpen").flag(),
        kept.get("vanished").flag(),
        kept.has("successor")
            ? Optional.of(PlanReader.service(kept.get("successor")))
            : Optional.empty());
  }

  private static Keeper keeper(Node keeper) throws JournalException {
    return new Keeper(
        keeper.get("aim").constant(Aim.values()),
        doing(keeper.get("doing")),
        keeper.has("script") ? Optional.of(script(keeper.get("script"))) : Optional.empty(),
        keeper.get("waiting").list(control -> control.constant(Control.values())),
        keeper.get("startAt").deadline(),
        keeper.get("killAt").deadline());
  }

  private static Script script(Node script) throws JournalException {
    return new Script(
        script.get(0).who(),
        script.get(1).constant(Script.Purpose.values()),
        script.get(2).constant(Control.values()));
  }

  private static Doing doing(Node doing) throws JournalException {
    return switch (doing.get(0).text()) {
      case "down" -> new Doing.Down(doing.get(1).number());
      case "starting" -> new Doing.Starting(doing.get(1).who(), doing.get(2).number());
      case "up" ->
          new Doing.Up(
              doing.get(1).who(),
              doing.get(2).smallNumber(),
              doing.get(3).number(),
              doing.get(4).flag(),
              doing.get(5).flag());
      case "finishing" ->
          new Doing.Finishing(
              doing.get(1).who(), doing.get(2).smallNumber(), doing.get(3).number());
      case "gone" -> new Doing.Gone(doing.get(1).number());
      default -> throw doing.unexpected("what a part of a service is doing");
    };
  }
}
