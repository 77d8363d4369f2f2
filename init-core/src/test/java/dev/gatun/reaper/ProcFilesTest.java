package dev.gatun.reaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of /proc, on a directory that stands in for it. */
class ProcFilesTest {
  @TempDir Path proc;

  @BeforeEach
  void threads() throws IOException {
    Files.createDirectories(proc.resolve("7/task/7"));
    Files.createDirectories(proc.resolve("7/task/8"));
    Files.createSymbolicLink(proc.resolve("self"), Path.of("7"));
  }

  private void file(String name, String text) throws IOException {
    Path file = proc.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String stat(int pid, int parent) {
    return pid + " (x) Z " + parent + " 0 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4200 0\n";
  }

  @Test
  void the_leaders_children_are_not_the_others() throws IOException {
    file("7/task/7/children", "20 21 ");
    file("7/task/8/children", "22 ");
    ProcFiles files = new ProcFiles(proc, 7);
    assertEquals(List.of(20, 21), files.children());
    assertEquals(Set.of(22), files.childrenOfOtherThreads());
  }

  /** As in a kernel without CONFIG_PROC_CHILDREN. */
  @Test
  void without_lists_the_children_are_those_who_name_their_parent() throws IOException {
    file("7/stat", stat(7, 1));
    file("20/stat", stat(20, 7));
    file("21/stat", stat(21, 20));
    file("uptime/stat", stat(22, 7));
    ProcFiles files = new ProcFiles(proc, 7);
    assertEquals(List.of(20), files.children());
    assertEquals(Set.of(), files.childrenOfOtherThreads());
    assertEquals(4200, files.startTicks(20));
  }

  @Test
  void threads_that_have_ended_meanwhile_wait_for_nothing() throws IOException {
    file("7/task/7/syscall", "61 0x14 0x0 0x0 0x0 0x0 0x0 0x0 0x0\n");
    assertEquals(Set.of(20, 0), new ProcFiles(proc, 7).waitedFor(61, 247, 1));
  }

  @Test
  void what_is_not_shown_is_unknown() {
    ProcFiles files = new ProcFiles(proc, 7);
    assertEquals(-1, files.startTicks(20));
    assertEquals("", files.command(20));
  }

  @Test
  void another_namespaces_is_told_by_its_link() throws IOException {
    assertTrue(ProcFiles.shows(proc, 7));
    assertFalse(ProcFiles.shows(proc, 1));
    Files.delete(proc.resolve("self"));
    assertFalse(ProcFiles.shows(proc, 7));
  }
}
