package dev.gatun.cli;

import dev.gatun.kernel.ProgramFiles;
import dev.gatun.layout.PathSearch;
import dev.gatun.layout.Programs;
import dev.gatun.layout.StartFailure;
import dev.gatun.loop.StartAdvice;
import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import dev.gatun.plan.Program;

/** Looks at the files of a program that could not be started; before that it does nothing. */
final class ProgramAdvice implements StartAdvice {
  private final ProgramFiles files;
  private final Environment environment;

  ProgramAdvice(ProgramFiles files, Environment environment) {
    this.files = files;
    this.environment = environment;
  }

  static OsString searchPath(Environment environment) {
    OsString path = environment.get("PATH");
    return path == null ? PathSearch.DEFAULT : path;
  }

  @Override
  public String explain(Program program, int error, String inWords) {
    Programs programs = new Programs(files, searchPath(environment));
    return new StartFailure(programs).explain(program.path(), error, inWords);
  }
}
