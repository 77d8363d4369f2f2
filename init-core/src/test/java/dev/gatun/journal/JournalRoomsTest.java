package dev.gatun.journal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Writing is on the path of PID 1, reading and telling are not. */
class JournalRoomsTest {
  private static final String ROOM = "dev.gatun.journal.";
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gatun.journal");

  @Test
  void what_writes_uses_no_reflection_and_nothing_of_what_reads() {
    noClasses()
        .that()
        .resideInAPackage(ROOM + "record")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.lang.reflect..", "tools.jackson..", ROOM + "replay", ROOM + "tell")
        .check(CODE);
  }

  @Test
  void what_reads_knows_nothing_of_what_tells() {
    noClasses()
        .that()
        .resideInAPackage(ROOM + "replay")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOM + "tell")
        .check(CODE);
  }
}
