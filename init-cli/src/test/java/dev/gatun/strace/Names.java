package dev.gatun.strace;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the loop's descriptors and children are, learnt from the calls that made them. */
final class Names {
  private static final Pattern PAIR = Pattern.compile("\\[(\\d+)(?:<[^>]*>)?, (\\d+).*");
  private static final Pattern DUP = Pattern.compile("(\\d+)(?:<.*?>)?, (\\d+).*");

  private final Trace trace;
  private final String services;
  private final Map<Integer, String> descriptors = new HashMap<>();
  private final Map<Integer, String> processes = new HashMap<>();

  /** By the end that is written to: the one that is read. */
  private final Map<Integer, Integer> pipes = new HashMap<>();

  /**
   * @param services the service directory, absolute
   */
  Names(Trace trace, String services) {
    this.trace = trace;
    this.services = services;
    descriptors.put(1, "standard output");
    descriptors.put(2, "standard error");
  }

  String ofDescriptor(int descriptor) {
    return descriptors.getOrDefault(descriptor, "descriptor " + descriptor);
  }

  String ofProcess(int pid) {
    return processes.getOrDefault(pid, "process " + pid);
  }

  /** Looks at a call of the loop, after which things may have other names. */
  void learn(Call call) {
    if (call.failed()) {
      return;
    }
    switch (call.name()) {
      case "signalfd4" -> descriptors.put(call.value(), "the signals");
      case "epoll_create1" -> descriptors.put(call.value(), "epoll");
      case "pidfd_open" ->
          descriptors.put(call.value(), "the end of " + ofProcess(call.descriptor()));
      case "openat", "open" -> descriptors.put(call.value(), ofFile(call.text()));
      case "close" -> descriptors.remove(call.descriptor());
      case "pipe2" -> learnPipe(call);
      case "clone3", "clone", "vfork" -> learnChild(call.value());
      default -> {
        // Makes nothing that has a name.
      }
    }
  }

  private static String ofFile(String path) {
    return switch (path) {
      case "/proc/self/fd/1" -> "standard output";
      case "/proc/self/fd/2" -> "standard error";
      default -> path.endsWith("/children") ? "the list of orphans" : path;
    };
  }

  private void learnPipe(Call call) {
    Matcher pair = PAIR.matcher(call.arguments());
    if (pair.matches()) {
      pipes.put(Integer.parseInt(pair.group(2)), Integer.parseInt(pair.group(1)));
    }
  }

  /** Between its birth and its execve a child tells what it is to be, and where its output goes. */
  private void learnChild(int pid) {
    Map<Integer, Integer> placed = new HashMap<>();
    for (Call call : trace.of(pid)) {
      if (call.name().equals("dup2")) {
        Matcher dup = DUP.matcher(call.arguments());
        if (dup.matches()) {
          placed.put(Integer.parseInt(dup.group(2)), Integer.parseInt(dup.group(1)));
        }
      } else if (call.name().equals("execve")) {
        processes.put(pid, ofProgram(call.text()));
        break;
      }
    }
    learnStream(placed.get(1), "stdout of " + ofProcess(pid));
    learnStream(placed.get(2), "stderr of " + ofProcess(pid));
  }

  /** One that goes to a log program is not read here. */
  private void learnStream(Integer writingEnd, String name) {
    Integer readingEnd = writingEnd == null ? null : pipes.get(writingEnd);
    if (readingEnd != null) {
      descriptors.put(readingEnd, name);
    }
  }

  private String ofProgram(String path) {
    return path.startsWith(services + "/") ? path.substring(services.length() + 1) : path;
  }
}
