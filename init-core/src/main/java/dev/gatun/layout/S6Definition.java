package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.List;

/**
 * What one of s6-rc's source definitions says, as far as it concerns others.
 *
 * @param name of its directory
 * @param path of that, absolute
 * @param dependsOn the names that have to be up before it
 * @param contents the names that a bundle stands for
 * @param producesFor the name of who reads its output; empty for nobody
 * @param consumesFrom the names of those whose output it reads
 * @param pipelineName what the pipeline is called that ends with it; empty for nothing
 * @see <a href="https://skarnet.org/software/s6-rc/s6-rc-compile.html">s6-rc-compile</a>
 */
record S6Definition(
    OsString name,
    OsString path,
    Type type,
    List<OsString> dependsOn,
    List<OsString> contents,
    OsString producesFor,
    List<OsString> consumesFrom,
    OsString pipelineName) {

  /** What it defines. */
  enum Type {
    LONGRUN,
    ONESHOT,
    BUNDLE
  }

  /** A bundle that is there without a directory of its own. */
  static S6Definition bundle(
      OsString name, OsString path, List<OsString> dependsOn, List<OsString> contents) {
    OsString none = OsString.of("");
    return new S6Definition(name, path, Type.BUNDLE, dependsOn, contents, none, List.of(), none);
  }

  S6Definition {
    dependsOn = List.copyOf(dependsOn);
    contents = List.copyOf(contents);
    consumesFrom = List.copyOf(consumesFrom);
  }
}
