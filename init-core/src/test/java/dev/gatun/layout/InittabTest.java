package dev.gatun.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.model.OsString;
import dev.gatun.model.Signal;
import dev.gatun.plan.InitEntries;
import dev.gatun.plan.LevelSignal;
import dev.gatun.plan.Program;
import dev.gatun.plan.Runlevels;
import dev.gatun.plan.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inittab means, line by line. */
class InittabTest {
  @TempDir private Path root;

  private RootedFiles files() {
    return new RootedFiles(root);
  }

  private static InitEntries read(RootedFiles files) throws IOException {
    return read(files, InitCommandLine.NONE);
  }

  private static InitEntries read(RootedFiles files, InitCommandLine commandLine)
      throws IOException {
    return new Inittab(files, Inittab.FILE, OsString.of("/sbin:/bin"), commandLine, 1).read();
  }

  private InitEntries read(String text) throws IOException {
    return read(files().file("/etc/inittab", text));
  }

  private static List<String> entries(InitEntries read) {
    List<String> texts = new ArrayList<>();
    for (Runlevels.Entry entry : read.runlevels().entries()) {
      texts.add(entry.id().name() + " " + entry.levels() + " " + entry.action());
    }
    return texts;
  }

  private static List<String> problems(InitEntries read) {
    return read.problems().stream().map(InitEntries.Problem::said).toList();
  }

  private static String program(InitEntries read, String name) {
    for (Service service : read.services()) {
      if (service.id().name().toString().equals(name)) {
        Program program = service.program();
        StringBuilder text = new StringBuilder(program.path().toString());
        program.arguments().forEach(argument -> text.append('|').append(argument));
        return text.toString();
      }
    }
    throw new AssertionError(name);
  }

  @Test
  void entries_stand_in_the_order_of_the_file_but_for_those_that_wait_for_something()
      throws IOException {
    InitEntries read =
        read(
            """
            # Debian's, in short
            id:2:initdefault:
              si::sysinit:/etc/init.d/rcS
            ~~:S:wait:/sbin/sulogin
            l2:2:wait:/etc/init.d/rc 2
            bw:2:bootwait:/bin/a
            bo::boot:/bin/b
            1:2345:respawn:/sbin/getty 38400 tty1
            od:a:OnDemand:/bin/c
            ca:12345:ctrlaltdel:/sbin/shutdown -t1 -a -r now
            kb::kbrequest:/bin/d
            pf::powerwait:/bin/e
            of:2:off:/bin/f
            """);
    assertEquals(List.of(), problems(read));
    assertEquals(
        List.of(
            "ca 12345 CTRLALTDEL",
            "pf 0123456789S POWERWAIT",
            "si # SYSINIT",
            "~~ S WAIT",
            "l2 2 WAIT",
            "bw * BOOTWAIT",
            "bo * BOOT",
            "1 2345 RESPAWN",
            "od a ONDEMAND",
            "kb 0123456789 KBREQUEST"),
        entries(read));
    assertEquals("2", read.runlevels().first());
    assertEquals("2", read.runlevels().usual());
  }

  @Test
  void a_bad_line_is_left_out_and_the_others_count() throws IOException {
    InitEntries read =
        read(
            """
            :3:once:/bin/a
            a
            b:3
            c:3:once
            toolong:3:once:/bin/a
            d:3:never:/bin/a
            e:3:once:/bin/first
            e:3:once:/bin/second
            f:3:once:
            ~~:3:once:/bin/x
            ~~:3:once:/bin/y
            g:0123456789abcABC:once:/bin/long%s
            """
                .formatted(" word".repeat(60)));
    assertEquals(
        List.of(
            "INIT: /etc/inittab[1]: missing id field",
            "INIT: /etc/inittab[2]: missing runlevel field",
            "INIT: /etc/inittab[3]: missing action field",
            "INIT: /etc/inittab[4]: missing process field",
            "INIT: /etc/inittab[5]: id field too long (max 4 characters)",
            "INIT: /etc/inittab[6]: never: unknown action field",
            "INIT: /etc/inittab[8]: duplicate ID field \"e\"",
            "INIT: /etc/inittab[9]: missing process field"),
        problems(read));
    assertEquals("/bin/first", program(read, "e"));
    assertEquals("/bin/x", program(read, "~~"));
    assertEquals("/bin/y", program(read, "~~-2"));
  }

  @Test
  void of_each_further_file_the_first_line_that_says_something_counts() throws IOException {
    InitEntries read =
        read(
            files()
                .file("/etc/inittab", "a:3:once:/bin/a\n")
                .file("/etc/inittab.d/2.tab", "# text\n\nb:3:once:/bin/b\nc:3:once:/bin/c\n")
                .file("/etc/inittab.d/1.tab", "d:3\n")
                .file("/etc/inittab.d/3.txt", "e:3:once:/bin/e\n"));
    assertEquals(List.of("a 3 ONCE", "b 3 ONCE", "~~ S WAIT"), entries(read));
    assertEquals(List.of("INIT: /etc/inittab.d/1.tab[1]: missing action field"), problems(read));
  }

