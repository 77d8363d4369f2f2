package dev.gatun.cli;

import java.io.IOException;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The run whose classes go into the cache. One example service does not need every class, and what
 * is not in the cache is read from the jar, which costs several milliseconds; so all of Gatun's
 * classes are loaded first, and then a container is run as ever.
 */
public final class Training {
  private static final String CLASS = ".class";

  private Training() {}

  /** Runs a container, after all classes have been loaded. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        String name = all.nextElement().getName();
        if (name.startsWith("dev/gatun/") && name.endsWith(CLASS) && !isForMessages(name)) {
          String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          Class.forName(type, false, Training.class.getClassLoader());
        }
      }
    }
    Main.main(arguments);
  }

  /** What comes with the logging library: it is loaded for the first message, not before. */
  private static boolean isForMessages(String name) {
    return name.contains("/OutputPlaneWriter") || name.contains("/OwnLogConfigurationLoader");
  }
}
