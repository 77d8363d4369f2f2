package dev.gatun.layout;

import dev.gatun.model.OsString;
import java.util.List;
import java.util.Optional;

/** A layout whose services are kept running. */
interface KeptLayout {

  /**
   * @param reason why it is this layout
   * @throws LayoutException when the value of a variable is unusable
   */
  Layouts.Chosen read(String reason) throws LayoutException;

  /** The services, unless something else looks after them. */
  Optional<ServiceDirectory> services() throws LayoutException;

  /** What is run before, beside or after the services, as far as it is there. */
  List<OsString> programs();

  /** The variables that it reads and whose values would be refused. */
  List<EngineVariables.WrongVariable> wrongVariables();
}
