package dev.gatun.output;

import java.util.List;

/** Finds the fields of a line of text. For one thread. */
public interface FieldFinder {

  /** The fields' names, each once, of ASCII letters, digits and underscores; never empty. */
  List<String> names();

  /** Whether the line has the form; if so, the fields' places hold until the next call. */
  boolean find(CharSequence line);

  /** Where a field begins in the line that was found, or negative when it is not in it. */
  int start(int field);

  /** Where it ends. */
  int end(int field);
}
