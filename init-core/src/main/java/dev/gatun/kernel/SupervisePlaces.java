package dev.gatun.kernel;

import dev.gatun.model.OsString;

/** Makes the access to directories {@code supervise}, and nothing in them yet. */
public interface SupervisePlaces {

  /**
   * @param path absolute
   */
  SuperviseDirectory at(OsString path);
}
