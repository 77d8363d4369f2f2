package dev.gatun.journal.tell;

import dev.gatun.journal.Words;
import dev.gatun.machine.Event;
import dev.gatun.model.Order;
import dev.gatun.model.ServiceId;
import dev.gatun.model.Stage;
import java.util.ArrayList;
import java.util.List;

/** What clients told services, and which services came and went. */
final class ClientTeller {
  private static final int MAX_NAMES = 10;

  private final Chronicle chronicle;
  private final Sentences sentences;

  ClientTeller(Chronicle chronicle, Sentences sentences) {
    this.chronicle = chronicle;
    this.sentences = sentences;
  }

  void tell() {
    arrivals();
    orders();
    requests();
  }

  /** What somebody asked for who operates the container. */
  private void requests() {
    for (Event.ChangeRequested request : chronicle.changes) {
      List<String> names = new ArrayList<>();
      for (ServiceId service : request.services()) {
        names.add(name(service));
      }
      String whom = Words.list(names, MAX_NAMES) + (request.alone() ? " alone" : "");
      String asked = "a client asked to " + request.change().verb() + " " + whom;
      sentences.add(request.atNanos(), asked);
    }
    for (Event.SignalRequested request : chronicle.wantedSignals) {
      String asked = "a client wanted " + request.signal() + " sent to " + name(request.service());
      sentences.add(request.atNanos(), asked);
    }
  }

  private static String name(ServiceId service) {
    String name = service.name().toString();
    return service.stage() == Stage.LOG ? "the log program of " + name : name;
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

  private void orders() {
    List<Chronicle.ClientOrder> all = chronicle.orders;
    int next;
    for (int i = 0; i < all.size(); i = next) {
      Chronicle.ClientOrder order = all.get(i);
      next = i + 1;
      while (next < all.size() && order.isLike(all.get(next))) {
        next++;
      }
      String times = next - i > 1 ? ", " + (next - i) + " times" : "";
      sentences.add(order.atNanos(), "a client " + text(order) + times);
    }
  }

  /** What it wanted. */
  static String text(Chronicle.ClientOrder given) {
    String who = name(given.service());
    Order order = given.order();
    return switch (order) {
      case UP -> "wanted " + who + " up";
      case DOWN -> "wanted " + who + " down";
      case ONCE -> "wanted " + who + " to run once";
      case EXIT -> "wanted " + who + " to exit for good";
      case AT_MOST_ONCE -> "wanted " + who + " not to be started again";
      case PAUSE, CONTINUE, HANGUP, ALARM, INTERRUPT, QUIT, USER1, USER2, TERMINATE, KILL ->
          "wanted " + order.signal().get() + " sent to " + who;
    };
  }
}
