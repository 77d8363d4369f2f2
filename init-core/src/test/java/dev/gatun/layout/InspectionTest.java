package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.Environment;
import dev.gatun.model.OsString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in a service tree by looking at it. */
class InspectionTest {
  private static final String GOOD = "#!/bin/sh\nexec sleep 1\n";

  private final FakePrograms files =
      new FakePrograms().directory("/s").program("/bin/sh", "\177ELF");
  private final List<OsString> environment = new ArrayList<>();

  private Inspection check() {
    return check("/s");
  }

  private Inspection check(String directory) {
    Programs programs = new Programs(files, OsString.of("/usr/bin:/bin"));
    return new Layouts(files, new Environment(environment), OsString.of("/"))
        .check(programs, OsString.of(directory));
  }

  private String codes() {
    List<String> codes = new ArrayList<>();
    for (Finding finding : check().findings()) {
      codes.add(finding.where() + ":" + finding.line() + ":" + finding.code());
    }
    return String.join(" ", codes);
  }

  @Test
  void aGoodServiceHasNoFinding() {
    files.program("/s/a/run", GOOD).program("/s/a/log/run", GOOD);
    files.program("/s/a/terminate", "#!/bin/sh\nkill $DINIT_PID\n");
    assertEquals("", codes());
    assertEquals(List.of(OsString.of("a")), check().services());
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'',/s/a/run:0:empty",
    "echo,/s/a/run:1:no-interpreter",
    "'#!',/s/a/run:1:no-interpreter",
    "'#!   \n',/s/a/run:1:no-interpreter",
    "'#!/bin/none\n',/s/a/run:1:interpreter-missing",
    "'#!/s\n',/s/a/run:1:interpreter-missing",
    "'#!/bin/sh\r\n',/s/a/run:1:windows-line-ends",
    "'#! /bin/sh -e \r\n',/s/a/run:1:windows-line-ends",
    "'#!/bin/sh\na\nb\r\n',/s/a/run:3:windows-line-ends",
    "'\u00ef\u00bb\u00bf#!/bin/sh\n',/s/a/run:1:byte-order-mark",
    "'#!/bin/env none\n',/s/a/run:1:interpreter-not-on-path"
  })
  void aScriptIsReadAsTheKernelReadsIt(String text, String expected) {
    files.program("/bin/env", "\177ELF").program("/s/a/run", text);
    assertEquals(expected, codes());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"'#!/bin/sh'", "'#!/bin/env sh\n'", "'#!/bin/env -S sh -e\n'", "'#! /bin/sh\t-e\n'"})
  void whatWorksIsNotFound(String text) {
    files.program("/bin/env", "\177ELF").program("/s/a/run", text);
    assertEquals("", codes());
  }

  @Test
  void aRunThatIsNoProgramIsFound() {
    files.directory("/s/dir/run").directory("/s/missing").file("/s/plain/run", GOOD);
    files.directory("/s/link").link("/s/link/run", "/gone");
    assertEquals(
        "/s/dir/run:0:not-a-file /s/link/run:0:not-a-file /s/missing/run:0:missing"
            + " /s/plain/run:0:not-executable",
        codes());
    assertEquals(4, check().errors());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/s rw;noexec,its file system is mounted noexec",
    "/ rw;noexec,its file system is mounted noexec",
    "/s/a/b rw;noexec,it is not executable",
    "/s rw,it is not executable",
    "/s rw;noexec|9 1 0:1 / /s/a rw,it is not executable",
    "/s rw;noexec|9 1 0:1 / /s rw,it is not executable",
    "/ rw|9 1 0:1 / /s/a\\040b rw;noexec,it is not executable",
    "/ rw|9 1 0:1 / /s/a rw;noexec,its file system is mounted noexec"
  })
  void aFileSystemWithoutProgramsIsNamedBeforeTheMode(String mounts, String problem) {
    String list = "8 1 0:1 / " + mounts.replace(';', ',').replace('|', '\n') + " - tmpfs none rw\n";
    files.file("/s/a/run", GOOD).program("/proc/self/mountinfo", list);
    Finding finding = check().findings().getFirst();
    assertEquals(problem, finding.problem());
    assertTrue(finding.advice().contains("run chmod +x on it"), finding.advice());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "DINIT_JSON_STDOUT=no,its value no means JSON",
    "DINIT_JSON_STDOUT=0,''",
    "DINIT_JSON_STDOUT=1,''",
    "DINIT_JSON_STDOUT=,''",
    "GATUN_EXIT_ON=a,it means nothing in this layout",
    "GATUN_LOG=raw,it means nothing in this layout"
  })
  void aValueThatMeansNothingIsSaid(String entry, String problem) {
    List<Finding> found = Meaningless.find(new Environment(List.of(OsString.of(entry))), false);
    assertEquals(problem.isEmpty() ? 0 : 1, found.size());
    if (!found.isEmpty()) {
      assertTrue(found.getFirst().problem().startsWith(problem), found.getFirst().problem());
      assertEquals(entry.substring(0, entry.indexOf('=')), found.getFirst().where().toString());
    }
  }

  @Test
  void whatTheLayoutCannotBeKnownForIsTheVariables() {
    files.program("/s/a/run", GOOD);
    environment.add(OsString.of("GATUN_LAYOUT=loud"));
    environment.add(OsString.of("GATUN_JSON=maybe"));
    List<Finding> found = check().findings();
    assertEquals("variable", found.get(0).code());
    assertEquals("GATUN_LAYOUT", found.get(0).where().toString());
    assertEquals("its value loud cannot be used", found.get(0).problem());
    assertEquals("GATUN_JSON", found.get(1).where().toString());
    assertEquals(2, found.size());
  }

  @Test
  void whatIsBesideRunIsLookedAt() {
    files.program("/s/a/run", GOOD).directory("/s/a/log");
    files.program("/s/b/run", GOOD).program("/s/b/terminate", GOOD).program("/s/b/finish", GOOD);
    files.program("/s/c/run", GOOD).program("/s/c/finish", GOOD);
    files.program("/s/d/run", GOOD).program("/s/d/finish", "#!/bin/sh\nkill $DINIT_PID\n");
    assertEquals(
        "/s/a/log:0:log-without-run /s/b/finish:0:finish-unused /s/c/finish:0:finish-does-not-end",
        codes());
    assertEquals(3, check().warnings());
    assertEquals("c", check().findings().getLast().service().orElseThrow().toString());
  }

  @Test
  void whatIsNoServiceIsLeftOutAndOnlySometimesAWarning() {
    files.file("/s/README", "text").program("/s/tool", GOOD).link("/s/gone", "/nowhere");
    files.directory("/s/.git");
    assertEquals("/s/gone:0:dangling-link /s/tool:0:not-a-service /s:0:no-services", codes());
    assertEquals(0, check().errors());
  }

  @Test
  void everyWrongVariableIsFound() {
    files.program("/s/a/run", GOOD);
    for (String entry :
        new String[] {
          "DINIT_LOG_LEVEL=loud",
          "DINIT_KILL_TIMEOUT=-1",
          "GATUN_KILL_TIMEOUT=1s",
          "DINIT_REPARENTING_POLICY=keep"
        }) {
      environment.add(OsString.of(entry));
    }
    assertEquals(4, check().errors());
    Finding last = check().findings().getLast();
    assertEquals("DINIT_LOG_LEVEL", last.where().toString());
    assertTrue(last.advice().contains("one of none, error, warn, info, debug"), last.advice());
  }

  @Test
  void whatCannotBeDecidedIsFoundWithTheVariablesBehindIt() {
    files.program("/etc/runit/2", GOOD).program("/etc/init/a", GOOD);
    environment.add(OsString.of("DINIT_LOG_LEVEL=loud"));
    assertEquals("/:0:layout DINIT_LOG_LEVEL:0:variable", codes());
    Finding first = check().findings().getFirst();
    assertTrue(first.problem().endsWith("and programs in /etc/init, for klein"), first.problem());
    assertEquals(
        "set GATUN_LAYOUT to one of dinit, runit, klein, baseimage, s6, sysv", first.advice());
  }

  @Test
  void aTreeThatIsNotThereIsAnError() {
    assertEquals("directory-unreadable", check("/none").findings().getFirst().code());
  }

  @Test
  void aProgramForAnotherMachineOrLibraryIsFound() {
    int own = System.getProperty("os.arch").equals("aarch64") ? 183 : 62;
    files.program("/s/a/run", elf(own == 62 ? 183 : 62, "/bin/sh"));
    files.program("/s/b/run", elf(own, "/lib/ld-musl.so.1"));
    files.program("/s/c/run", elf(own, "/bin/sh"));
    assertEquals("/s/a/run:0:other-machine /s/b/run:0:loader-missing", codes());
  }

  private static byte[] elf(int machine, String loader) {
    ByteBuffer elf = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(18, (short) machine).putLong(32, 64).putShort(54, (short) 56);
    elf.putShort(56, (short) 1).putInt(64, 3).putLong(72, 128).putLong(96, loader.length() + 1L);
    elf.put(128, loader.getBytes(StandardCharsets.US_ASCII));
    return elf.array();
  }

  /** Whatever a file holds, looking at it ends without an exception. */
  @Test
  void cutAndBrokenProgramsDoNoHarm() {
    byte[] whole = elf(62, "/bin/sh");
    for (int length = 0; length <= whole.length; length++) {
      for (int at = 0; at < length; at += 7) {
        byte[] broken = java.util.Arrays.copyOf(whole, length);
        broken[at] = (byte) 0xff;
        files.program("/s/a/run", broken);
        check();
      }
    }
  }
}
