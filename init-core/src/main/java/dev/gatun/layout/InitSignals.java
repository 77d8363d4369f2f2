package dev.gatun.layout;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.LevelSignal;
import dev.gatun.plan.Runlevels.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the signals mean that an init gets which reads an inittab. */
final class InitSignals {
  private static final Set<String> ENDING = Set.of("halt", "poweroff", "reboot");
  private static final Set<String> ASKING = Set.of("init", "telinit");

  private InitSignals() {}

  /**
   * @param ctrlAltDel the process fields of the entries for ctrlaltdel
   */
  static List<LevelSignal> of(boolean isOfBusybox, List<OsString> ctrlAltDel) {
    boolean ends = false;
    for (OsString process : ctrlAltDel) {
      ends |= endsContainer(InitProgram.words(process));
    }
    Request byEntry = ends ? Request.CTRLALTDEL_OR_HALT : Request.CTRLALTDEL;
    List<LevelSignal> signals = new ArrayList<>();
    signals.add(new LevelSignal(Signal.INT, ctrlAltDel.isEmpty() ? Request.HALT : byEntry));
    signals.add(new LevelSignal(Signal.HUP, Request.RELOAD));
    signals.add(new LevelSignal(Signal.TSTP, Request.PAUSE));
    signals.add(new LevelSignal(Signal.CONT, Request.CONTINUE));
    // BusyBox's own reboot, halt and poweroff are TERM, USR1 and USR2 for PID 1.
    Request stop = ends && !isOfBusybox ? Request.CTRLALTDEL_OR_HALT : Request.HALT;
    signals.add(new LevelSignal(Signal.TERM, stop));
    signals.add(new LevelSignal(Signal.RTMIN_3, stop));
    signals.add(new LevelSignal(Signal.USR1, isOfBusybox ? Request.HALT : Request.OPEN_PIPE));
    signals.add(new LevelSignal(Signal.USR2, isOfBusybox ? Request.HALT : Request.CLOSE_PIPE));
    if (!isOfBusybox) {
      signals.add(new LevelSignal(Signal.WINCH, Request.KBREQUEST));
      signals.add(new LevelSignal(Signal.PWR, Request.POWER));
    }
    return signals;
  }

  /** Whether a command line is one that has the machine end. */
  static boolean endsContainer(List<OsString> words) {
    boolean shutsDown = false;
    boolean asks = false;
    for (OsString word : words) {
      String text = word.toString();
      String name = text.substring(text.lastIndexOf('/') + 1);
      boolean isOption = text.startsWith("-");
      if (ENDING.contains(name)
          || shutsDown && isOption && isEnd(text)
          || asks && (text.equals("0") || text.equals("6"))) {
        return true;
      }
      shutsDown |= name.equals("shutdown");
      asks |= ASKING.contains(name);
    }
    return false;
  }

  private static boolean isEnd(String option) {
    return option.indexOf('h') > 0 || option.indexOf('P') > 0 || option.indexOf('r') > 0;
  }
}
