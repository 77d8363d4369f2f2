package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
  @TempDir Path directory;

  private long count(String cgroups) throws IOException {
    Path proc = Files.writeString(directory.resolve("cgroup"), cgroups);
    return new OomKills(proc.toString(), directory.toString()).count();
  }

  private void file(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void theSecondVersionCountsThemAmongItsEvents() throws IOException {
    file("memory.events", "low 0\nhigh 0\nmax 7\noom 3\noom_kill 2\noom_group_kill 0\n");
    assertEquals(2, count("0::/\n"));
    assertEquals(2, count("0::/../other\n"));
    file("pod/one/memory.events", "oom 1\noom_kill 1\n");
    assertEquals(1, count("0::/pod/one\n"));
  }

  @Test
  void theFirstVersionCountsThemBesideItsSwitch() throws IOException {
    file("memory/docker/1/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
    file("memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 9\n");
    assertEquals(4, count("5:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n0::/\n"));
    assertEquals(9, count("4:hugetlb,memory:/not/seen/here\n"));
  }

  @Test
  void inACgroupOfItsOwnTheFirstIsKnownToBeNew() throws IOException {
    file("memory.events", "oom_kill 0\n");
    Path proc = Files.writeString(directory.resolve("cgroup"), "0::/\n");
    OomKills kills = new OomKills(proc.toString(), directory.toString());
    assertFalse(kills.hasGrown());
    file("memory.events", "oom_kill 1\n");
    assertTrue(kills.hasGrown());
    assertFalse(kills.hasGrown());
    assertTrue(new OomKills(proc.toString(), directory.toString()).hasGrown());
  }

  @Test
  void inACgroupOfOthersTheFirstMayBeOld() throws IOException {
    file("user/memory.events", "oom_kill 5\n");
    Path proc = Files.writeString(directory.resolve("cgroup"), "0::/user\n");
    OomKills kills = new OomKills(proc.toString(), directory.toString());
    assertFalse(kills.hasGrown());
    file("user/memory.events", "oom_kill 6\n");
    assertTrue(kills.hasGrown());
  }

  @Test
  void whereNothingCountsItIsNotKnown() throws IOException {
    assertEquals(-1, count("0::/\n"));
    assertEquals(-1, count(""));
    file("memory.events", "oom 1\n");
    assertEquals(-1, count("0::/\n"));
    assertEquals(-1, new OomKills("/nowhere", "/nowhere").count());
  }
}
