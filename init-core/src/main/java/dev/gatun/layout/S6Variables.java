package dev.gatun.layout;

import dev.gatun.model.OsString;

/** The variables of s6-overlay. */
final class S6Variables {
  static final String HOOK = "S6_STAGE2_HOOK";
  static final String FAILURE = "S6_BEHAVIOUR_IF_STAGE2_FAILS";

  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long MAX_MILLIS = 999_999_999;
  private static final int DEFAULT_GRACE_MILLIS = 3000;
  private static final int DEFAULT_MAXTIME_MILLIS = 5000;

  private final Variables variables;
  private final boolean isThird;

  S6Variables(Variables variables, boolean isThird) {
    this.variables = variables;
    this.isThird = isThird;
  }

  /**
   * What they say.
   *
   * @param servicesGraceNanos how long services get, once they were told to stop
   * @param killGraceNanos how long what is left gets, once it was told to stop
   * @param finishNanos how long a program at the end may take; 0 for as long as it likes
   * @param endsOnFailure whether the container ends when a program fails that is run before the
   *     services
   */
  record Values(
      long servicesGraceNanos, long killGraceNanos, long finishNanos, boolean endsOnFailure) {}

  Values read() throws LayoutException {
    return new Values(
        millis("S6_SERVICES_GRACETIME", DEFAULT_GRACE_MILLIS),
        millis("S6_KILL_GRACETIME", DEFAULT_GRACE_MILLIS),
        millis("S6_KILL_FINISH_MAXTIME", isThird ? 0 : DEFAULT_MAXTIME_MILLIS),
        variables.choice(FAILURE, 0, "0", "1", "2") == 2);
  }

  /** Whether signals that would end the container go to the command. */
  boolean readCommandReceivesSignals() {
    return isOn("S6_CMD_RECEIVE_SIGNALS");
  }

  private boolean isOn(String name) {
    OsString value = variables.get(name, OsString.of("0"));
    return !value.equals(OsString.of("0"));
  }

  private long millis(String name, long otherwise) throws LayoutException {
    return variables.number(name, otherwise, 0, MAX_MILLIS, "a number of milliseconds")
        * NANOS_A_MILLI;
  }

  /** Has those told that are set and mean something that is not done. */
  void tellOfOthers() {
    Meaningless.ofOverlay(variables.environment()).forEach(variables.findings()::add);
  }
}
