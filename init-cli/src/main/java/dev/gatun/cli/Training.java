package dev.gatun.cli;

import java.io.IOException;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The run whose classes go into the cache. One example service does not need every class, and what
 * is not in the cache is read from the jar, which costs several milliseconds; so the classes of the
 * engine are loaded first, all of them, and {@link LinkerShapes} are touched, and then a container
 * is run as ever.
 */
public final class Training {
  private static final String CLASS = ".class";

  private Training() {}

  /** Runs a container, after those classes have been loaded. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    String jar = System.getProperty("java.class.path");
    try (JarFile file = new JarFile(jar)) {
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        String name = all.nextElement().getName();
        if (name.startsWith("dev/gatun/") && name.endsWith(CLASS) && !isSeldomNeeded(name)) {
          String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
          Class.forName(type, false, Training.class.getClassLoader());
        }
      }
    }
    LinkerShapes.touch();
    Launched.main(new String[] {jar});
  }

  /** The commands, and what needs a library: loaded when used, and not for every start. */
  private static boolean isSeldomNeeded(String name) {
    return name.startsWith("dev/gatun/cli/")
        || name.startsWith("dev/gatun/journal/")
        || name.startsWith("dev/gatun/pattern/");
  }
}