  @Test
  void a_shell_runs_what_only_a_shell_understands() throws IOException {
    InitEntries read =
        read(
            files()
                .program("/bin/tool")
                .program("/bin/text", "echo it has no interpreter\n")
                .file(
                    "/etc/inittab",
                    """
                    a:3:once:echo $HOME >/x
                    b:3:once:/bin/tool  one	two # three
                    c:3:once:@/bin/tool "a"
                    d:3:once:tool x
                    e:3:once:nowhere x
                    f:3:once:/bin/text x
                    g:3:once:+/bin/tool
                    """));
    assertEquals("/bin/sh|-c|exec echo $HOME >/x", program(read, "a"));
    assertEquals("/bin/tool|one|two", program(read, "b"));
    assertEquals("/bin/tool|\"a\"", program(read, "c"));
    assertEquals("/bin/tool|x", program(read, "d"));
    assertEquals("/bin/sh|-c|exec nowhere x", program(read, "e"));
    assertEquals("/bin/sh|/bin/text|x", program(read, "f"));
    assertEquals("/bin/tool", program(read, "g"));
    for (Runlevels.Entry entry : read.runlevels().entries()) {
      assertEquals(!entry.id().name().toString().equals("g"), entry.isRecorded());
    }
  }

  @Test
  void a_script_of_the_machine_runs_everything_but_what_is_for_one_user() throws IOException {
    InitEntries read =
        read(
            files()
                .file("/etc/initscript", "exec $4\n")
                .file("/etc/inittab", "a:23:respawn:/bin/x y\n~~:S:wait:/sbin/sulogin\n"));
    assertEquals("/bin/sh|/etc/initscript|a|23|respawn|/bin/x y", program(read, "a"));
    assertEquals("/sbin/sulogin", program(read, "~~"));
  }

  @Test
  void the_highest_level_is_the_first_unless_the_command_line_says_another() throws IOException {
    RootedFiles files = files().file("/etc/inittab", "id:253:initdefault:\na:3:once:/bin/a\n");
    assertEquals("5", read(files).runlevels().first());
    InitEntries single = read(files, InitCommandLine.of(List.of(OsString.of("single"))));
    assertEquals("S", single.runlevels().first());
    assertEquals("5", single.runlevels().usual());
    files.file("/etc/inittab", "id:2S5:initdefault:\n");
    assertEquals("S", read(files).runlevels().first());
    assertEquals("", read("a:3:once:/bin/a\n").runlevels().first());
  }

  @Test
  void a_shell_comes_first_in_an_emergency() throws IOException {
    RootedFiles files = files().file("/etc/inittab", "id:3:initdefault:\nsi::sysinit:/bin/a\n");
    InitEntries read = read(files, InitCommandLine.of(List.of(OsString.of("-b"))));
    assertEquals(List.of("~~ # SYSINIT", "si # SYSINIT", "~~-2 S WAIT"), entries(read));
  }

  @Test
  void a_line_may_be_written_in_busyboxs_language() throws IOException {
    InitEntries read =
        read(
            """
            ::sysinit:/sbin/openrc sysinit
            ::sysinit:/sbin/openrc boot
            ::wait:/sbin/openrc default
            tty1::respawn:/sbin/getty 38400 tty1
            ::askfirst:-/bin/sh
            ::restart:/sbin/init
            ::ctrlaltdel:/sbin/reboot
            ::shutdown:/sbin/openrc shutdown
            """);
    assertEquals(List.of(), problems(read));
    assertEquals(
        List.of(
            "reboot 0123456789 CTRLALTDEL",
            "openrc # SYSINIT",
            "openrc-2 # SYSINIT",
            "openrc-3 * BOOTWAIT",
            "tty1 2 RESPAWN",
            "sh 2 RESPAWN",
            "openrc-4 06 WAIT"),
        entries(read));
    assertEquals("2", read.runlevels().first());
    assertEquals(Runlevels.Request.HALT, request(read, Signal.TERM));
    assertEquals(Runlevels.Request.HALT, request(read, Signal.USR2));
  }

  private static Runlevels.Request request(InitEntries read, Signal signal) {
    for (LevelSignal each : read.runlevels().signals()) {
      if (each.signal().is(signal)) {
        return each.request();
      }
    }
    throw new AssertionError(signal);
  }

  @Test
  void a_stop_signal_runs_what_is_there_to_end_the_machine() throws IOException {
    InitEntries ends = read("ca::ctrlaltdel:/sbin/shutdown -h now\n");
    assertEquals(Runlevels.Request.CTRLALTDEL_OR_HALT, request(ends, Signal.INT));
    assertEquals(Runlevels.Request.CTRLALTDEL_OR_HALT, request(ends, Signal.TERM));
    InitEntries other = read("ca::ctrlaltdel:/bin/echo never\n");
    assertEquals(Runlevels.Request.CTRLALTDEL, request(other, Signal.INT));
    assertEquals(Runlevels.Request.HALT, request(other, Signal.TERM));
    InitEntries none = read("a:3:once:/bin/a\n");
    assertEquals(Runlevels.Request.HALT, request(none, Signal.INT));
    assertEquals(Runlevels.Request.HALT, request(none, Signal.RTMIN_3));
  }

  @Test
  void what_ends_the_machine_is_known_by_its_words() {
    for (String text :
        List.of(
            "/sbin/shutdown -t1 -a -r now",
            "shutdown -hP now",
            "/sbin/halt -p",
            "reboot",
            "/sbin/init 0",
            "telinit -t 1 6",
            "/bin/sh -c poweroff")) {
      assertTrue(InitSignals.endsContainer(InitProgram.words(OsString.of(text))), text);
    }
    for (String text : List.of("/bin/echo -h", "shutdown -k now", "telinit 3", "shutdown now")) {
      assertFalse(InitSignals.endsContainer(InitProgram.words(OsString.of(text))), text);
    }
  }
}
