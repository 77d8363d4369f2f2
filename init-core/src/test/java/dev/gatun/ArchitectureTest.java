package dev.gatun;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the table "Modules and packages" of ARCHITECTURE.md against the code.
 *
 * <p>A package that is in the table and not in the code yet is fine; the other way round is not.
 */
class ArchitectureTest {
  private static final String ROOT = "dev.gatun.";

  /**
   * What a package may import of Gatun. Everyone may import the JDK, and nothing else at all, but
   * what {@link #LIBRARIES} says.
   */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("ffm", Set.of()),
          Map.entry("model", Set.of()),
          Map.entry("plan", Set.of("model")),
          Map.entry("machine", Set.of("model", "plan")),
          Map.entry("kernel", Set.of("model")),
          Map.entry("output", Set.of("kernel", "model")),
          Map.entry("loop", Set.of("machine", "kernel", "output")),
          Map.entry("linux", Set.of("kernel", "ffm")),
          Map.entry("reaper", Set.of("ffm")),
          Map.entry("pattern", Set.of("output", "plan", "model")),
          // A layout reads files, and it reads them through the port.
          Map.entry("layout", Set.of("plan", "model", "kernel", "pattern", "json")),
          Map.entry("json", Set.of()),
          Map.entry("clients", Set.of("machine", "kernel", "loop", "output", "json")),
          // It observes the loop, and writes through the port.
          Map.entry("journal", Set.of("machine", "loop", "kernel")),
          Map.entry("journal.record", Set.of("journal", "machine", "loop", "kernel")),
          Map.entry("journal.replay", Set.of("journal", "machine")),
          Map.entry("journal.tell", Set.of("journal", "machine")));

  /**
   * Packages that hold only values: whoever may import a package may import the values it takes.
   */
  private static final Set<String> VALUES = Set.of("model", "plan");

  private static final Path SOURCES = Path.of("src/main/java/dev/gatun");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern LAYOUT =
      Pattern.compile("(?i)dinit|runit|runsv|klein|s6|sysv|baseimage");

  /** The libraries that a package may use. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "pattern",
          Set.of("com.google.re2j", "tools.jackson"),
          "journal",
          Set.of("tools.jackson"),
          "journal.replay",
          Set.of("tools.jackson"));

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gatun");

  @TestFactory
  Iterable<DynamicTest> imports_only_what_the_table_says() {
    return MAY_IMPORT.keySet().stream()
        .sorted()
        .map(name -> DynamicTest.dynamicTest(name, () -> importsOnlyWhatTheTableSays(name)))
        .toList();
  }

  private void importsOnlyWhatTheTableSays(String name) {
    var allowed = new TreeSet<>(MAY_IMPORT.get(name));
    MAY_IMPORT.get(name).stream()
        .flatMap(imported -> MAY_IMPORT.get(imported).stream())
        .filter(VALUES::contains)
        .forEach(allowed::add);
    allowed.add(name);
    classes()
        .that(are(name))
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of the JDK or of " + allowed,
                target ->
                    isOfTheJdk(target)
                        || allowed.stream().anyMatch(p -> isIn(target, p))
                        || LIBRARIES.getOrDefault(name, Set.of()).stream()
                            .anyMatch(library -> isInPackage(target, library))))
        .allowEmptyShould(true)
        .check(CODE);
  }

  @Test
  void every_package_is_in_the_table() {
    var unknown = new TreeSet<String>();
    for (JavaClass type : CODE) {
      if (MAY_IMPORT.keySet().stream().noneMatch(name -> isIn(type, name))) {
        unknown.add(type.getPackageName());
      }
    }
    assertEquals(Set.of(), unknown, "packages that the table does not know");
  }

  @Test
  void the_machine_reads_no_clock_no_chance_and_no_file_and_knows_no_thread() {
    noClasses()
        .that(are("machine"))
        .should()
        .dependOnClassesThat(
            describe(
                "reach outside",
                target ->
                    target.isAssignableTo(Thread.class)
                        || target.isAssignableTo(RandomGenerator.class)
                        || target.isEquivalentTo(Instant.class)
                        || target.isEquivalentTo(Clock.class)
                        || target.isEquivalentTo(Files.class)
                        || target.isEquivalentTo(Random.class)
                        || target.isEquivalentTo(ThreadLocalRandom.class)
                        || isInPackage(target, "java.io")
                        || isInPackage(target, "java.lang.foreign")
                        || isInPackage(target, "java.net")
                        || isInPackage(target, "java.nio")))
        .allowEmptyShould(true)
        .check(CODE);
    noClasses()
        .that(are("machine"))
        .should()
        .callMethodWhere(
            describe(
                "asks the system for more than a copy of an array",
                call ->
                    call.getTargetOwner().isEquivalentTo(System.class)
                        && !call.getTarget().getName().equals("arraycopy")))
        .allowEmptyShould(true)
        .check(CODE);
  }

  /** A policy is data in the plan: what decides and acts does not know where it was read from. */
  @Test
  void no_layouts_name_stands_where_decisions_are_made() throws IOException {
    for (String name : List.of("model", "plan", "machine", "loop", "kernel", "clients")) {
      // What a protocol is known by stands in its own package.
      int depth = name.equals("clients") ? 1 : Integer.MAX_VALUE;
      try (var files = Files.walk(SOURCES.resolve(name), depth)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
          assertFalse(LAYOUT.matcher(code).find(), file + " names a layout");
        }
      }
    }
  }

  /** The JDK's own processes set SIGCHLD's disposition and wait for children behind our back. */
  @Test
  void no_process_is_started_by_the_jdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class)
        .check(CODE);
    noClasses().should().callMethod(Runtime.class, "exec", String[].class).check(CODE);
  }

  @Test
  void nothing_here_ends_the_program() {
    noClasses()
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CODE);
  }

  private static DescribedPredicate<JavaClass> are(String name) {
    return describe("are in " + ROOT + name, type -> isIn(type, name));
  }

  private static boolean isIn(JavaClass type, String name) {
    return isInPackage(type, ROOT + name);
  }

  private static boolean isOfTheJdk(JavaClass type) {
    return isInPackage(type, "java") || isInPackage(type, "javax");
  }

  private static boolean isInPackage(JavaClass type, String name) {
    return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
  }
}
