package dev.gatun.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the bindings: one set of Java sources for x86-64 and AArch64, in the shape of jextract's,
 * from jextract's own argument file and the C headers of both.
 *
 * <p>{@code GenerateBindings CLANG ARGUMENT-FILE HEADER OUTPUT-DIRECTORY}
 */
public final class GenerateBindings {
  private final ArgumentFile arguments;
  private final Path output;
  private final Side x86;
  private final Side arm;

  /** What is known of one target. */
  private static final class Side {
    final String triple;
    final Clang clang;
    final Headers headers;
    final Set<String> macros;
    Map<String, Clang.Value> values;
    final Map<String, Shape> shapes = new LinkedHashMap<>();

    Side(String command, String triple, Path header, Path scratch) {
      this.triple = triple;
      clang = new Clang(command, Target.find(triple), header, scratch);
      headers = new Headers(triple, clang.syntaxTree());
      macros = clang.macros();
    }

    boolean hasConstant(String name) {
      return macros.contains(name) || headers.enumConstants().contains(name);
    }

    StructWriter.View view() {
      return new StructWriter.View(shapes, values);
    }
  }

  private GenerateBindings(String clang, Path argumentFile, Path header, Path output, Path scratch)
      throws IOException {
    this.arguments = ArgumentFile.read(argumentFile);
    this.output = output;
    x86 = new Side(clang, "x86_64-linux-gnu", header, scratch);
    arm = new Side(clang, "aarch64-linux-gnu", header, scratch);
  }

  /** Runs the generator; exits with 1 and a sentence on stderr when it cannot. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      System.err.println("usage: GenerateBindings CLANG ARGUMENT-FILE HEADER OUTPUT-DIRECTORY");
      System.exit(2);
    }
    Path scratch = Files.createTempDirectory("gatun-bindings");
    try {
      new GenerateBindings(args[0], Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), scratch)
          .run();
    } catch (GeneratorException e) {
      System.err.println("generate-bindings: " + e.getMessage());
      System.exit(1);
    } finally {
      try (var files = Files.list(scratch)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(scratch);
    }
  }

  private void run() throws IOException {
    Files.createDirectories(output);
    evaluate(x86);
    evaluate(arm);
    writeLibc();
    writeStructs();
  }

  private void evaluate(Side side) {
    List<String> expressions = new ArrayList<>();
    Set<String> fields = new TreeSet<>();
    List<Headers.Record> records = new ArrayList<>();
    for (ArgumentFile.Include include : types()) {
      Headers.Record record = side.headers.record(include);
      if (record.c().equals(cName(include))) {
        records.add(record);
        Shape.collect(record, expressions, fields);
      }
    }
    List<String> constants = new ArrayList<>();
    for (ArgumentFile.Include include : arguments.of(ArgumentFile.Kind.CONSTANT)) {
      if (side.hasConstant(include.name())) {
        constants.add(include.name());
      } else if (!x86.hasConstant(include.name()) && !arm.hasConstant(include.name())) {
        throw new GeneratorException(
            include.where()
                + ": the header defines no constant "
                + include.name()
                + ", neither for "
                + x86.triple
                + " nor for "
                + arm.triple);
      } else {
        System.err.println("note: " + side.triple + " has no " + include.name());
      }
    }
    side.values = side.clang.evaluate(expressions, fields);
    side.values.putAll(side.clang.evaluate(constants, Set.of()));
    for (Headers.Record record : records) {
      side.shapes.put(record.c(), Shape.of(record, side.values));
    }
  }

  private void writeLibc() throws IOException {
    Source source = new Source(arguments.targetPackage());
    LibcWriter writer = new LibcWriter(source, arguments.headerClass());
    writer.begin(arguments.of(ArgumentFile.Kind.FUNCTION).size());
    int index = 0;
    String title = "";
    for (ArgumentFile.Include include :
        arguments.of(
            ArgumentFile.Kind.FUNCTION, ArgumentFile.Kind.VAR, ArgumentFile.Kind.CONSTANT)) {
      if (!include.title().equals(title)) {
        title = include.title();
        writer.title(title.replace("-", "").strip());
      }
      switch (include.kind()) {
        case FUNCTION ->
            writer.function(index++, x86.headers.function(include), arm.headers.function(include));
        case VAR -> {
          arm.headers.variable(include);
          writer.variable(include.name(), x86.headers.variable(include));
        }
        default ->
            writer.constant(
                include.name(), x86.values.get(include.name()), arm.values.get(include.name()));
      }
    }
    writer.end();
    save(arguments.headerClass(), source);
  }

  private void writeStructs() throws IOException {
    Map<String, String> classes = new TreeMap<>();
    for (ArgumentFile.Include include : types()) {
      Headers.Record record = x86.headers.record(include);
      if (record.c().equals(cName(include))) {
        classes.put(record.c(), include.name());
      }
    }
    for (ArgumentFile.Include include : types()) {
      Source source = new Source(arguments.targetPackage());
      StructWriter writer = new StructWriter(source, x86.view(), arm.view(), classes);
      Headers.Record record = x86.headers.record(include);
      if (record.c().equals(cName(include))) {
        writer.writeTopLevel(include.name(), record.c());
      } else if (classes.containsKey(record.c())) {
        writer.writeAlias(include.name(), classes.get(record.c()), record.c());
      } else {
        throw new GeneratorException(
            include.where() + ": " + include.name() + " needs " + record.c() + ": include it too");
      }
      save(include.name(), source);
    }
  }

  private List<ArgumentFile.Include> types() {
    return arguments.of(
        ArgumentFile.Kind.STRUCT, ArgumentFile.Kind.UNION, ArgumentFile.Kind.TYPEDEF);
  }

  private static String cName(ArgumentFile.Include include) {
    return switch (include.kind()) {
      case STRUCT -> "struct " + include.name();
      case UNION -> "union " + include.name();
      default -> include.name();
    };
  }

  private void save(String name, Source source) throws IOException {
    Files.writeString(output.resolve(name + ".java"), source.toString());
  }
}
