package dev.gatun.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds every size, offset and constant of the generated classes against a C compiler's. */
class LayoutAgainstCompilerTest {
  @TempDir Path directory;

  @Test
  void theValuesOfThisArchitectureAreTheCompilers() throws Exception {
    Tools.need("cc");
    compare(new Facts(), List.of("cc"), List.of());
  }

  @Test
  void theValuesOfAarch64AreTheCompilers() throws Exception {
    List<String> compiler = List.of("aarch64-linux-gnu-gcc");
    Tools.need(compiler.getFirst());
    Tools.need("qemu-aarch64");
    Facts facts = factsOf("aarch64");
    assertEquals("16", facts.types.get("sizeof(struct epoll_event)"));
    compare(facts, compiler, List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"));
  }

  @Test
  void theValuesOfX8664AreTheCompilers() throws Exception {
    assumeTrue(Arch.AARCH64, "the native test compares them");
    List<String> compiler = List.of("x86_64-linux-gnu-gcc");
    Tools.need(compiler.getFirst());
    Tools.need("qemu-x86_64");
    compare(factsOf("amd64"), compiler, List.of("qemu-x86_64", "-L", "/usr/x86_64-linux-gnu"));
  }

  @Test
  void anUnknownArchitectureIsRefusedByName() throws Exception {
    Tools.Output output = java("riscv64");
    assertNotEquals(0, output.status());
    assertTrue(output.text().contains("cannot run on the architecture riscv64"), output.text());
  }

  private void compare(Facts facts, List<String> compiler, List<String> emulator) throws Exception {
    Map<String, String> java = present(facts.constants);
    java.putAll(present(facts.types));
    assertTrue(java.size() > 1000, "only " + java.size() + " facts");
    Path source = directory.resolve("facts.c");
    Files.writeString(source, program(facts));
    List<String> compile = compile(compiler, source);
    Tools.Output compiled = Tools.run(compile);
    assertEquals(0, compiled.status(), compiled.text());
    List<String> command = new ArrayList<>(emulator);
    command.add(directory.resolve("facts").toString());
    Tools.Output printed = Tools.run(command);
    assertEquals(0, printed.status(), printed.text());
    Map<String, String> c = new TreeMap<>();
    for (String line : printed.text().split("\n")) {
      String[] words = line.split("\t");
      c.put(words[0], words[1]);
    }
    assertEquals(List.of(), differences(c, java));
    for (Map.Entry<String, String> fact : facts.constants.entrySet()) {
      if (fact.getValue().equals(Facts.MISSING)) {
        refuses(compiler, fact.getKey());
      }
    }
    for (Map.Entry<String, String> fact : facts.types.entrySet()) {
      if (fact.getValue().equals(Facts.MISSING)) {
        refuses(compiler, fact.getKey());
      }
    }
  }

  /** What Java says does not exist must not exist for the compiler either. */
  private void refuses(List<String> compiler, String expression) throws Exception {
    Path source = directory.resolve("missing.c");
    Files.writeString(source, start() + "long value(void) { return " + expression + "; }\n");
    List<String> command = new ArrayList<>(compiler);
    command.addAll(List.of("-fsyntax-only", "-w", source.toString()));
    assertNotEquals(0, Tools.run(command).status(), expression + " exists");
  }

  private List<String> compile(List<String> compiler, Path source) {
    List<String> command = new ArrayList<>(compiler);
    command.addAll(List.of("-w", "-o", directory.resolve("facts").toString(), source.toString()));
    return command;
  }

  private static String start() {
    return "#include \"" + Bound.directory().resolve("gatun.h") + "\"\n#include <stddef.h>\n";
  }

  private static String program(Facts facts) {
    StringBuilder text = new StringBuilder(start());
    // A 32-bit value is an int in Java, whatever its sign in C.
    text.append("#define SHOW(x) printf(\"%s\\t%lld\\n\", #x, ");
    text.append("sizeof(x) == 4 ? (long long) (int) (long) (x) : (long long) (long) (x))\n");
    text.append("static void constants(void) {\n");
    for (String constant : present(facts.constants).keySet()) {
      text.append("  SHOW(").append(constant).append(");\n");
    }
    text.append("}\n");
    for (String field : facts.fields) {
      text.append("#undef ").append(field).append('\n');
    }
    text.append("static void types(void) {\n");
    for (String expression : present(facts.types).keySet()) {
      // As text of its own, because a macro argument may not have commas.
      text.append("  printf(\"%s\\t%ld\\n\", \"").append(expression).append("\", (long) ");
      text.append(expression).append(");\n");
    }
    return text.append("}\nint main(void) { constants(); types(); return 0; }\n").toString();
  }

  private static Map<String, String> present(Map<String, String> facts) {
    Map<String, String> present = new TreeMap<>(facts);
    present.values().removeAll(Set.of(Facts.MISSING));
    return present;
  }

  /**
   * What differs, but for the room that a struct reserves: newer headers name parts of it.
   *
   * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
   */
  private static List<String> differences(Map<String, String> c, Map<String, String> java) {
    assertEquals(c.keySet(), java.keySet());
    List<String> differences = new ArrayList<>();
    c.forEach(
        (key, value) -> {
          if (!value.equals(java.get(key)) && !key.matches(".*\\b__(pad|spare)\\d*\\b.*")) {
            differences.add(key + " is " + value + " in C, " + java.get(key) + " in Java");
          }
        });
    return differences;
  }

  private Facts factsOf(String arch) throws Exception {
    Tools.Output output = java(arch);
    assertEquals(0, output.status(), output.text());
    return new Facts(output.text());
  }

  /** Runs {@link Facts} as if on another architecture; it only computes, and calls no C. */
  private Tools.Output java(String arch) throws Exception {
    return Tools.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dos.arch=" + arch,
            "-Dbasedir=" + Bound.directory().resolve("../../..").normalize(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Facts.class.getName()));
  }
}
