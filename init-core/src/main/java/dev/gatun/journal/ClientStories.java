package dev.gatun.journal;

import dev.gatun.model.Control;
import dev.gatun.model.Part;
import java.util.ArrayList;
import java.util.List;

/** What clients told kept services, and which services came and went. */
final class ClientStories {
  private static final int MAX_NAMES = 10;

  private final Chronicle chronicle;
  private final Sentences sentences;

  ClientStories(Chronicle chronicle, Sentences sentences) {
    this.chronicle = chronicle;
    this.sentences = sentences;
  }

  void tell() {
    arrivals();
    commands();
  }

  /** Those that come or go at once are told at once. */
  private void arrivals() {
    List<Chronicle.Arrival> all = chronicle.arrivals;
    int next;
    for (int i = 0; i < all.size(); i = next) {
      Chronicle.Arrival first = all.get(i);
      List<String> names = new ArrayList<>();
      for (next = i; next < all.size() && isWith(all.get(next), first); next++) {
        names.add(all.get(next).service().toString());
      }
      String what = (names.size() == 1 ? "service " : "services ") + Words.list(names, MAX_NAMES);
      String became =
          first.vanished()
              ? (names.size() == 1 ? " has vanished: it" : " have vanished: each") + " is to end"
              : names.size() == 1 ? " was found" : " were found";
      sentences.add(first.atNanos(), what + became);
    }
  }

  private static boolean isWith(Chronicle.Arrival arrival, Chronicle.Arrival first) {
    return arrival.atNanos() == first.atNanos() && arrival.vanished() == first.vanished();
  }

  private void commands() {
    List<Chronicle.Command> all = chronicle.commands;
    int next;
    for (int i = 0; i < all.size(); i = next) {
      Chronicle.Command command = all.get(i);
      next = i + 1;
      while (next < all.size() && command.isLike(all.get(next))) {
        next++;
      }
      String times = next - i > 1 ? ", " + (next - i) + " times" : "";
      sentences.add(command.atNanos(), "a client " + text(command) + times);
    }
  }

  /** What it wanted. */
  static String text(Chronicle.Command command) {
    String who =
        (command.part() == Part.LOG ? "the log program of " : "") + command.service().toString();
    Control control = command.control();
    return switch (control) {
      case UP -> "wanted " + who + " up";
      case DOWN -> "wanted " + who + " down";
      case ONCE -> "wanted " + who + " to run once";
      case EXIT -> "wanted " + who + " to exit for good";
      case PAUSE, CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, TERMINATE, KILL ->
          "wanted " + control.signal().get() + " sent to " + who;
    };
  }
}
