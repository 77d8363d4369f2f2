package dev.gatun.model;

/** The least level of Gatun's own messages that is said. */
public enum Verbosity {
  NONE,
  ERROR,
  WARN,
  INFO,
  DEBUG;

  public boolean allows(Level level) {
    return switch (this) {
      case NONE -> false;
      case ERROR -> level == Level.ERROR;
      case WARN -> level == Level.ERROR || level == Level.WARNING;
      case INFO -> level != Level.DEBUG;
      case DEBUG -> true;
    };
  }
}
