package dev.gatun.strace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The files that {@code strace -ff -ttt -T -y -o DIRECTORY/trace} leaves behind: one a thread. In
 * each of them no call is interrupted by those of others.
 */
final class Trace {
  private final Map<Integer, List<Call>> calls = new TreeMap<>();

  private Trace() {}

  /** Reads them all. */
  static Trace read(Path directory) throws IOException {
    Trace trace = new Trace();
    try (var files = Files.newDirectoryStream(directory, "trace.*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        int thread = Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        trace.calls.put(thread, lines.stream().map(Call::parse).filter(Objects::nonNull).toList());
      }
    }
    return trace;
  }

  /** The calls of a thread, in order. */
  List<Call> of(int thread) {
    return calls.getOrDefault(thread, List.of());
  }

  /** The calls of the thread that waits in epoll, or none when there is no such thread. */
  List<Call> loop() {
    for (List<Call> thread : calls.values()) {
      if (thread.stream().anyMatch(call -> call.name().equals("epoll_create1"))) {
        return thread;
      }
    }
    return List.of();
  }

  /** The calls of the thread that Gatun began as, up to and with the JVM. */
  List<Call> first() {
    return calls.values().stream()
        .filter(thread -> !thread.isEmpty())
        .min(Comparator.comparingDouble(thread -> thread.getFirst().seconds()))
        .orElse(List.of());
  }

  /** Whether a call makes a process, and not a thread. */
  static boolean isSpawn(Call call) {
    return call.name().startsWith("clone") && !call.arguments().contains("CLONE_THREAD");
  }

  /** The calls of each of Gatun's threads, and of no other process. */
  List<List<Call>> threadsOfGatun() {
    List<List<Call>> threads = new ArrayList<>(List.of(first()));
    for (int i = 0; i < threads.size(); i++) {
      for (Call call : threads.get(i)) {
        if (call.name().startsWith("clone") && !isSpawn(call) && !of(call.value()).isEmpty()) {
          threads.add(of(call.value()));
        }
      }
    }
    return threads;
  }

  /** The loop's calls, cut before each epoll_wait. The first piece is the start. */
  static List<List<Call>> turns(List<Call> loop) {
    List<List<Call>> turns = new ArrayList<>();
    turns.add(new ArrayList<>());
    for (Call call : loop) {
      if (call.name().startsWith("epoll_wait") || call.name().startsWith("epoll_pwait")) {
        turns.add(new ArrayList<>());
      }
      turns.getLast().add(call);
    }
    return turns;
  }
}
