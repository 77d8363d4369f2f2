package dev.gatun.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks clang about the header for one target. Nothing that clang makes is ever run. */
final class Clang {
  private static final Pattern GLOBAL =
      Pattern.compile("^@(gatun_\\w+) = .*?global (.+), align \\d+$");
  private static final Pattern POINTER_VALUE = Pattern.compile("inttoptr \\(i64 (-?\\d+) to");

  /**
   * The value of a C expression.
   *
   * @param bits the width of an integer; 0 for a pointer
   */
  record Value(int bits, long number) {}

  private final String command;
  private final Target target;
  private final Path header;
  private final Path scratch;

  Clang(String command, Target target, Path header, Path scratch) {
    this.command = command;
    this.target = target;
    this.header = header;
    this.scratch = scratch;
  }

  /** The syntax tree of the header, without source positions. */
  Object syntaxTree() {
    String json = run(List.of("-fsyntax-only", "-Xclang", "-ast-dump=json", header.toString()));
    return Json.parse(json, Set.of("loc", "range"));
  }

  /** The names of all macros without parameters. */
  Set<String> macros() {
    Set<String> names = new HashSet<>();
    for (String line : run(List.of("-E", "-dM", header.toString())).split("\n")) {
      String[] words = line.split(" ", 3);
      if (words.length >= 2 && words[0].equals("#define") && words[1].indexOf('(') < 0) {
        names.add(words[1]);
      }
    }
    return names;
  }

  /**
   * Evaluates constant expressions: a variable is defined with each as its initializer, and its
   * type and value are read from clang's intermediate code.
   *
   * @param expressions the C expressions
   * @param fields names in them that are fields, also where the header has a macro of that name
   */
  Map<String, Value> evaluate(List<String> expressions, Set<String> fields) {
    StringBuilder source = new StringBuilder();
    source.append("#include \"").append(header.getFileName()).append("\"\n#include <stddef.h>\n");
    for (String field : fields) {
      source.append("#undef ").append(field).append('\n');
    }
    Map<String, String> byVariable = new HashMap<>();
    for (String expression : expressions) {
      String variable = "gatun_" + byVariable.size();
      byVariable.put(variable, expression);
      source.append("__typeof__(").append(expression).append(") ").append(variable).append(" = ");
      source.append(expression).append(";\n");
    }
    Path file = scratch.resolve("values-" + target.triple() + ".c");
    try {
      Files.writeString(file, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String include = header.toAbsolutePath().getParent().toString();
    String code = run(List.of("-S", "-emit-llvm", "-o", "-", "-I", include, file.toString()));
    Map<String, Value> values = new HashMap<>();
    for (String line : code.split("\n")) {
      Matcher matcher = GLOBAL.matcher(line);
      if (matcher.find() && byVariable.containsKey(matcher.group(1))) {
        values.put(byVariable.get(matcher.group(1)), valueOf(matcher.group(2)));
      }
    }
    for (String expression : expressions) {
      if (values.get(expression) == null) {
        throw new GeneratorException(
            "cannot evaluate "
                + expression
                + " for "
                + target.triple()
                + ": no number in the code");
      }
    }
    return values;
  }

  /** Reads {@code i32 -5}, {@code i8* null} or {@code ptr inttoptr (i64 1 to ptr)}. */
  private static Value valueOf(String typed) {
    Matcher pointer = POINTER_VALUE.matcher(typed);
    if (pointer.find()) {
      return new Value(0, Long.parseLong(pointer.group(1)));
    }
    if (typed.endsWith(" null")) {
      return new Value(0, 0);
    }
    if (typed.matches("i\\d+ -?\\d+")) {
      String[] words = typed.split(" ");
      return new Value(Integer.parseInt(words[0].substring(1)), Long.parseLong(words[1]));
    }
    return null;
  }

  private String run(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(command, "--target=" + target.triple()));
    line.addAll(List.of("-x", "c", "-std=gnu17", "-w", "-nostdlibinc"));
    for (Path directory : target.includes()) {
      line.add("-isystem");
      line.add(directory.toString());
    }
    line.addAll(arguments);
    try {
      Path errors = scratch.resolve("clang.err");
      Process process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new GeneratorException(
            "clang fails for " + target.triple() + ":\n" + Files.readString(errors).strip());
      }
      return output;
    } catch (IOException e) {
      throw new GeneratorException("cannot run " + command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw new GeneratorException("interrupted", e);
    }
  }
}
