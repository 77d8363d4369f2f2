package dev.gatun.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the bindings, which are made of glibc's headers, against musl, the C library of Alpine: its
 * headers, its compiler, its symbols, and calls of it. No JVM runs here on musl.
 */
class AgainstMuslTest {
  /** What musl has no name for. */
  private static final String UNKNOWN =
      "SIGCLD|SA_INTERRUPT|SA_STACK|SI_DETHREAD|POLLREMOVE|O_FSYNC|F_EXLCK|F_SHLCK|STATX_\\w+";

  /** What else is to be found in Gatun of these: they are the kernel's, which is asked itself. */
  private static final String KERNELS = "STATX_(INO|TYPE|MODE)";

  /** musl counts O_PATH among the ways to open, and has the bit that its functions add. */
  private static final Set<String> OTHER_VALUES = Set.of("O_ACCMODE", "O_LARGEFILE");

  /**
   * The C library's own parts of structs that are opaque but for their size, types with names of
   * glibc's only, the struct that goes to the kernel, and one that nothing is given.
   */
  private static final String NOT_COMPARED =
      ".*(\\bstruct statx|\\b__sigset_t\\b|\\b__sigval_t\\b|\\b_sifields\\b|siginfo_t.*__pad"
          + "|\\b__sigaction_handler\\b|sigset_t.*__val|posix_spawn\\w+_t.*__|sched_param).*";

  /** Looked up at run time, and done without where it is missing: see LinuxJobs. */
  private static final Set<String> DONE_WITHOUT =
      Set.of("posix_spawn_file_actions_addtcsetpgrp_np");

  /** Where Debian has the kernel's headers of this machine, which musl brings none of. */
  private static final String KERNELS_OWN =
      System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";

  @TempDir Path directory;

  @Test
  void whatMuslNamesHasTheValuesOfTheBindings() throws Exception {
    Tools.need("musl-gcc");
    Facts facts = new Facts();
    Map<String, String> java = new TreeMap<>();
    facts.constants.forEach(
        (name, value) -> {
          boolean compared = !name.replaceAll("sizeof\\(|\\)", "").matches(UNKNOWN);
          if (compared && !OTHER_VALUES.contains(name) && !value.equals(Facts.MISSING)) {
            java.put(name, value);
          }
        });
    facts.types.forEach(
        (expression, value) -> {
          boolean call = expression.matches("sizeof\\((" + String.join("|", DONE_WITHOUT) + ").*");
          if (!call && !expression.matches(NOT_COMPARED) && !value.equals(Facts.MISSING)) {
            java.put(expression, value);
          }
        });
    publicNames(java);
    assertTrue(java.size() > 1000, "only " + java.size() + " facts");
    StringBuilder program = new StringBuilder("#include \"");
    program.append(Bound.directory().resolve("gatun.h")).append("\"\n#include <stddef.h>\n");
    // A 32-bit value is an int in Java, whatever its sign in C.
    program.append("#define SAME(c, java) ((sizeof(c) == 4 ? (long) (int) (long) (c)");
    program.append(" : (long) (c)) == (java))\nint main(void) {\n");
    java.forEach((c, value) -> program.append(line(c, value)));
    Path source = Files.writeString(directory.resolve("facts.c"), program + "}\n");
    Path to = directory.resolve("facts");
    Tools.Output compiled =
        Tools.run(
            List.of(
                "musl-gcc",
                "-w",
                "-idirafter",
                "/usr/include",
                "-idirafter",
                "/usr/include/" + KERNELS_OWN + "-linux-gnu",
                "-o",
                to.toString(),
                source.toString()));
    assertEquals("", compiled.text());
    assertEquals(new Tools.Output(0, ""), Tools.run(List.of(to.toString())));
  }

  private static String line(String c, String value) {
    return "  if (!SAME(" + c + ", " + value + "L)) puts(\"" + c + " is not " + value + "\");\n";
  }

  /** Where the two libraries call a member differently, and C programs use a macro. */
  private static void publicNames(Map<String, String> java) {
    long child = siginfo_t._sifields$OFFSET + siginfo_t._sifields._sigchld$OFFSET;
    java.put("offsetof(siginfo_t, si_pid)", "" + (child + OFFSET_OF_PID));
    java.put("offsetof(siginfo_t, si_uid)", "" + (child + OFFSET_OF_UID));
    java.put("offsetof(siginfo_t, si_status)", "" + (child + OFFSET_OF_STATUS));
    java.put("offsetof(struct sigaction, sa_handler)", "" + sigaction.__sigaction_handler$OFFSET);
  }

  private static final long OFFSET_OF_PID = siginfo_t._sifields._sigchld.si_pid$OFFSET;
  private static final long OFFSET_OF_UID = siginfo_t._sifields._sigchld.si_uid$OFFSET;
  private static final long OFFSET_OF_STATUS = siginfo_t._sifields._sigchld.si_status$OFFSET;

  @Test
  void whatMuslHasNoNameForIsNotUsed() throws IOException {
    Path engine = Bound.directory().resolve("../../../../init-core/src/main/java").normalize();
    assumeTrue(Files.isDirectory(engine), "the engine's sources are not there");
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(engine)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Stream.of(Files.readString(file).split("Libc\\."))
            .map(after -> after.replaceAll("(?s)\\W.*", ""))
            .filter(name -> name.matches(UNKNOWN) && !name.matches(KERNELS))
            .forEach(used::add);
      }
    }
    assertEquals(Set.of(), used);
  }

  @Test
  void muslHasEveryFunctionOrItIsDoneWithout() throws Exception {
    Tools.need("nm");
    Path library = null;
    try (Stream<Path> lib = Files.list(Path.of("/lib"))) {
      library = lib.filter(f -> f.toString().matches(".*/ld-musl-.*")).findAny().orElse(null);
    }
    assumeTrue(library != null, "musl is not installed");
    Set<String> missing = new TreeSet<>(Bound.names("function"));
    missing.addAll(Bound.names("var"));
    List<String> nm = List.of("nm", "-D", "--defined-only", library.toString());
    for (String line : Tools.run(nm).text().split("\n")) {
      missing.remove(line.substring(line.lastIndexOf(' ') + 1));
    }
    missing.removeAll(DONE_WITHOUT);
    assertEquals(Set.of(), missing);
  }

  @Test
  void muslTakesTheArgumentsOfTheSharedCall() throws Exception {
    assertEquals("ok", compileAndRun("musl-gcc", "shared-shape"));
  }

  @Test
  void muslStartsAProgramInTheStateThatGlibcDoes() throws Exception {
    Tools.need("cc");
    assertEquals(compileAndRun("cc", "spawns"), compileAndRun("musl-gcc", "spawns"));
  }

  private String compileAndRun(String compiler, String name) throws Exception {
    Tools.need(compiler);
    Path scratch = Files.createDirectory(directory.resolve(compiler));
    Path source = scratch.resolve(name + ".c");
    try (InputStream text = getClass().getResourceAsStream("/" + name + ".c")) {
      Files.copy(text, source);
    }
    List<String> compile = new ArrayList<>(List.of(compiler, "-O2", "-Wall", "-Werror", "-o"));
    String program = scratch.resolve(name).toString();
    compile.addAll(List.of(program, source.toString()));
    assertEquals(new Tools.Output(0, ""), Tools.run(compile));
    Tools.Output output = Tools.run(List.of(program, scratch.toString()));
    assertEquals(0, output.status(), output.text());
    return output.text();
  }
}
