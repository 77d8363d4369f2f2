package dev.gatun;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the sources of all modules against the rules of the house: sizes, names, no circles. */
class HouseRulesTest {
  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 60;

  /** Words of ours where the field has others. */
  private static final Set<String> BANNED =
      Set.of(
          "Keep",
          "Kept",
          "Keeper",
          "Aim",
          "Doing",
          "Obey",
          "Heed",
          "Govern",
          "Regime",
          "Course",
          "Rest",
          "Surroundings",
          "Diagnosis",
          "Refusals");

  /**
   * A table is long, and nothing is to be understood in it; so is a switch over the bytes of JSON.
   */
  private static final Set<String> TABLES =
      Set.of(
          "ErrnoTexts.name",
          "ErrnoTexts.message",
          "LineScanner.object",
          "StrictLinesTest.every_kind_of_value_is_known_where_it_begins_and_ends");

  private static final List<Path> ROOTS =
      List.of(
          Path.of("src"),
          Path.of("../init-cli/src"),
          Path.of("../init-ffm-bindings/src"),
          Path.of("../benchmarks"),
          Path.of("../examples"),
          Path.of("../tools"));

  private static final List<Path> FILES = new ArrayList<>();
  private static final List<String> LONG_METHODS = new ArrayList<>();
  private static final List<String> TYPES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (Path root : ROOTS) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path file : all.filter(path -> path.toString().endsWith(".java")).toList()) {
          if (!Files.readString(file).startsWith("// Generated")) {
            FILES.add(file);
          }
        }
      }
    }
    parse();
  }

  private static void parse() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(FILES));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Reader(unit, positions).scan(unit, "");
      }
    }
  }

  /** Reads types and methods; what is passed down is the name of the type around. */
  private static final class Reader extends TreeScanner<Void, String> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Reader(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, String around) {
      String name = type.getSimpleName().toString();
      TYPES.add(name);
      return super.visitClass(type, name);
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
      String name = type + "." + method.getName();
      long lines =
          line(positions.getEndPosition(unit, method))
              - line(positions.getStartPosition(unit, method))
              + 1;
      if (lines > MAX_METHOD_LINES && !TABLES.contains(name)) {
        LONG_METHODS.add(name + ": " + lines);
      }
      return super.visitMethod(method, type);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }

  @Test
  void no_file_is_too_long_to_be_read() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : FILES) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_FILE_LINES) {
        found.add(file + ": " + lines);
      }
    }
    assertTrue(FILES.size() > 100, FILES::toString);
    assertEquals(List.of(), found);
  }

  @Test
  void no_method_is_too_long_for_a_screen() {
    assertEquals(List.of(), LONG_METHODS);
  }

  @Test
  void no_type_is_called_by_a_word_that_is_not_the_fields() {
    List<String> found = new ArrayList<>();
    for (String type : TYPES) {
      for (String word : type.split("(?=\\p{Lu})")) {
        if (BANNED.contains(word)) {
          found.add(type);
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void no_classes_of_the_machine_or_around_it_stand_in_a_circle() {
    slices()
        .assignedFrom(new Outermost())
        .should()
        .beFreeOfCycles()
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gatun.machine", "dev.gatun.loop", "dev.gatun.clients"));
  }

  /** A class with all that is nested in it. */
  private static final class Outermost implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getName();
      int nested = name.indexOf('$');
      return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
    }

    @Override
    public String getDescription() {
      return "each class";
    }
  }
}
