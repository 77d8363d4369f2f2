package dev.gatun.strace;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the loop's turns: what woke it, what it did, how long that took. */
final class Annotator {
  private static final Pattern READY = Pattern.compile("\\{events=([A-Z|]+), data=\\{u32=(\\d+)");
  private static final Pattern EXIT =
      Pattern.compile(".*si_code=(CLD_\\w+), si_pid=(\\d+).*si_status=(\\w+).*");
  private static final Pattern WATCHED =
      Pattern.compile("\\d+<.*?>, EPOLL_CTL_(\\w+), (\\d+)(?:<.*?>)?, .*");
  private static final int SECONDS_WIDTH = 9;

  private final Trace trace;
  private final Names names;
  private final String services;
  private final boolean raw;
  private final StringBuilder out = new StringBuilder();
  private double began;

  /**
   * @param raw whether each call is to follow what it does, as strace prints it
   */
  Annotator(Trace trace, String services, boolean raw) {
    this.trace = trace;
    this.names = new Names(trace, services);
    this.services = services;
    this.raw = raw;
  }

  /**
   * All turns, a paragraph each; the start from the moment in which the services are looked for.
   */
  String text() {
    List<Call> loop = trace.loop();
    int first = 0;
    while (first < loop.size() && !isBeginning(loop.get(first))) {
      first++;
    }
    List<List<Call>> turns = Trace.turns(loop.subList(first, loop.size()));
    began = loop.get(first).seconds();
    for (int i = 0; i < turns.size(); i++) {
      tell(i, turns.get(i));
    }
    return out.toString();
  }

  private boolean isBeginning(Call call) {
    return call.name().equals("epoll_create1")
        || call.name().equals("openat") && call.text().equals(services);
  }

  private void tell(int number, List<Call> turn) {
    if (turn.isEmpty()) {
      return;
    }
    Call first = turn.getFirst();
    boolean waited = number > 0;
    double since = waited ? first.seconds() + first.took() : first.seconds();
    line(since, waited ? "turn " + number + ": " + reason(first) : "start");
    int ofTheJvm = 0;
    double end = since;
    for (Call call : waited ? turn.subList(1, turn.size()) : turn) {
      end = call.seconds() + call.took();
      if (call.isOfTheJvm()) {
        ofTheJvm++;
      } else {
        effect(call);
      }
      names.learn(call);
      announce(call);
    }
    int calls = turn.size() - ofTheJvm;
    text(
        String.format(
            Locale.ROOT,
            "= %d call%s in %.3f ms%s",
            calls,
            calls == 1 ? "" : "s",
            (end - since) * 1000,
            ofTheJvm > 0 ? ", and " + ofTheJvm + " of the JVM" : ""));
    out.append('\n');
  }

  private void line(double seconds, String text) {
    out.append(String.format(Locale.ROOT, "%" + SECONDS_WIDTH + ".3f s  ", seconds - began));
    out.append(text).append('\n');
  }

  private void text(String text) {
    out.append(" ".repeat(SECONDS_WIDTH + 6)).append(text).append('\n');
  }

  private String reason(Call wait) {
    StringBuilder reason = new StringBuilder();
    if (wait.failed()) {
      reason.append("interrupted: ").append(wait.result());
    } else if (wait.value() == 0) {
      reason.append(wait.arguments().endsWith(" 0") ? "nothing is ready" : "its time has come");
    } else {
      Matcher ready = READY.matcher(wait.arguments());
      while (ready.find()) {
        reason.append(reason.isEmpty() ? "" : ", ");
        reason.append(names.ofDescriptor(Integer.parseInt(ready.group(2))));
        reason.append(
            switch (ready.group(1)) {
              case "EPOLLIN" -> "";
              case "EPOLLOUT" -> " has room";
              default -> " (" + ready.group(1) + ")";
            });
      }
    }
    return String.format(Locale.ROOT, "after %.3f ms: %s", wait.took() * 1000, reason);
  }

  private void effect(Call call) {
    text(String.format(Locale.ROOT, "%8.3f ms  %s", call.took() * 1000, describe(call)));
    if (raw) {
      text(" ".repeat(13) + call.name() + "(" + call.arguments() + ") = " + call.result());
    }
  }

  /** What a call has made is known when it has been learnt. */
  private void announce(Call call) {
    if (Trace.isSpawn(call) && !call.failed()) {
      text(" ".repeat(13) + "that is " + names.ofProcess(call.value()) + ", pid " + call.value());
    }
  }

  private String describe(Call call) {
    String what = names.ofDescriptor(call.descriptor());
    String failure = call.failed() ? ": " + call.result() : "";
    return switch (call.name()) {
      case "read", "pread64" -> describeRead(call, what);
      case "write", "sendto" ->
          call.failed()
              ? "write to " + what + failure
              : "write " + call.value() + " bytes to " + what;
      case "clone3", "clone", "vfork", "fork" -> "spawn" + failure;
      case "waitid" -> describeWait(call);
      case "pidfd_send_signal" ->
          "send " + call.arguments().split(", ")[1] + " to " + addressee(what) + failure;
      case "kill" -> "kill " + call.arguments() + failure;
      case "pidfd_open" -> "watch for the end of " + names.ofProcess(call.descriptor()) + failure;
      case "epoll_ctl" -> describeWatch(call) + failure;
      case "close" -> "close " + what;
      case "pipe2" -> "make a pipe" + failure;
      case "openat", "open" -> "open " + call.text() + failure;
      case "statx", "stat" -> "look at " + looked(call, what) + failure;
      case "getdents64" -> "list " + what + failure;
      default -> call.name() + failure;
    };
  }

  private static String looked(Call call, String what) {
    return call.text().isEmpty() ? what : call.text();
  }

  private static String addressee(String pidDescriptor) {
    String prefix = "the end of ";
    return pidDescriptor.startsWith(prefix)
        ? pidDescriptor.substring(prefix.length())
        : pidDescriptor;
  }

  private String describeRead(Call call, String what) {
    if (call.failed()) {
      return "read from " + what + ": " + call.result();
    }
    if (what.equals("the signals")) {
      return "hear " + Signals.name(call.text());
    }
    return call.value() == 0
        ? "read the end of " + what
        : "read " + call.value() + " bytes from " + what;
  }

  private String describeWait(Call call) {
    Matcher exit = EXIT.matcher(call.arguments());
    boolean peeks = call.arguments().contains("WNOWAIT");
    if (!exit.matches()) {
      return (peeks ? "look for ended children: " : "reap: ")
          + (call.failed() ? call.result() : "none");
    }
    String who = names.ofProcess(Integer.parseInt(exit.group(2)));
    String how = exit.group(1).equals("CLD_EXITED") ? "exited with " : "was ended by ";
    return (peeks ? "find ended: " : "reap ") + who + ", which " + how + exit.group(3);
  }

  private String describeWatch(Call call) {
    Matcher watched = WATCHED.matcher(call.arguments());
    if (!watched.matches()) {
      return "epoll_ctl";
    }
    String what = names.ofDescriptor(Integer.parseInt(watched.group(2)));
    boolean forRoom = call.arguments().contains("EPOLLOUT");
    return (watched.group(1).equals("DEL") ? "watch no longer " : "watch ")
        + what
        + (forRoom ? " for room" : "");
  }
}
