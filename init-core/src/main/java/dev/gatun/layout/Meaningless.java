package dev.gatun.layout;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.util.ArrayList;
import java.util.List;

/** Variables whose values are no errors, and hardly mean what somebody wanted. */
public final class Meaningless {
  private static final String JSON = "DINIT_JSON_STDOUT";

  private static final String[] OF_SUPERVISED = {
    "GATUN_EXIT_ON", "GATUN_LOG", "GATUN_INIT_FAILURE"
  };

  private static final String[] OF_OVERLAY = {
    "S6_LOGGING",
    "S6_CATCHALL_USER",
    "S6_SYNC_DISKS",
    "S6_CMD_WAIT_FOR_SERVICES",
    "S6_CMD_WAIT_FOR_SERVICES_MAXTIME",
    "S6_CMD_ARG0",
    "S6_FIX_ATTRS_HIDDEN",
    "S6_RUNTIME_BUNDLEDIR",
    "S6_WAIT_FOR_CLOSING_FD"
  };

  private Meaningless() {}

  /**
   * What is to be said of them, as warnings.
   *
   * @param supervised whether the layout is one whose services are started again
   */
  public static List<Finding> find(Environment environment, boolean supervised) {
    List<Finding> found = new ArrayList<>();
    OsString json = environment.get(JSON);
    if (json != null
        && !json.isEmpty()
        && !json.equals(OsString.of("0"))
        && !json.equals(OsString.of("1"))) {
      found.add(
          warning(
              JSON,
              "its value " + json + " means JSON, as every one but 0 does",
              "set it to 0 for text, or unset it"));
    }
    if (!supervised) {
      for (String name : OF_SUPERVISED) {
        OsString value = environment.get(name);
        if (value != null && !value.isEmpty()) {
          found.add(
              warning(
                  name,
                  "it means nothing in this layout",
                  "unset it, or set GATUN_LAYOUT to runit, klein or baseimage"));
        }
      }
    }
    return found;
  }

  /** Variables of s6-overlay that are set and ask for something that Gatun does not do. */
  public static List<Finding> ofOverlay(Environment environment) {
    List<Finding> found = new ArrayList<>();
    for (String name : OF_OVERLAY) {
      OsString value = environment.get(name);
      if (value != null && !value.isEmpty() && !value.equals(OsString.of("0"))) {
        found.add(
            warning(
                name,
                "Gatun does not do what it asks for",
                "unset it, or see docs/coming-from-s6-overlay.md"));
      }
    }
    return found;
  }

  private static Finding warning(String name, String problem, String advice) {
    return Finding.warning("variable", OsString.of(name), 0, problem, advice);
  }
}
