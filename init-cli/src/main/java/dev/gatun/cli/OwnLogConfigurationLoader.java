package dev.gatun.cli;

import java.util.Properties;
import org.tinylog.configuration.ConfigurationLoader;

/** All of tinylog's configuration. There is no file of it, and none is looked for. */
public final class OwnLogConfigurationLoader implements ConfigurationLoader {

  @Override
  public Properties load() {
    Properties properties = new Properties();
    properties.setProperty("provider", "tinylog");
    properties.setProperty("writer", "output plane");
    properties.setProperty("level", level());
    // No thread of its own, and no hook: the last message is written before the end in any case.
    properties.setProperty("writingthread", "false");
    properties.setProperty("autoshutdown", "false");
    return properties;
  }

  private static String level() {
    return switch (OwnLog.instance().verbosity()) {
      case NONE -> "off";
      case ERROR -> "error";
      case WARN -> "warn";
      case INFO -> "info";
      case DEBUG -> "debug";
    };
  }
}
