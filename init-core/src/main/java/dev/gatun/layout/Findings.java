package dev.gatun.layout;

import dev.gatun.kernel.FileTree;
import dev.gatun.model.OsString;
import dev.gatun.pattern.PatternException;
import dev.gatun.plan.LinePattern;

/**
 * What becomes of that which a reader of files and variables finds wrong. At a start the first
 * error is thrown, and nothing is looked for that the plan does not need; {@code gatun check}
 * {@linkplain AllFindings wants all of it}.
 */
class Findings {
  /** Those of a start. */
  static final Findings AT_START = new Findings();

  Findings() {}

  /** Whether more is to be looked at than a plan is made of. */
  boolean areWanted() {
    return false;
  }

  /**
   * Tells of something that a container cannot be started with.
   *
   * @param problem what a start says of it
   * @throws LayoutException at a start
   */
  void refuse(Finding finding, String problem) throws LayoutException {
    throw new LayoutException(problem, finding.advice());
  }

  /** The same of a file that cannot be used. */
  final void refuse(Finding finding) throws LayoutException {
    String place = finding.where() + (finding.line() > 0 ? ":" + finding.line() : "");
    refuse(finding, "cannot use " + place + ": " + finding.problem());
  }

  /** Tells of something that a start has no words for. */
  void add(Finding finding) {}

  /** A program is to be run. */
  void program(OsString path) {}

  /** Lines are to be converted. */
  void pattern(LinePattern pattern) throws PatternException {}

  /** Something that a service tree is better without, and a start has no words for. */
  final void warn(String code, OsString where, String problem, String advice) {
    if (areWanted()) {
      add(Finding.warning(code, where, 0, problem, advice));
    }
  }

  /**
   * Whether that is a service. It is one that all concerns which is told from here on.
   *
   * @param path where it is, as its user would write it
   */
  final boolean isService(FileTree files, OsString name, OsString path) {
    if (name.byteAt(0) == '.') {
      return false;
    }
    if (files.isDirectory(path)) {
      return beginService(name, path);
    }
    leftOut(name, path);
    return false;
  }

  /** Whether it makes sense to look into the directory of a service. */
  boolean beginService(OsString name, OsString directory) {
    return true;
  }

  /** Something stands among the services that is no directory. */
  void leftOut(OsString name, OsString path) {}

  /** All services of the directory have been looked at. */
  void endServices(OsString directory) {}
}
