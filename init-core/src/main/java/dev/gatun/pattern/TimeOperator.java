package dev.gatun.pattern;

import java.util.List;

/** The operator time and its arguments. */
final class TimeOperator {
  private static final int MAX_ARGUMENTS = 4;
  private static final String DEFAULT_LAYOUT = "RFC3339Milli";

  private TimeOperator() {}

  /**
   * Reads {@code PARSE[__FORMAT[__FORMATZONE[__PARSEZONE]]]}.
   *
   * @param index where the operator is in the group's name
   * @throws OperatorException when there is no such layout or zone
   */
  static Conversion read(List<String> arguments, int index) throws OperatorException {
    if (arguments.isEmpty() || arguments.size() > MAX_ARGUMENTS) {
      throw new OperatorException(
          index,
          arguments.isEmpty() ? "time has no layout" : "time has more than four arguments",
          "write time__PARSE__FORMAT__FORMATZONE__PARSEZONE, or only the first of them; "
              + layouts());
    }
    TimeLayout layout = layout(arguments.getFirst(), index);
    TimeLayout newLayout = layout(arguments.size() > 1 ? arguments.get(1) : DEFAULT_LAYOUT, index);
    ZoneClock newZone = arguments.size() > 2 ? zone(arguments.get(2), index) : ZoneClock.UTC;
    ZoneClock zone = ZoneClock.UTC;
    if (arguments.size() > 3) {
      zone = zone(arguments.get(3), index);
    } else if (!layout.hasOffset()) {
      zone = ZoneClock.local();
    }
    return new TimeConversion(arguments.getFirst(), layout, newLayout, newZone, zone);
  }

  private static TimeLayout layout(String name, int index) throws OperatorException {
    TimeLayout layout = TimeLayout.named(name);
    if (layout == null) {
      throw new OperatorException(index, "time knows no layout " + name, layouts());
    }
    return layout;
  }

  private static String layouts() {
    return "the layouts are " + TimeLayout.names();
  }

  private static ZoneClock zone(String name, int index) throws OperatorException {
    ZoneClock zone = ZoneClock.named(name.replaceFirst("_", "/"));
    if (zone == null) {
      throw new OperatorException(
          index,
          "time knows no zone " + name,
          "write UTC, Local or a name of the time zone database, with _ for its first /, as in"
              + " Europe_Ljubljana");
    }
    return zone;
  }
}
