package dev.gatun.cli;

import dev.gatun.journal.JournalException;
import dev.gatun.journal.replay.Replay;
import dev.gatun.journal.tell.Explain;
import dev.gatun.journal.tell.Timeline;
import dev.gatun.model.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code gatun replay}, {@code gatun explain} and {@code gatun timeline}: what a journal tells. */
final class JournalCommand {
  private static final int OK = 0;
  private static final int DIFFERENT = 1;
  private static final int UNUSABLE = 2;

  private final String name;
  private final List<Path> files = new ArrayList<>();
  private Path svg;
  private boolean withValues;

  private JournalCommand(String name) {
    this.name = name;
  }

  static boolean isOne(String name) {
    return name.equals("replay") || name.equals("explain") || name.equals("timeline");
  }

  /** Runs it with the arguments behind its name; answers the exit code. */
  static int run(String name, List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      return Main.print(JournalHelp.of(name));
    }
    try {
      JournalCommand command = new JournalCommand(name);
      command.take(arguments);
      return command.run();
    } catch (JournalException e) {
      Main.say(Level.ERROR, e.getMessage());
      return UNUSABLE;
    }
  }

  private void take(List<String> arguments) throws JournalException {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean isSvg = argument.equals("--svg") && name.equals("timeline");
      if (argument.equals("--values") && name.equals("explain")) {
        withValues = true;
      } else if (isSvg && i + 1 < arguments.size()) {
        svg = Path.of(arguments.get(++i));
      } else if (argument.startsWith("-") || argument.isEmpty() || !files.isEmpty()) {
        throw wrong("cannot use the argument " + argument);
      } else {
        files.add(Path.of(argument));
      }
    }
    if (files.isEmpty()) {
      throw wrong("the journal's file is missing");
    }
  }

  private JournalException wrong(String what) {
    return new JournalException(what + ": see gatun " + name + " --help");
  }

  private int run() throws JournalException {
    Path file = files.getFirst();
    return switch (name) {
      case "replay" -> replay(file);
      case "explain" -> Main.print(Explain.of(file, withValues));
      default -> draw(Timeline.of(file));
    };
  }

  private static int replay(Path file) throws JournalException {
    Replay.Result result = Replay.of(file);
    if (result.difference().isPresent()) {
      Main.print(result.difference().get() + result.summary() + "\n");
      return DIFFERENT;
    }
    return Main.print(result.summary() + "\n");
  }

  private int draw(String chart) throws JournalException {
    if (svg == null) {
      return Main.print(chart);
    }
    try {
      Files.writeString(svg, chart);
      return OK;
    } catch (IOException e) {
      throw new JournalException("cannot write " + svg + ": " + e);
    }
  }
}
