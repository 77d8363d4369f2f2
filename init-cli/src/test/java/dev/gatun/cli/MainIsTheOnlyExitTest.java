package dev.gatun.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What init-core's ArchitectureTest cannot see: the rules that hold for the command, too. */
class MainIsTheOnlyExitTest {
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gatun");

  @Test
  void only_main_ends_the_program() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.gatun.cli.Main")
        .and()
        // It ends where the JVM cannot even load Main.
        .doNotHaveFullyQualifiedName("dev.gatun.cli.Gatun")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CODE);
  }

  @Test
  void no_process_is_started_by_the_jdk() {
    noClasses()
        .that()
        // It has nothing else, and nobody but an image build waits for it.
        .doNotHaveFullyQualifiedName("dev.gatun.cli.OldJvm")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Process.class, ProcessBuilder.class, ProcessHandle.class)
        .check(CODE);
  }
}
