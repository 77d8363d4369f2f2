package dev.gatun.layout;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.model.OsString;
import dev.gatun.plan.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * What the process field of an inittab's line runs: a program by its words, or a shell where the
 * text has characters that only a shell understands.
 */
final class InitProgram {
  static final OsString SHELL = OsString.of("/bin/sh");

  private static final String FOR_THE_SHELL = "~`!$^&*()=|\\{}[];\"'<>?";
  private static final int MAX_WORDS = 14;
  private static final OsString ROOT = OsString.of("/");
  private static final OsString SCRIPT = OsString.of("/etc/initscript");

  private final ProgramFiles files;
  private final PathSearch path;
  private final Findings findings;

  /**
   * @param searchPath where programs are looked for that are named without a directory
   */
  InitProgram(ProgramFiles files, OsString searchPath, Findings findings) {
    this.files = files;
    this.path = new PathSearch(files, searchPath);
    this.findings = findings;
  }

  /** By the script that is to run all of them, where there is one. */
  Program of(InittabLine line, OsString process, boolean isSingle) {
    if (!isSingle && files.exists(SCRIPT) && files.mayRead(SCRIPT)) {
      OsString action = OsString.of(line.action());
      return shell(List.of(SCRIPT, line.id(), line.levels(), action, process));
    }
    boolean plain = !process.isEmpty() && process.byteAt(0) == '@';
    OsString text = plain ? process.substring(1) : process;
    return !plain && needsShell(text) ? bySh(text) : byWords(text);
  }

  private static boolean needsShell(OsString text) {
    for (int i = 0; i < text.length(); i++) {
      if (FOR_THE_SHELL.indexOf(text.byteAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static Program bySh(OsString text) {
    return shell(List.of(OsString.of("-c"), OsString.of("exec ").concat(text)));
  }

  private static Program shell(List<OsString> arguments) {
    return new Program(SHELL, arguments, ROOT);
  }

  /** What is found nowhere yet, and what the kernel does not execute, is left to the shell. */
  private Program byWords(OsString text) {
    List<OsString> words = words(text);
    if (words.isEmpty()) {
      return bySh(text);
    }
    OsString found;
    try {
      found = path.find(words.getFirst());
    } catch (LayoutException e) {
      findings.add(Finding.error("not-found", words.getFirst(), 0, e.problem(), e.advice()));
      return bySh(text);
    }
    findings.program(found);
    List<OsString> arguments = words.subList(1, words.size());
    if (isExecutedByShell(found)) {
      List<OsString> script = new ArrayList<>(List.of(found));
      script.addAll(arguments);
      return shell(script);
    }
    return new Program(found, arguments, ROOT);
  }

  static List<OsString> words(OsString text) {
    List<OsString> words = new ArrayList<>();
    int at = 0;
    while (at < text.length() && words.size() < MAX_WORDS) {
      while (at < text.length() && InittabLine.isBlank(text.byteAt(at))) {
        at++;
      }
      int from = at;
      while (at < text.length() && !InittabLine.isBlank(text.byteAt(at))) {
        at++;
      }
      if (from == at || text.byteAt(from) == '#') {
        break;
      }
      words.add(text.substring(from, at));
    }
    return words;
  }

  /** A script without a first line that names an interpreter, as execvp(3) has it. */
  private boolean isExecutedByShell(OsString program) {
    byte[] head = files.head(program, 2);
    return head.length == 2
        && files.mayExecute(program)
        && !(head[0] == '#' && head[1] == '!')
        && !(head[0] == 0x7f && head[1] == 'E');
  }
}
